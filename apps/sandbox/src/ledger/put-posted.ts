// Saves a record that stands in the books, and notes the journals its change makes.
import type { Organisation } from '../organisation.ts';
import type { Store, Stored } from '../store.ts';
import type { BookEntry } from './entries.ts';
import { type Booked, noteJournal } from './journal-book.ts';
import { type AccountBook, accountBook } from './postings.ts';

export type Posting<T> = {
  readonly entry: (book: AccountBook, record: T) => BookEntry;
  /** Whether the record posts anything, without working it out. */
  readonly posts: (record: T) => boolean;
  /** Whether it is plain to see that both post the same. */
  readonly isAlike?: (before: T, record: T) => boolean;
};

/** Returns what undoes it. */
export function putPosted<T extends Stored>(
  organisation: Organisation,
  kind: Booked['kind'],
  store: Store<T>,
  record: T,
  { entry, posts, isAlike }: Posting<T>,
): () => void {
  const before = store.put(record);
  const undo = (): void => {
    if (before === undefined) store.remove(record.id);
    else store.put(before);
  };
  if (before !== undefined && isAlike?.(before, record) === true) return undo;
  const takeBack = noteJournal(organisation.journalBook, {
    kind,
    source: record.id,
    createdMs: record.updatedMs,
    before: () => (before === undefined ? undefined : entry(accountBook(organisation), before)),
    now: () => entry(accountBook(organisation), record),
    posts: posts(record),
  });
  return () => {
    takeBack();
    undo();
  };
}
