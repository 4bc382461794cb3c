// The numbered list of everything that was ever posted: numbers stay, a change or a void appends a reversal.
import { z } from 'zod';
import { trackedOption } from '../manual-journal/manual-journal.ts';
import type { BookEntry } from './entries.ts';

const frozenRecord = z.object({
  date: z.string(),
  sourceType: z.string(),
  source: z.string(),
  reference: z.string(),
  createdMs: z.number(),
  postings: z.array(
    z.object({
      account: z.string(),
      amount: z.number(),
      tax: z.number(),
      taxType: z.string(),
      description: z.string(),
      tracking: z.array(trackedOption).optional(),
    }),
  ),
});

const postingKinds = [
  'invoice',
  'credit-note',
  'bank-transaction',
  'bank-transfer',
  'payment',
  'allocation',
  'manual-journal',
] as const;

/** One journal. What still stands is computed from its record; what does not is frozen as it was posted. */
export const bookedRecord = z.object({
  kind: z.enum(postingKinds),
  source: z.string(),
  createdMs: z.number(),
  frozen: frozenRecord.optional(),
  /** The number of the journal this one takes back. */
  reverses: z.number().optional(),
});

export type Booked = z.output<typeof bookedRecord>;

export type JournalBook = {
  /** The journal of number n stands at n - 1. */
  readonly booked: Booked[];
  /** The number of the journal that stands, by the id of its record. */
  readonly standing: Map<string, number>;
  clear(): void;
};

export function createJournalBook(): JournalBook {
  const booked: Booked[] = [];
  const standing = new Map<string, number>();
  return {
    booked,
    standing,
    clear() {
      booked.length = 0;
      standing.clear();
    },
  };
}

/** Puts journals in the place of all there are, or after them, as a snapshot tells them; that is never undone. */
export function restoreBooked(book: JournalBook, journals: readonly Booked[], isFirst: boolean): () => void {
  if (isFirst) book.clear();
  for (const one of journals) {
    book.booked.push(one);
    if (one.frozen === undefined && one.reverses === undefined)
      book.standing.set(one.source, book.booked.length);
  }
  return nothing;
}

/** What a record posted before and posts now; each is only asked for when it may matter. */
export type Posted = {
  readonly kind: Booked['kind'];
  readonly source: string;
  readonly createdMs: number;
  readonly before: () => BookEntry | undefined;
  readonly now: () => BookEntry;
  /** Whether the record posts anything now. */
  readonly posts: boolean;
};

/** Appends what the change of a record posts and takes back; returns what undoes it. */
export function noteJournal({ booked, standing }: JournalBook, posted: Posted): () => void {
  const { kind, source, createdMs } = posted;
  const number = standing.get(source);
  if (number === undefined && !posted.posts) return nothing;
  const stood = number === undefined ? undefined : booked[number - 1];
  const old = stood === undefined ? undefined : posted.before();
  if (old !== undefined && posted.posts && isSame(old, posted.now())) return nothing;
  const length = booked.length;
  if (number !== undefined && stood !== undefined && old !== undefined) {
    booked[number - 1] = { ...stood, frozen: frozenRecord.parse({ ...old, createdMs: stood.createdMs }) };
    booked.push({ kind, source, createdMs, reverses: number });
    standing.delete(source);
  }
  if (posted.posts) {
    booked.push({ kind, source, createdMs });
    standing.set(source, booked.length);
  }
  return () => {
    booked.length = length;
    if (number === undefined || stood === undefined) standing.delete(source);
    else {
      booked[number - 1] = stood;
      standing.set(source, number);
    }
  };
}

function nothing(): void {
  // What posted nothing leaves nothing to take back.
}

/** Whether both post the same on the same day; words of the head alone make no journal. */
function isSame(a: BookEntry, b: BookEntry): boolean {
  return a.date === b.date && JSON.stringify(a.postings) === JSON.stringify(b.postings);
}
