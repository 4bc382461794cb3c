// The lists of an organisation that people can look at, and what stands in each row.
import { type Document, openAmount } from '../document/document.ts';
import { type Item, isTracked } from '../item/item.ts';
import type { Organisation } from '../organisation.ts';
import type { Stored } from '../store.ts';
import { type Cell, instant, link, money, quantity } from './html.ts';
import { journalList } from './journal-pages.ts';
import { type List, recordAddress } from './list.ts';

export const lists: readonly List[] = [
  {
    name: 'contacts',
    title: 'Contacts',
    columns: [['Name'], ['Number'], ['Email'], ['Status'], ['Changed']],
    records: (one) => one.contacts.ordered(),
    rows: (one, records) =>
      present(records, one.contacts).map((contact) => [
        link(recordAddress(one, 'contacts', contact.id), contact.name),
        contact.number,
        contact.texts.EmailAddress ?? '',
        contact.status,
        instant(contact.updatedMs),
      ]),
  },
  {
    name: 'items',
    title: 'Items',
    columns: [
      ['Code'],
      ['Name'],
      ['Sells at', 'money'],
      ['In stock', 'count'],
      ['Worth', 'money'],
      ['Changed'],
    ],
    records: (one) => one.items.ordered(),
    rows: (one, records) => present(records, one.items).map((item) => itemRow(one, item)),
  },
  documentList(
    'invoices',
    'Invoices',
    (one) => one.invoices,
    (type) => type === 'ACCREC',
  ),
  documentList(
    'bills',
    'Bills',
    (one) => one.invoices,
    (type) => type === 'ACCPAY',
  ),
  documentList(
    'credit-notes',
    'Credit notes',
    (one) => one.creditNotes,
    () => true,
  ),
  documentList(
    'purchase-orders',
    'Purchase orders',
    (one) => one.purchaseOrders,
    () => true,
  ),
  documentList(
    'quotes',
    'Quotes',
    (one) => one.quotes,
    () => true,
  ),
  documentList(
    'bank-transactions',
    'Bank transactions',
    (one) => one.bankTransactions,
    () => true,
  ),
  {
    name: 'payments',
    title: 'Payments',
    columns: [['Date'], ['For'], ['Reference'], ['Account'], ['Amount', 'money'], ['Status']],
    records: (one) => one.payments.ordered(),
    rows: (one, records) =>
      present(records, one.payments).map((payment) => [
        link(recordAddress(one, 'payments', payment.id), payment.date),
        link(`/record/${payment.document}`, payment.type),
        payment.reference,
        one.accounts.get(payment.account)?.name ?? '',
        money(payment.amount),
        payment.status,
      ]),
  },
  {
    name: 'manual-journals',
    title: 'Manual journals',
    columns: [['Narration'], ['Date'], ['Status'], ['Debits', 'money']],
    records: (one) => one.manualJournals.ordered(),
    rows: (one, records) =>
      present(records, one.manualJournals).map((journal) => [
        link(recordAddress(one, 'manual-journals', journal.id), journal.narration),
        journal.date,
        journal.status,
        money(journal.lines.reduce((sum, line) => sum + Math.max(0, line.amount), 0)),
      ]),
  },
  journalList,
  {
    name: 'attachments',
    title: 'Attachments',
    columns: [['File'], ['Type'], ['Bytes', 'count'], ['Hangs on'], ['Added']],
    records: (one) => one.attachments.ordered(),
    rows: (one, records) =>
      present(records, one.attachments).map((file) => [
        link(recordAddress(one, 'attachments', file.id), file.name),
        file.mediaType,
        file.length,
        link(`/record/${file.parent}`, file.parent),
        instant(file.updatedMs),
      ]),
  },
];

function present<T extends Stored>(
  records: readonly Stored[],
  store: { get(id: string): T | undefined },
): T[] {
  return records.map(({ id }) => store.get(id)).filter((record) => record !== undefined);
}

function itemRow(one: Organisation, item: Item): Cell[] {
  const { price } = item.sales;
  return [
    link(recordAddress(one, 'items', item.id), item.code),
    item.name,
    price === null ? '' : quantity(price),
    isTracked(item) ? quantity(item.quantity) : '',
    isTracked(item) ? money(item.value) : '',
    instant(item.updatedMs),
  ];
}

function documentList(
  name: string,
  title: string,
  store: (organisation: Organisation) => Organisation['invoices'],
  isOf: (type: Document['type']) => boolean,
): List {
  return {
    name,
    title,
    columns: [['Number'], ['Contact'], ['Date'], ['Due'], ['Status'], ['Total', 'money'], ['Open', 'money']],
    records: (one) =>
      store(one)
        .ordered()
        .filter((document) => isOf(document.type)),
    rows: (one, records) =>
      present(records, store(one)).map((document) => [
        link(recordAddress(one, name, document.id), document.number || document.reference),
        one.contacts.get(document.contact)?.name ?? '',
        document.date,
        document.dueDate,
        document.status,
        money(document.total, document.currency),
        money(openAmount(document)),
      ]),
  };
}
