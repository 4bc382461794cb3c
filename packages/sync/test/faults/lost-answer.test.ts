// F3: Xero carries a batch out and its answer never comes. However long that is known, every record of it is in Xero once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, closeGround, editBatch, expectSound, finish, kindOf, openGround, writeBatch } from './batch.ts';
import type { Entry } from './books.ts';
import type { Ground } from './kill-points.ts';
import { kinds } from './kinds.ts';
import { type CallFate, type Life, live, type MortalDb } from './mortal.ts';
import type { Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
/** So many batches of each variant, the kinds in turn. */
const rounds = nightly ? 1_000 : 40;
/** Of the variants that take many looks or two workers. */
const longRounds = nightly ? 1_000 : 12;
/** Those that wait in real time: for each a call takes as long as it may. */
const slowRounds = nightly ? 1_000 : 8;
const callMs = 1_000;
const timeout = 3_600_000;
/** Stepped time has no heartbeats: long enough for whoever waits until a key is forgotten. */
const leaseMs = 15 * 60_000;

let stage: Stage;
let dying: MortalDb;
let living: MortalDb;
let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
  ({ stage, dying, living } = ground);
});
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

/** The kinds in turn, each first with what is new and then with what that became. */
const isUpdate = (round: number) => round % (2 * kinds.length) >= kinds.length;
/** The requests that write them: Xero's addresses are the kinds' names without hyphens. */
const writing = (round: number) => ({
  method: isUpdate(round) ? 'POST' : 'PUT',
  path: `/${kindOf(round).entity.name.replaceAll('-', '')}`,
});

/** The last batch of each kind that was new. */
const newest = new Map<string, Entry[]>();
async function writeWork(round: number): Promise<Entry[]> {
  const { entity } = kindOf(round);
  const known = newest.get(entity.name);
  if (isUpdate(round) && known !== undefined) return editBatch(ground, known);
  const entries = await writeBatch(ground, kindOf(round), 3);
  newest.set(entity.name, entries);
  return entries;
}

const lastCall = async () => (await stage.client.calls()).at(-1)?.id ?? 0;

async function shownOf(entries: readonly Entry[]): Promise<string[]> {
  const where = { id: { in: entries.map(({ id }) => id) } };
  const rows = await stage.db.prisma.record.findMany({ where });
  return [...new Set(rows.map(({ syncState }) => syncState))];
}

const countLooks = () => stage.db.prisma.attempt.count({ where: { kind: { in: ['look', 'compare'] } } });

/** Sends one batch, and checks that it is in Xero once. */
async function sendOne(round: number, calls: readonly CallFate[], life: Partial<Life> = {}): Promise<Heard> {
  const [afterId, looksBefore] = [await lastCall(), await countLooks()];
  const entries = await writeWork(round);
  const shown = new Set<string>();
  await ask(ground);
  await finish(ground, {
    ...{ calls, leaseMs, ...life },
    took: async (name) => {
      if (name === 'retry after') for (const state of await shownOf(entries)) shown.add(state);
    },
  });
  await expectSound(ground, entries, afterId);
  const sent = await stage.client.calls({ afterId, ...writing(round) });
  const told = sent.map(({ key, status }) => ({ key, status }));
  // What is updated is read once before it goes at all.
  const looks = (await countLooks()) - looksBefore - (isUpdate(round) ? 1 : 0);
  return { writes: sent.length, told, looks, shown: [...shown] };
}

async function sendMany(calls: readonly CallFate[], judge: (heard: Heard) => void): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const heard = await sendOne(round, calls);
    const { writes, looks, shown } = heard;
    if (!isUpdate(round)) judge(heard);
    // Of an update Xero is asked whatever it remembers, and that it landed is seen at once.
    else expect({ writes, looks, shown }).toEqual({ writes: 1, looks: 1, shown: ['checking'] });
  }
}

it(
  `F3: the key is remembered: it goes again under it and is told the same, ${rounds} batches`,
  { timeout, meta: { runs: rounds } },
  () =>
    sendMany([{ fault: 'reset after' }], ({ writes, shown }) =>
      expect({ writes, shown }).toEqual({ writes: 2, shown: ['checking'] }),
    ),
);

it(
  `F3: the key is forgotten: Xero is asked, and nothing is sent again, ${rounds} batches`,
  { timeout, meta: { runs: rounds } },
  () =>
    sendMany([{ fault: 'reset after', tookMs: 6.5 * 60_000 }], ({ writes, looks, shown }) => {
      expect({ writes, looked: looks > 0, shown }).toEqual({ writes: 1, looked: true, shown: ['checking'] });
    }),
);

it(`F3: the key expires between a second sending and its answer, ${rounds} batches`, {
  timeout,
  meta: { runs: rounds },
}, () => {
  const slow: CallFate[] = [
    { fault: 'reset after', tookMs: 4 * 60_000 + 50_000 },
    // As late as a call may arrive, and its answer is lost when the key is forgotten.
    { fault: 'reset after', lateMs: 59_000, tookMs: 30_000 },
  ];
  return sendMany(slow, ({ writes, looks, shown }) => {
    expect({ writes, looked: looks > 0, shown }).toEqual({ writes: 2, looked: true, shown: ['checking'] });
  });
});

it(`F3: an error is remembered under the key and comes back each time, ${longRounds} batches`, {
  timeout,
  meta: { runs: longRounds },
}, async () => {
  for (let round = 0; round < longRounds; round += 1) {
    await stage.client.fail({ kind: '500', ...writing(round) });
    const { told, looks, shown } = await sendOne(round, []);
    expect(shown).toEqual(['checking']);
    // That it is not there counts when two looks agree; then it goes under another key.
    expect(looks).toBeGreaterThanOrEqual(2);
    const first = told[0]?.key;
    const same = told.filter(({ key }) => key === first);
    expect(same.map(({ status }) => status)).toEqual(same.map(() => 500));
    expect({ same: same.length > 1, others: told.slice(same.length).map(({ status }) => status) }).toEqual({
      ...{ same: true, others: [200] },
    });
  }
});

it(`F3: Xero holds the answer until the call has taken as long as it may, ${slowRounds} batches`, {
  timeout,
  meta: { runs: slowRounds },
}, async () => {
  for (let round = 0; round < slowRounds; round += 1) {
    // Longer than the test lasts: the clock stands while a call waits.
    const fault = await stage.client.fail({
      kind: 'timeout',
      when: 'after',
      ...writing(round),
      delayMs: 3_600_000,
    });
    const { writes, shown } = await sendOne(round, [], { callMs });
    const met = (await stage.client.faults()).find(({ id }) => id === fault.id)?.met;
    // On a slow machine another call may take too long, too.
    expect({ met, again: writes > 1, shown }).toEqual({
      ...{ met: 1, again: !isUpdate(round), shown: ['checking'] },
    });
    await stage.client.mend(fault.id);
  }
});

it(`F3: two workers call with the same key at once, ${longRounds} batches`, {
  timeout,
  meta: { runs: longRounds },
}, async () => {
  for (let round = 0; round < longRounds; round += 1) {
    // What the second call does meanwhile is not known of Xero: waits for the first one's answer, or is carried out, too.
    await stage.client.setOptions({ 'key-concurrent': round % 2 === 0 ? 'wait' : 'run' });
    await callTwice(round).catch((error: unknown) => {
      throw new Error(`${kindOf(round).entity.name}, batch ${round}: ${String(error)}`);
    });
  }
});

/** Xero does the work a minute after a call has come: by then the lease of the first caller has lapsed. */
async function callTwice(round: number): Promise<void> {
  const { clock } = ground;
  const writes = writing(round);
  const afterId = await lastCall();
  await stage.client.setLatency(120_000, writes);
  // It meets nothing and counts the calls that have arrived.
  const counter = await stage.client.fail({ kind: '500', ...writes, share: 0 });
  const arrived = async () => (await stage.client.faults()).find(({ id }) => id === counter.id)?.seen;
  const entries = await writeWork(round);
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
