// The judge of F34's commands is itself tried: what must not be is told, and what may be is not.
import { createId } from '@stockbook/db';
import { expect, it } from 'vitest';
import type { Books } from './books.ts';
import type { BooksNow, ChangeNow } from './books-now.ts';
import { type Did, judgeCommand, type Model } from './command-model.ts';
import { kinds } from './kinds.ts';

const [first, second] = [createId(), createId()];
const [kind] = kinds;
if (kind === undefined) throw new Error('The registry sends nothing');
const last = kinds.at(-1)?.entity.name ?? '';
const layers = kinds.map(({ entity }) => [entity]);
const entries = [first, second].map((id, n) => ({ kind, id, n, version: 1, excluded: n === 1 }));
const books: Books = { entries, parents: new Map() };

const changeOf = (
  number: number,
  recordId: string,
  state: string,
  more: Partial<ChangeNow> = {},
): ChangeNow => ({
  ...{ number, entity: kind.entity.name, recordId, state, held: null, urgent: false },
  ...more,
});
const run = { id: createId(), state: 'running', asked: null };
const paused = { ...run, state: 'parked', asked: 'pause' };
const stopped = { ...run, state: 'stopped', asked: 'stop' };
const calm: BooksNow = {
  changes: [changeOf(1, first, 'pending'), changeOf(2, second, 'skipped')],
  records: [
    { id: first, state: 'pending', isInXero: false, theirs: null },
    { id: second, state: 'skipped', isInXero: false, theirs: null },
  ],
  runs: [run],
  attempts: 0,
  autoSync: false,
};

function told(
  before: Partial<BooksNow>,
  now: Partial<BooksNow>,
  more: Partial<Model> = {},
  did: Did = {},
): string[] {
  const model: Model = {
    ...{ autoSync: false, words: new Map(), touched: new Set(), asked: undefined },
    made: new Map([
      [first, 1],
      [second, 1],
    ]),
    ...more,
    now: { ...calm, ...before, ...now },
  };
  return judgeCommand(model, { ...calm, ...before }, books, did, { slotMax: 1, batchMax: 1, layers });
}

const claimed = [changeOf(1, first, 'claimed'), changeOf(2, second, 'skipped')];

it('what may be is not told', () => {
  expect(told({}, {})).toEqual([]);
  expect(told({}, { changes: claimed, attempts: 1 })).toEqual([]);
  expect(told({ runs: [paused] }, { attempts: 1, changes: claimed }, {}, { started: true })).toEqual([]);
  const excluded = [changeOf(1, first, 'pending'), changeOf(2, second, 'claimed')];
  const sent = [changeOf(1, first, 'pending'), changeOf(2, second, 'rejected')];
  expect(told({ changes: excluded }, { changes: sent })).toEqual([]);
});

it.each<[string, Partial<BooksNow>, Partial<BooksNow>, RegExp]>([
  ['a run that opens itself', { runs: [] }, { runs: [run] }, /1 runs were opened/],
  ['two runs', {}, { runs: [run, { ...run, id: createId() }] }, /2 runs are active at once/],
  ['a run that rises again', { runs: [stopped] }, { runs: [run] }, /was stopped is running/],
  ['a claim while paused', { runs: [paused] }, { changes: claimed }, /claimed in no run/],
  ['a claim after a stop', { runs: [stopped] }, { changes: claimed }, /claimed in no run/],
  ['a call after a stop', { runs: [stopped] }, { attempts: 1 }, /1 calls were begun in no run/],
  [
    'a record that is kept from Xero and goes',
    {},
    { changes: [changeOf(1, first, 'pending'), changeOf(2, second, 'claimed')] },
    /kept from Xero, is claimed/,
  ],
  ['a switch that turns itself', {}, { autoSync: true }, /automatic sync is true/],
  [
    'a change that nobody made',
    {},
    { changes: [...calm.changes, changeOf(3, first, 'skipped')] },
    /2 changes for 1/,
  ],
  [
    'a change that is taken back',
    {
      changes: [changeOf(1, first, 'sent')],
      records: [{ id: first, state: 'pending', isInXero: true, theirs: null }],
    },
    { changes: [changeOf(1, first, 'skipped')] },
    /of 1 acknowledged changes 0 are left/,
  ],
  [
    'a record shown ahead of the ledger',
    {},
    { records: [{ id: first, state: 'completed', isInXero: false, theirs: null }] },
    /I4 a record is shown completed/,
  ],
  [
    'a conflict that is none',
    {},
    { records: [{ id: first, state: 'conflict', isInXero: true, theirs: null }] },
    /I4 a conflict is shown/,
  ],
])('%s is told', (_what, before, now, words) => {
  expect(told(before, now)).toContainEqual(expect.stringMatching(words));
});

it('what goes after a stop was asked is told: more than the slots may, or of another layer', () => {
  const ids = [createId(), createId()];
  const pending = ids.map((id, n) => changeOf(n + 1, id, 'pending', n === 0 ? {} : { entity: last }));
  const gone = (urgent: boolean) => pending.map((change) => ({ ...change, state: 'claimed', urgent }));
  const asked = { asked: { asked: 'stop' as const, changes: pending } };
  expect(told({ changes: pending }, { changes: gone(false), records: [] }, asked)).toEqual([
    'after it was asked to stop, the run let 2 changes go',
    'after it was asked to stop, the run let changes of 2 layers go',
  ]);
  expect(told({ changes: pending }, { changes: gone(true), records: [] }, asked)).toHaveLength(1);
});
