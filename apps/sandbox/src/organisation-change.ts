// The changes that make and unmake the records of an organisation, as the journal keeps them.
import { z } from 'zod';
import { attachmentRecord, historyRecord } from './attachment/attachment.ts';
import { type BankTransfer, bankTransferRecord } from './bank/bank-transfer.ts';
import { contactRecord } from './contact/contact.ts';
import { contactGroupRecord } from './contact-group/contact-group.ts';
import { type Document, documentRecord } from './document/document.ts';
import { employeeRecord } from './employee/employee.ts';
import { itemRecord, type StockChange, stockChange, withStock } from './item/item.ts';
import {
  allocationEntry,
  bankTransferEntry,
  documentEntry,
  documentPosts,
  journalEntry,
  paymentEntry,
  postsAlike,
} from './ledger/entries.ts';
import { bookedRecord, restoreBooked } from './ledger/journal-book.ts';
import { putPosted } from './ledger/put-posted.ts';
import { manualJournalRecord } from './manual-journal/manual-journal.ts';
import type { Organisation } from './organisation.ts';
import { applySetting, of, settingChanges } from './organisation-setting.ts';
import { allocationRecord, batchRecord, paymentRecord } from './payment/payment.ts';
import type { Store } from './store.ts';
import { put, remove } from './store-change.ts';

export const organisationChange = z.discriminatedUnion('kind', [
  ...settingChanges,
  of('contact', contactRecord),
  of('contact-group', contactGroupRecord),
  of('item', itemRecord),
  stockChange,
  z.object({ kind: z.literal('item-gone'), id: z.string() }),
  of('invoice', documentRecord),
  of('credit-note', documentRecord),
  of('purchase-order', documentRecord),
  of('quote', documentRecord),
  of('bank-transaction', documentRecord),
  of('bank-transfer', bankTransferRecord),
  of('receipt', documentRecord),
  of('repeating-invoice', documentRecord),
  of('overpayment', documentRecord),
  of('prepayment', documentRecord),
  of('payment', paymentRecord),
  of('batch', batchRecord),
  of('allocation', allocationRecord),
  of('manual-journal', manualJournalRecord),
  of('attachment', attachmentRecord),
  of('history', historyRecord),
  of('employee', employeeRecord),
  /** The numbered journals of a snapshot, in pieces, in the place of those its records have posted. */
  z.object({ kind: z.literal('booked'), journals: z.array(bookedRecord), isFirst: z.boolean() }),
]);

export type OrganisationChange = z.output<typeof organisationChange>;

/** Carries out one change; returns what undoes it. */
export function applyChange(organisation: Organisation, change: OrganisationChange): () => void {
  switch (change.kind) {
    case 'account':
    case 'account-gone':
    case 'tax-rate':
    case 'currency':
    case 'tracking-category':
    case 'tracking-gone':
    case 'quota':
    case 'settings':
      return applySetting(organisation, change);
    case 'contact':
      return put(organisation.contacts, change.record);
    case 'contact-group':
      return put(organisation.contactGroups, change.record);
    case 'item':
      return put(organisation.items, change.record);
    case 'stock':
      return putStock(organisation, change);
    case 'item-gone':
      return remove(organisation.items, change.id);
    case 'payment':
      return putPosted(organisation, 'payment', organisation.payments, change.record, {
        entry: paymentEntry,
        posts: (payment) => payment.status === 'AUTHORISED',
      });
    case 'batch':
      return put(organisation.batches, change.record);
    case 'allocation':
      return putPosted(organisation, 'allocation', organisation.allocations, change.record, {
        entry: allocationEntry,
        posts: (one) => !one.isDeleted && one.invoiceRelieved !== one.creditRelieved,
      });
    case 'bank-transfer':
      return putTransfer(organisation, change.record);
    case 'manual-journal':
      return putPosted(organisation, 'manual-journal', organisation.manualJournals, change.record, {
        entry: journalEntry,
        posts: (journal) => journal.status === 'POSTED' && journal.lines.length > 0,
      });
    case 'attachment':
      return put(organisation.attachments, change.record);
    case 'history':
      return put(organisation.history, change.record);
    case 'employee':
      return put(organisation.employees, change.record);
    case 'booked':
      return restoreBooked(organisation.journalBook, change.journals, change.isFirst);
    case 'invoice':
    case 'credit-note':
    case 'bank-transaction':
      return putPosted(organisation, change.kind, documentsOf(organisation, change.kind), change.record, {
        entry: documentEntry,
        posts: documentPosts,
        isAlike: postsAlike,
      });
    default:
      return put(documentsOf(organisation, change.kind), change.record);
  }
}

/** An item that is gone has no stock any more. */
function putStock({ items }: Organisation, change: StockChange): () => void {
  const item = items.get(change.id);
  if (item === undefined) return () => undefined;
  return put(items, withStock(item, change));
}

function putTransfer(organisation: Organisation, record: BankTransfer): () => void {
  return putPosted(organisation, 'bank-transfer', organisation.bankTransfers, record, {
    entry: bankTransferEntry,
    posts: (one) => one.status === 'AUTHORISED',
  });
}

export const documentKinds = [
  'invoice',
  'credit-note',
  'purchase-order',
  'quote',
  'bank-transaction',
  'receipt',
  'repeating-invoice',
  'overpayment',
  'prepayment',
] as const;

export type DocumentKind = (typeof documentKinds)[number];

/** The store of the documents of a kind. */
export function documentsOf(organisation: Organisation, kind: DocumentKind): Store<Document> {
  switch (kind) {
    case 'invoice':
      return organisation.invoices;
    case 'credit-note':
      return organisation.creditNotes;
    case 'purchase-order':
      return organisation.purchaseOrders;
    case 'quote':
      return organisation.quotes;
    case 'bank-transaction':
      return organisation.bankTransactions;
    case 'receipt':
      return organisation.receipts;
    case 'repeating-invoice':
      return organisation.repeatingInvoices;
    case 'overpayment':
      return organisation.overpayments;
    case 'prepayment':
      return organisation.prepayments;
  }
}
