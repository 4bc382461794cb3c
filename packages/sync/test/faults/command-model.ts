// F34: what must hold whatever a person commands: a small model of the run, of the records and of what was said of them.
import type { Entity } from '../../src/entity.ts';
import type { Books } from './books.ts';
import { type BooksNow, type ChangeNow, isActive, isStill } from './books-now.ts';

export interface Model {
  autoSync: boolean;
  /** Changes that a person made, by record. */
  made: Map<string, number>;
  /** By record: the word that a person wrote in Xero and that nobody has chosen to go over. */
  words: Map<string, string>;
  /** Records that were ever written in Xero. */
  touched: Set<string>;
  asked: Asked | undefined;
  now: BooksNow;
}

/** What was asked of the last run. */
export interface Asked {
  asked: 'pause' | 'stop';
  /** What was there then. */
  changes: readonly ChangeNow[];
}

/** What a command did that explains what is otherwise forbidden. */
export interface Did {
  /** It let a run begin or go on. */
  started?: boolean;
  /** It was asked of the run, and not too late. */
  asked?: Asked['asked'];
  /** The record that it kept from Xero or let go. */
  toggled?: string;
}

export interface Bounds {
  /** Calls at once, and how many changes go in one. */
  slotMax: number;
  batchMax: number;
  layers: readonly (readonly Entity[])[];
}

const gone = ['claimed', 'sent', 'rejected'];

/** What is wrong after a command, in words; `before` is what was committed before it, `model.now` what is now. */
export function judgeCommand(
  model: Model,
  before: BooksNow,
  books: Books,
  did: Did,
  bounds: Bounds,
): string[] {
  return [
    ...judgeRuns(model.now, before, did),
    ...judgeStill(model.now, before, did),
    ...judgeExcluded(model.now, before, books, did),
    ...judgeAsked(model, bounds),
    ...judgeCounts(model, before),
    ...judgeShown(model.now, books),
  ];
}

/** One run at a time; what has ended stays so, and only a command opens one. */
function judgeRuns(now: BooksNow, before: BooksNow, did: Did): string[] {
  const problems: string[] = [];
  const opened = now.runs.length - before.runs.length;
  if (opened > (did.started ? 1 : 0)) problems.push(`${opened} runs were opened`);
  const active = now.runs.filter(isActive);
  if (active.length > 1) problems.push(`${active.length} runs are active at once`);
  for (const was of before.runs) {
    const run = now.runs.find(({ id }) => id === was.id);
    const hasEnded = was.state === 'done' || was.state === 'stopped';
    if (hasEnded && run?.state !== was.state) problems.push(`a run that was ${was.state} is ${run?.state}`);
  }
  return problems;
}

/** Where no run is to go on nothing is claimed and no call is begun. */
function judgeStill(now: BooksNow, before: BooksNow, did: Did): string[] {
  if (!isStill(before) || did.started) return [];
  const claimed = wentSince(now, before.changes);
  return [
    ...(now.attempts > before.attempts
      ? [`${now.attempts - before.attempts} calls were begun in no run`]
      : []),
    ...claimed.map(({ number, entity }) => `change ${number} of ${entity} was claimed in no run`),
  ];
}

/** What waited and has been let go since, as it is now. */
function wentSince(now: BooksNow, before: readonly ChangeNow[]): ChangeNow[] {
  const waited = new Set(before.flatMap(({ number, state }) => (state === 'pending' ? [number] : [])));
  return now.changes.filter(({ number, state }) => waited.has(number) && gone.includes(state));
}

/** What a person keeps from Xero does not go, but for what was on its way. */
function judgeExcluded(now: BooksNow, before: BooksNow, books: Books, did: Did): string[] {
  const kept = new Set(
    books.entries.filter(({ id, excluded }) => excluded && id !== did.toggled).map(({ id }) => id),
  );
  const was = new Map(before.changes.map((change) => [change.number, change.state]));
  return now.changes
    .filter(({ recordId, number, state }) => {
      const mayGo = was.get(number) === 'claimed' || was.get(number) === state;
      return kept.has(recordId) && gone.includes(state) && !mayGo;
    })
    .map(({ number, entity, state }) => `change ${number} of ${entity}, kept from Xero, is ${state}`);
}

/** Until it is heard, slots may have come past the question: each lets one call go, and but for what is urgent no other layer begins. */
function judgeAsked({ asked, now }: Model, { slotMax, batchMax, layers }: Bounds): string[] {
  if (asked === undefined) return [];
  const went = wentSince(now, asked.changes);
  const layerOf = (name: string) => layers.findIndex((layer) => layer.some((one) => one.name === name));
  const reached = new Set(went.flatMap(({ entity, urgent }) => (urgent ? [] : [layerOf(entity)])));
  const words = `after it was asked to ${asked.asked}, the run let`;
  return [
    ...(went.length > slotMax * batchMax ? [`${words} ${went.length} changes go`] : []),
    ...(reached.size > 1 ? [`${words} changes of ${reached.size} layers go`] : []),
  ];
}

/** Each thing that a person did is one change and no more; what Xero took stays taken. */
function judgeCounts({ made, now, autoSync }: Model, before: BooksNow): string[] {
  const problems: string[] = [];
  if (now.autoSync !== autoSync) problems.push(`automatic sync is ${now.autoSync} and was set ${autoSync}`);
  for (const { id, isInXero } of now.records) {
    const mine = now.changes.filter(({ recordId }) => recordId === id);
    const sent = mine.filter(({ state }) => state === 'sent').length;
    const was = before.changes.filter((one) => one.recordId === id && one.state === 'sent').length;
    if (mine.length !== made.get(id)) problems.push(`${mine.length} changes for ${made.get(id)} doings`);
    if (sent < was) problems.push(`of ${was} acknowledged changes ${sent} are left`);
    if (sent > 0 && !isInXero) problems.push('a record was acknowledged and has no place in Xero');
    if (mine.filter(({ state }) => state === 'claimed').length > 1)
      problems.push('two changes of a record are on their way');
  }
  return problems;
}

/** I4: what is shown is never ahead of the ledger, and a conflict is one that a person can settle. */
function judgeShown({ changes, records }: BooksNow, books: Books): string[] {
  return records.flatMap(({ id, state }) => {
    const mine = changes.filter(({ recordId }) => recordId === id);
    const isExcluded = books.entries.some((entry) => entry.id === id && entry.excluded);
    const waits = mine.some((change) => change.state === 'pending' || change.state === 'claimed');
    const conflict = mine.some((change) => change.state === 'pending' && change.held === 'conflict');
    return [
      ...(state === 'completed' && waits && !isExcluded ? ['I4 a record is shown completed and waits'] : []),
      ...(state === 'conflict' && !conflict ? ['I4 a conflict is shown that nobody can settle'] : []),
    ];
  });
}
