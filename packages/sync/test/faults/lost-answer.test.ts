// F3: Xero carries a batch out and its answer never comes. However long that is known, every record of it is in Xero once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, closeGround, editBatch, expectSound, finish, kindOf, openGround, writeBatch } from './batch.ts';
import type { Entry } from './books.ts';
import type { Ground } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { type CallFate, type Life, live, type MortalDb } from './mortal.ts';
import type { Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
/** So many batches of new records of each variant, the kinds in turn. */
const rounds = nightly ? 1_000 : 40;
/** Of the variants that take many looks or two workers. */
const longRounds = nightly ? 1_000 : 12;
/** Those that wait in real time: for each a call takes as long as it may. */
const slowRounds = nightly ? 1_000 : 4;
/** Beside them, so many batches of records that Xero has already and that were edited. */
const editRounds = nightly ? 500 : 20;
/** And of those that take many looks, two workers, or real time. */
const longEditRounds = nightly ? 500 : kinds.length;
/** What is judged of an organisation as a whole takes the longer the more it has: after so many batches comes another. */
const groundRounds = 50;
const callMs = 1_000;
const timeout = 3_600_000;
/** Stepped time has no heartbeats: long enough for whoever waits until a key is forgotten. */
const leaseMs = 15 * 60_000;

let stage: Stage;
let dying: MortalDb;
let living: MortalDb;
let ground: Ground;
/** With as many of each kind as a batch has, for those that are edited. */
async function open(): Promise<void> {
  ground = await openGround();
  ({ stage, dying, living } = ground);
  for (const kind of kinds) await writeBatch(ground, kind, 3);
  await ask(ground);
  await finish(ground);
}
beforeAll(open);
afterAll(async () => {
  await closeGround(ground);
});

interface Heard {
  /** Requests that wrote. */
  writes: number;
  /** What each of them went under, and what it was told. */
  told: { key: string; status: number }[];
  /** How often Xero was asked what became of it. */
  looks: number;
  /** What was shown of its records when its answer was waited for in vain. */
  shown: string[];
}

/** New records go by PUT, and edited ones, whose ids are known, by POST. */
interface Batch {
  kind: Kind;
  isUpdate: boolean;
}

/** The requests that write them: Xero's addresses are the kinds' names without hyphens. */
const writing = ({ kind, isUpdate }: Batch) => ({
  method: isUpdate ? 'POST' : 'PUT',
  path: `/${kind.entity.name.replaceAll('-', '')}`,
});

/** What is edited are the newest of the kind: all of them are in Xero. */
function writeWork({ kind, isUpdate }: Batch): Promise<Entry[]> {
  if (!isUpdate) return writeBatch(ground, kind, 3);
  const known = ground.books.entries.filter((entry) => entry.kind === kind).slice(-3);
  return editBatch(ground, known);
}

const lastCall = async () => (await stage.client.calls()).at(-1)?.id ?? 0;

async function shownOf(entries: readonly Entry[]): Promise<string[]> {
  const where = { id: { in: entries.map(({ id }) => id) } };
  const rows = await stage.db.prisma.record.findMany({ where });
  return [...new Set(rows.map(({ syncState }) => syncState))];
}

const countLooks = () => stage.db.prisma.attempt.count({ where: { kind: { in: ['look', 'compare'] } } });

/** Sends one batch, and checks that it is in Xero once. */
async function sendOne(batch: Batch, calls: readonly CallFate[], life: Partial<Life> = {}): Promise<Heard> {
  const [afterId, looksBefore] = [await lastCall(), await countLooks()];
  const entries = await writeWork(batch);
  const shown = new Set<string>();
  await ask(ground);
  await finish(ground, {
    ...{ calls, leaseMs, ...life },
    took: async (name) => {
      if (name === 'retry after') for (const state of await shownOf(entries)) shown.add(state);
    },
  });
  await expectSound(ground, entries, afterId);
  const sent = await stage.client.calls({ afterId, ...writing(batch) });
  const told = sent.map(({ key, status }) => ({ key, status }));
  // What is updated is read once before it goes at all.
  const looks = (await countLooks()) - looksBefore - (batch.isUpdate ? 1 : 0);
  return { writes: sent.length, told, looks, shown: [...shown] };
}

/** A variant of the fault, tried with `count` batches, the kinds in turn. */
function tryEach(
  variant: string,
  { count, isUpdate }: { count: number; isUpdate: boolean },
  play: (batch: Batch, round: number) => Promise<void>,
): void {
  const what = isUpdate ? 'edited' : 'new';
  it(`F3: ${variant}, ${count} batches of ${what} records`, { timeout, meta: { runs: count } }, async () => {
    for (let round = 0; round < count; round += 1) {
      if (round > 0 && round % groundRounds === 0) {
        await closeGround(ground);
        await open();
      }
      const kind = kindOf(round);
      await play({ kind, isUpdate }, round).catch((error: unknown) => {
        throw new Error(`${kind.entity.name}, batch ${round}: ${String(error)}`, { cause: error });
      });
    }
  });
}

const created = (count: number) => ({ count, isUpdate: false });
const edited = (count: number) => ({ count, isUpdate: true });

const shortly: CallFate[] = [{ fault: 'reset after' }];
/** Until the key is forgotten. */
const long: CallFate[] = [{ fault: 'reset after', tookMs: 6.5 * 60_000 }];

tryEach(
  'the key is remembered: it goes again under it and is told the same',
  created(rounds),
  async (batch) => {
    const { writes, told, shown } = await sendOne(batch, shortly);
    expect({ writes, keys: new Set(told.map(({ key }) => key)).size, shown }).toEqual({
      ...{ writes: 2, keys: 1, shown: ['checking'] },
    });
  },
);

tryEach('the key is forgotten: Xero is asked, and nothing is sent again', created(rounds), async (batch) => {
  const { writes, looks, shown } = await sendOne(batch, long);
  expect({ writes, looked: looks > 0, shown }).toEqual({ writes: 1, looked: true, shown: ['checking'] });
});

tryEach('the key expires between a second sending and its answer', created(rounds), async (batch) => {
  const { writes, looks, shown } = await sendOne(batch, [
    { fault: 'reset after', tookMs: 4 * 60_000 + 50_000 },
    // As late as a call may arrive, and its answer is lost when the key is forgotten.
    { fault: 'reset after', lateMs: 59_000, tookMs: 30_000 },
  ]);
  expect({ writes, looked: looks > 0, shown }).toEqual({ writes: 2, looked: true, shown: ['checking'] });
});

for (const [known, fates] of [
  ['though the key is remembered', shortly] as const,
  ['when the key is forgotten', long] as const,
]) {
  tryEach(`Xero is asked ${known}, and what it has is not sent again`, edited(editRounds), async (batch) => {
    const { writes, looks, shown } = await sendOne(batch, fates);
    expect({ writes, looks, shown }).toEqual({ writes: 1, looks: 1, shown: ['checking'] });
  });
}

for (const of of [created(longRounds), edited(longEditRounds)]) {
  tryEach('an error is remembered under the key and comes back each time', of, async (batch) => {
    await stage.client.fail({ kind: '500', ...writing(batch) });
    const { told, looks, shown } = await sendOne(batch, []);
    expect(shown).toEqual(['checking']);
    // That it is not there counts when two looks agree; then it goes under another key.
    expect(looks).toBeGreaterThanOrEqual(2);
    const first = told[0]?.key;
    const same = told.filter(({ key }) => key === first);
    expect(same.map(({ status }) => status)).toEqual(same.map(() => 500));
    expect({ same: same.length > 1, others: told.slice(same.length).map(({ status }) => status) }).toEqual({
      ...{ same: true, others: [200] },
    });
  });
}

for (const of of [created(slowRounds), edited(longEditRounds)]) {
  tryEach('Xero holds the answer until the call has taken as long as it may', of, async (batch) => {
    // Longer than the test lasts: the clock stands while a call waits.
    const fault = await stage.client.fail({
      ...{ kind: 'timeout', when: 'after', delayMs: 3_600_000 },
      ...writing(batch),
    });
    const { writes, shown } = await sendOne(batch, [], { callMs });
    const met = (await stage.client.faults()).find(({ id }) => id === fault.id)?.met;
    // On a slow machine another call may take too long, too.
    expect({ met, again: writes > 1, shown }).toEqual({
      ...{ met: 1, again: !batch.isUpdate, shown: ['checking'] },
    });
    await stage.client.mend(fault.id);
  });
}

for (const of of [created(longRounds), edited(longEditRounds)]) {
  tryEach('two workers call with the same key at once', of, async (batch, round) => {
    // What the second call does meanwhile is not known of Xero: waits for the first one's answer, or is carried out, too.
    const turn = round + Math.floor(round / kinds.length);
    await stage.client.setOptions({ 'key-concurrent': turn % 2 === 0 ? 'wait' : 'run' });
    await callTwice(batch);
  });
}

/** Xero does the work a minute after a call has come: by then the lease of the first caller has lapsed. */
async function callTwice(batch: Batch): Promise<void> {
  const { clock } = ground;
  const writes = writing(batch);
  const afterId = await lastCall();
  await stage.client.setLatency(120_000, writes);
  // It meets nothing and counts the calls that have arrived.
  const counter = await stage.client.fail({ kind: '500', ...writes, share: 0 });
  const arrived = async () => (await stage.client.faults()).find(({ id }) => id === counter.id)?.seen;
  const entries = await writeWork(batch);
  await ask(ground);
  const first = live(dying, { stage, clock });
  await expect.poll(arrived, { timeout: 20_000, interval: 5 }).toBe(1);
  await clock.step(46_000);
  const second = live(living, { stage, clock, leaseMs });
  await expect.poll(arrived, { timeout: 20_000, interval: 5 }).toBe(2);
  expect(await shownOf(entries)).toEqual(['checking']);
  await clock.step(15_000);
  await clock.step(60_000);
  await stage.client.setLatency(0, writes);
  await clock.step(60_000);
  await Promise.all([first, second]);
  await stage.client.mend(counter.id);
  await finish(ground);
  await expectSound(ground, entries, afterId);
}
