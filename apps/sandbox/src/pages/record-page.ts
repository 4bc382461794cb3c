// The page of one record: what it says, its lines, its payments, its files, and what it posted in the books.
import type { Document } from '../document/document.ts';
import type { ManualJournal } from '../manual-journal/manual-journal.ts';
import type { Organisation } from '../organisation.ts';
import type { Batch, Payment } from '../payment/payment.ts';
import { contactPage } from './contact-page.ts';
import { documentPage } from './document-page.ts';
import { type Cell, facts, html, instant, link, money, table } from './html.ts';
import { itemPage } from './item-page.ts';
import { postedBy } from './journal-pages.ts';
import { recordAddress } from './list.ts';
import { files, notes } from './record-parts.ts';

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
  if (journal !== undefined) return manualJournalPage(organisation, journal);
  const payment = organisation.payments.get(id);
  if (payment !== undefined) return paymentPage(organisation, payment);
  const batch = organisation.batches.get(id);
  return batch === undefined ? undefined : batchPage(organisation, batch);
}

/** The list a record is in, for its address; undefined where the organisation has no such record. */
export function listOf(organisation: Organisation, id: string): string | undefined {
  const found = findDocument(organisation, id);
  if (found !== undefined) return found.list;
  if (organisation.contacts.get(id) !== undefined) return 'contacts';
  if (organisation.items.get(id) !== undefined) return 'items';
  if (organisation.payments.get(id) !== undefined || organisation.batches.get(id) !== undefined)
    return 'payments';
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

function manualJournalPage(organisation: Organisation, journal: ManualJournal): RecordPage {
  const { id, date, status, narration, updatedMs } = journal;
  const pairs: [string, Cell][] = [
    ['Date', date],
    ['Status', status],
    ['Changed', instant(updatedMs)],
    ['Id', html(`<code>${id}</code>`)],
  ];
  return { title: narration, body: facts(pairs) + ends(organisation, id) };
}

function paymentPage(organisation: Organisation, payment: Payment): RecordPage {
  const { id, document, type, date, amount, reference, status, batch } = payment;
  const number = findDocument(organisation, document)?.document.number || type;
  const pairs: [string, Cell][] = [
    ['For', link(`/record/${document}`, number)],
    ['Type', type],
    ['Date', date],
    ['Amount', money(amount)],
    ['Account', organisation.accounts.get(payment.account)?.name ?? ''],
    ['Reference', reference],
    ['Status', status],
    ['Batch', batch === '' ? '' : link(recordAddress(organisation, 'payments', batch), batch)],
    ['Id', html(`<code>${id}</code>`)],
  ];
  return { title: 'Payment', body: facts(pairs) + ends(organisation, id) };
}

function batchPage(organisation: Organisation, batch: Batch): RecordPage {
  const pairs: [string, Cell][] = [
    ['Type', batch.type],
    ['Date', batch.date],
    ['Account', organisation.accounts.get(batch.account)?.name ?? ''],
    ['Reference', batch.reference],
    ['Details', batch.details],
    ['Total', money(batch.total)],
    ['Status', batch.status],
    ['Id', html(`<code>${batch.id}</code>`)],
  ];
  const rows = batch.payments
    .flatMap((id) => organisation.payments.get(id) ?? [])
    .map((one) => [
      link(recordAddress(organisation, 'payments', one.id), one.date),
      one.type,
      money(one.amount),
    ]);
  const made = table([['Payment'], ['Type'], ['Amount', 'money']], rows, 'It has none.');
  return {
    title: 'Batch payment',
    body: `${facts(pairs)}<h2>Payments</h2>${made}${notes(organisation, batch.id)}`,
  };
}

/** What ends a page: files, notes, and the books. */
function ends(organisation: Organisation, id: string): string {
  return [files, notes, postedBy].map((part) => part(organisation, id)).join('');
}
