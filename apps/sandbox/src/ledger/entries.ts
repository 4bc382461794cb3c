// Everything that stands in the books of an organisation, each with its date and its balanced postings.
import type { BankTransfer } from '../bank/bank-transfer.ts';
import { type Document, isApproved } from '../document/document.ts';
import type { ManualJournal } from '../manual-journal/manual-journal.ts';
import type { Organisation } from '../organisation.ts';
import type { Allocation, Payment } from '../payment/payment.ts';
import {
  type AccountBook,
  accountBook,
  allocationPostings,
  bankTransferPostings,
  documentPostings,
  journalPostings,
  type Posting,
  paymentPostings,
} from './postings.ts';

export type BookEntry = {
  readonly date: string;
  /** Xero's word for what posted it, and its id. */
  readonly sourceType: string;
  readonly source: string;
  readonly reference: string;
  readonly createdMs: number;
  readonly postings: readonly Posting[];
};

/** Entries are computed when they are asked for, so that approving costs nothing and a void leaves nothing behind. */
export function* bookEntries(organisation: Organisation): Generator<BookEntry> {
  const book = accountBook(organisation);
  for (const store of [organisation.invoices, organisation.creditNotes, organisation.bankTransactions]) {
    for (const document of store.ordered()) yield* posted(documentEntry(book, document));
  }
  for (const payment of organisation.payments.ordered()) yield* posted(paymentEntry(book, payment));
  for (const transfer of organisation.bankTransfers.ordered())
    yield* posted(bankTransferEntry(book, transfer));
  for (const allocation of organisation.allocations.ordered())
    yield* posted(allocationEntry(book, allocation));
  for (const journal of organisation.manualJournals.ordered()) yield* posted(journalEntry(book, journal));
}

function* posted(entry: BookEntry): Generator<BookEntry> {
  if (entry.postings.length > 0) yield entry;
}

/** Bank transactions by the word journals have for them. */
const bankWords: Readonly<Record<string, string>> = {
  RECEIVE: 'CASHREC',
  SPEND: 'CASHPAID',
  'RECEIVE-OVERPAYMENT': 'AROVERPAYMENT',
  'SPEND-OVERPAYMENT': 'APOVERPAYMENT',
  'RECEIVE-PREPAYMENT': 'ARPREPAYMENT',
  'SPEND-PREPAYMENT': 'APPREPAYMENT',
};

/** Whether a document posts anything, without working it out. */
export function documentPosts({ status, stock }: Document): boolean {
  return isApproved(status) || stock?.some(({ contra, value }) => contra !== '' && value !== 0) === true;
}

/** Whether only what is paid or said about a document differs, as where a payment settles it. */
export function postsAlike(before: Document, after: Document): boolean {
  return (
    before.lines === after.lines &&
    before.stock === after.stock &&
    before.date === after.date &&
    before.rate === after.rate &&
    before.mode === after.mode &&
    isApproved(before.status) === isApproved(after.status)
  );
}

export function documentEntry(book: AccountBook, document: Document): BookEntry {
  const { type, date, id, updatedMs } = document;
  return {
    date,
    sourceType: bankWords[type] ?? type,
    source: id,
    reference: document.reference || document.number,
    createdMs: updatedMs,
    postings: documentPostings(book, document),
  };
}

/** Journals have no word of their own for money given back on an overpayment or a prepayment. */
export function paymentEntry(book: AccountBook, payment: Payment): BookEntry {
  const { date, id, type, reference, updatedMs } = payment;
  const sourceType = type.replace(/^(A[RP])(OVER|PRE)PAYMENTPAYMENT$/, '$1CREDITPAYMENT');
  return {
    date,
    sourceType,
    source: id,
    reference,
    createdMs: updatedMs,
    postings: paymentPostings(book, payment),
  };
}

export function bankTransferEntry(_book: AccountBook, transfer: BankTransfer): BookEntry {
  const { date, id, reference, updatedMs } = transfer;
  return {
    date,
    sourceType: 'TRANSFER',
    source: id,
    reference,
    createdMs: updatedMs,
    postings: bankTransferPostings(transfer),
  };
}

/** What the rates left over where a credit was set against an invoice, under the word of the credit. */
export function allocationEntry(book: AccountBook, allocation: Allocation): BookEntry {
  const { date, id, updatedMs, kind } = allocation;
  const invoice = book.invoice(allocation.invoice);
  const side = invoice?.type === 'ACCPAY' ? 'AP' : 'AR';
  const sourceType =
    kind === 'credit-note' ? `${invoice?.type ?? 'ACCREC'}CREDIT` : `${side}${kind.toUpperCase()}`;
  const postings = invoice === undefined ? [] : allocationPostings(book, allocation, invoice);
  return { date, sourceType, source: id, reference: '', createdMs: updatedMs, postings };
}

export function journalEntry(book: AccountBook, journal: ManualJournal): BookEntry {
  const { date, id, narration, updatedMs } = journal;
  return {
    date,
    sourceType: 'MANJOURNAL',
    source: id,
    reference: narration,
    createdMs: updatedMs,
    postings: journalPostings(book, journal),
  };
}
