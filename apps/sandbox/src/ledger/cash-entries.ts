// The books on a cash basis: a document counts as far as it is settled, on the day it is.
import { type Document, isApproved } from '../document/document.ts';
import { multiplyDivide } from '../exact.ts';
import type { Organisation } from '../organisation.ts';
import { settlementsOf } from './as-at.ts';
import { type BookEntry, bookEntries, documentEntry } from './entries.ts';
import { type AccountBook, accountBook, linePostings, type Posting, sideOf } from './postings.ts';

/** Money counts as it stands in the books, and of manual journals those that say so; stock moves when it moves. */
export function* cashEntries(organisation: Organisation): Generator<BookEntry> {
  const { invoices, creditNotes, manualJournals } = organisation;
  for (const entry of bookEntries(organisation)) {
    const { source } = entry;
    const isDocument = invoices.get(source) !== undefined || creditNotes.get(source) !== undefined;
    if (!isDocument && manualJournals.get(source)?.onCashBasis !== false) yield entry;
  }
  const book = accountBook(organisation);
  for (const store of [invoices, creditNotes])
    for (const document of store.ordered()) yield* shares(organisation, book, document);
}

function* shares(organisation: Organisation, book: AccountBook, document: Document): Generator<BookEntry> {
  const entry = documentEntry(book, document);
  if (entry.postings.length === 0) return;
  const lines = isApproved(document.status) ? linePostings(book, document) : [];
  const stock = entry.postings.slice(lines.length);
  const atOnce = document.total === 0 ? entry.postings : stock;
  if (atOnce.length > 0) yield { ...entry, postings: atOnce };
  const [control, ...rest] = lines;
  if (control === undefined || document.total === 0) return;
  const told = rest.map(() => 0);
  let settled = 0;
  for (const { date, amount, relieved } of settlementsOf(organisation, document)) {
    settled += amount;
    const postings: Posting[] = [{ ...control, amount: sideOf(document) * relieved }];
    let left = -sideOf(document) * relieved;
    for (const [index, line] of rest.entries()) {
      // By what is settled so far, so that all the shares come to the whole line.
      const whole = multiplyDivide(line.amount, settled, document.total);
      const share = whole - (told[index] ?? 0);
      told[index] = whole;
      left -= share;
      postings.push({ ...line, amount: share, tax: 0 });
    }
    const [, first] = postings;
    if (first !== undefined) {
      postings[1] = { ...first, amount: first.amount + left };
      told[0] = (told[0] ?? 0) + left;
    }
    yield { ...entry, date, postings };
  }
}
