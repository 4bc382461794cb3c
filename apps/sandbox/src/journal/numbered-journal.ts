// A journal by its number: computed from its record while it stands, as it was posted once it does not.
import type { BookEntry } from '../ledger/entries.ts';
import {
  allocationEntry,
  bankTransferEntry,
  documentEntry,
  journalEntry,
  paymentEntry,
} from '../ledger/entries.ts';
import type { Booked } from '../ledger/journal-book.ts';
import { accountBook } from '../ledger/postings.ts';
import type { Organisation } from '../organisation.ts';
import { documentsOf } from '../organisation-change.ts';

export type NumberedJournal = { readonly number: number; readonly entry: BookEntry };

/** Throws for a number there is none of, which no caller asks for. */
export function journalAt(organisation: Organisation, number: number): NumberedJournal {
  const { booked } = organisation.journalBook;
  const one = booked[number - 1];
  if (one === undefined) throw new Error(`There is no journal ${number}.`);
  if (one.reverses === undefined) return { number, entry: entryOf(organisation, one) };
  const reversed = booked[one.reverses - 1]?.frozen;
  if (reversed === undefined) throw new Error(`Journal ${number} takes back ${one.reverses}, which stands.`);
  return { number, entry: { ...negated(reversed), createdMs: one.createdMs } };
}

/** Whether the journal counts on a cash basis: money itself, and manual journals that say so. */
export function isCashBasis(organisation: Organisation, { kind, source }: Booked): boolean {
  if (kind === 'manual-journal') return organisation.manualJournals.get(source)?.onCashBasis === true;
  return kind === 'payment' || kind === 'bank-transaction' || kind === 'bank-transfer';
}

function entryOf(organisation: Organisation, { kind, source, frozen, createdMs }: Booked): BookEntry {
  if (frozen !== undefined) return frozen;
  const book = accountBook(organisation);
  const of = <T>(record: T | undefined, entry: (record: T) => BookEntry): BookEntry => {
    if (record === undefined) throw new Error(`The ${kind} ${source} of a standing journal is gone.`);
    return { ...entry(record), createdMs };
  };
  switch (kind) {
    case 'payment':
      return of(organisation.payments.get(source), (one) => paymentEntry(book, one));
    case 'bank-transfer':
      return of(organisation.bankTransfers.get(source), (one) => bankTransferEntry(book, one));
    case 'allocation':
      return of(organisation.allocations.get(source), (one) => allocationEntry(book, one));
    case 'manual-journal':
      return of(organisation.manualJournals.get(source), (one) => journalEntry(book, one));
    default:
      return of(documentsOf(organisation, kind).get(source), (one) => documentEntry(book, one));
  }
}

function negated(entry: BookEntry): BookEntry {
  const postings = entry.postings.map((one) => ({ ...one, amount: 0 - one.amount, tax: 0 - one.tax }));
  return { ...entry, postings };
}
