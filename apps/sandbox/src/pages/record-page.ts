// The page of one record: what it says, its lines, its payments, its files, and what it posted in the books.
import type { Contact } from '../contact/contact.ts';
import { type Document, isInvoice } from '../document/document.ts';
import type { Item } from '../item/item.ts';
import { bookEntries } from '../ledger/entries.ts';
import type { Organisation } from '../organisation.ts';
import { type Cell, facts, html, instant, link, money, quantity, table } from './html.ts';
import { recordAddress } from './lists.ts';

export type RecordPage = { readonly title: string; readonly body: string };

/** Undefined where the organisation has no such record. */
export function recordPage(organisation: Organisation, id: string): RecordPage | undefined {
  const document = findDocument(organisation, id)?.document;
  if (document !== undefined) return documentPage(organisation, document);
  const contact = organisation.contacts.get(id);
  if (contact !== undefined) return contactPage(organisation, contact);
  const item = organisation.items.get(id);
  if (item !== undefined) return itemPage(organisation, item);
  const journal = organisation.manualJournals.get(id);
  if (journal !== undefined) {
    const { date, status, narration } = journal;
    return {
      title: narration,
      body:
        facts([
          ['Date', date],
          ['Status', status],
        ]) + postings(organisation, id),
    };
  }
  const payment = organisation.payments.get(id);
  if (payment === undefined) return undefined;
  const pairs: [string, Cell][] = [
    ['For', link(`/record/${payment.document}`, payment.type)],
    ['Date', payment.date],
    ['Amount', money(payment.amount)],
    ['Account', organisation.accounts.get(payment.account)?.name ?? ''],
    ['Reference', payment.reference],
    ['Status', payment.status],
  ];
  return { title: 'Payment', body: facts(pairs) + postings(organisation, id) };
}

/** The list a record is in, for its address; undefined where the organisation has no such record. */
export function listOf(organisation: Organisation, id: string): string | undefined {
  const found = findDocument(organisation, id);
  if (found !== undefined) return found.list;
  if (organisation.contacts.get(id) !== undefined) return 'contacts';
  if (organisation.items.get(id) !== undefined) return 'items';
  if (organisation.payments.get(id) !== undefined) return 'payments';
  return organisation.manualJournals.get(id) === undefined ? undefined : 'manual-journals';
}

function findDocument(
  organisation: Organisation,
  id: string,
): { readonly document: Document; readonly list: string } | undefined {
  const { invoices, creditNotes, purchaseOrders, quotes, bankTransactions, overpayments, prepayments } =
    organisation;
  const invoice = invoices.get(id);
  if (invoice !== undefined)
    return { document: invoice, list: invoice.type === 'ACCREC' ? 'invoices' : 'bills' };
  const others = [
    ['credit-notes', creditNotes],
    ['purchase-orders', purchaseOrders],
    ['quotes', quotes],
    ['bank-transactions', bankTransactions],
    ['bank-transactions', overpayments],
    ['bank-transactions', prepayments],
  ] as const;
  for (const [list, store] of others) {
    const document = store.get(id);
    if (document !== undefined) return { document, list };
  }
  return undefined;
}

function documentPage(organisation: Organisation, document: Document): RecordPage {
  const contact = organisation.contacts.get(document.contact);
  const pairs: [string, Cell][] = [
    [
      'Contact',
      contact === undefined ? '' : link(recordAddress(organisation, 'contacts', contact.id), contact.name),
    ],
    ['Type', document.type],
    ['Status', document.status],
    ['Date', document.date],
    ['Due', isInvoice(document.type) ? document.dueDate : ''],
    ['Reference', document.reference],
    ['Amounts are', document.mode],
    ['Net', money(document.net, document.currency)],
    ['Tax', money(document.tax, document.currency)],
    ['Total', money(document.total, document.currency)],
    ['Paid', money(document.paid)],
    ['Credited', money(document.credited)],
    ['Changed', instant(document.updatedMs)],
    ['Id', html(`<code>${document.id}</code>`)],
  ];
  const lines = document.lines.map((line) => [
    line.description,
    line.item,
    line.account,
    line.taxType,
    quantity(line.quantity),
    quantity(line.price),
    money(line.tax),
    money(line.amount),
  ]);
  const columns = [
    ...([['Description'], ['Item'], ['Account'], ['Tax type']] as const),
    ...([
      ['Quantity', 'count'],
      ['Price', 'money'],
      ['Tax', 'money'],
      ['Amount', 'money'],
    ] as const),
  ];
  return {
    title: document.number || document.reference || document.type,
    body: `${facts(pairs)}<h2>Lines</h2>${table(columns, lines, 'It has no lines.')}${files(organisation, document.id)}${postings(organisation, document.id)}`,
  };
}

function contactPage(organisation: Organisation, contact: Contact): RecordPage {
  const texts = Object.entries(contact.texts);
  const pairs: [string, Cell][] = [
    ['Number', contact.number],
    ['Status', contact.status],
    ...texts,
    ['Changed', instant(contact.updatedMs)],
    ['Id', html(`<code>${contact.id}</code>`)],
  ];
  const documents = [organisation.invoices, organisation.creditNotes]
    .flatMap((store) => store.ordered().filter((document) => document.contact === contact.id))
    .slice(-100);
  const rows = documents.map((one) => [
    link(`/record/${one.id}`, one.number || one.reference),
    one.type,
    one.date,
    one.status,
    money(one.total, one.currency),
  ]);
  const columns = [['Number'], ['Type'], ['Date'], ['Status'], ['Total', 'money']] as const;
  const body = `${facts(pairs)}<h2>Documents</h2>${table(columns, rows, 'It has no documents.')}`;
  return { title: contact.name, body: body + files(organisation, contact.id) };
}

function itemPage(organisation: Organisation, item: Item): RecordPage {
  const pairs: [string, Cell][] = [
    ['Name', item.name],
    ['Description', item.description],
    ['Sells at', quantity(item.sales.price)],
    ['Sales account', item.sales.account],
    ['Bought at', quantity(item.purchase.price)],
    ['Purchase account', item.purchase.account],
    ['Stock account', item.inventoryAccount],
    ['In stock', item.inventoryAccount === '' ? '' : quantity(item.quantity)],
    ['Worth', item.inventoryAccount === '' ? '' : money(item.value, organisation.record.currency)],
    ['Changed', instant(item.updatedMs)],
    ['Id', html(`<code>${item.id}</code>`)],
  ];
  return { title: item.code, body: facts(pairs) };
}

function files(organisation: Organisation, parent: string): string {
  const found = organisation.attachments.ordered().filter((file) => file.parent === parent);
  if (found.length === 0) return '';
  const rows = found.map((file) => [
    link(recordAddress(organisation, 'attachments', file.id), file.name),
    file.mediaType,
    file.length,
  ]);
  return `<h2>Files</h2>${table([['File'], ['Type'], ['Bytes', 'count']], rows, '')}`;
}

function postings(organisation: Organisation, id: string): string {
  const rows = [...bookEntries(organisation)]
    .filter((entry) => entry.source === id)
    .flatMap((entry) => entry.postings)
    .map(({ account, amount, description }) => {
      const { code = '', name = '' } = organisation.accounts.get(account) ?? {};
      return [
        `${code} ${name}`,
        description,
        amount > 0 ? money(amount) : '',
        amount < 0 ? money(-amount) : '',
      ];
    });
  const columns = [['Account'], ['Description'], ['Debit', 'money'], ['Credit', 'money']] as const;
  return `<h2>In the books</h2>${table(columns, rows, 'It has posted nothing.')}`;
}
