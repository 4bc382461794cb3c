// Everything that stands in the books of an organisation, each with its date and its balanced postings.
import type { Organisation } from '../organisation.ts';
import {
  type AccountBook,
  accountBook,
  allocationPostings,
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

const bankTypes: Readonly<Record<string, string>> = { RECEIVE: 'CASHREC', SPEND: 'CASHPAID' };

/** Entries are computed when they are asked for, so that approving costs nothing and a void leaves nothing behind. */
export function* bookEntries(organisation: Organisation): Generator<BookEntry> {
  const book = accountBook(organisation);
  for (const store of [organisation.invoices, organisation.creditNotes, organisation.bankTransactions]) {
    for (const document of store.ordered()) {
      const postings = documentPostings(book, document);
      if (postings.length === 0) continue;
      const { type, date, id, updatedMs } = document;
      const sourceType = bankTypes[type.split('-')[0] ?? ''] ?? type;
      yield {
        date,
        sourceType,
        source: id,
        reference: document.reference || document.number,
        createdMs: updatedMs,
        postings,
      };
    }
  }
  yield* moneyEntries(organisation, book);
  for (const journal of organisation.manualJournals.ordered()) {
    const postings = journalPostings(book, journal);
    if (postings.length === 0) continue;
    const { date, id, narration, updatedMs } = journal;
    yield {
      date,
      sourceType: 'MANJOURNAL',
      source: id,
      reference: narration,
      createdMs: updatedMs,
      postings,
    };
  }
}

function* moneyEntries(organisation: Organisation, book: AccountBook): Generator<BookEntry> {
  for (const payment of organisation.payments.ordered()) {
    const postings = paymentPostings(book, payment);
    if (postings.length === 0) continue;
    const { date, id, type, reference, updatedMs } = payment;
    yield { date, sourceType: type, source: id, reference, createdMs: updatedMs, postings };
  }
  for (const allocation of organisation.allocations.ordered()) {
    const invoice = organisation.invoices.get(allocation.invoice);
    const postings = invoice === undefined ? [] : allocationPostings(book, allocation, invoice);
    if (postings.length === 0) continue;
    const { date, id, updatedMs } = allocation;
    yield { date, sourceType: 'ALLOCATION', source: id, reference: '', createdMs: updatedMs, postings };
  }
}
