// F3: Xero carries a batch out and its answer never comes. However long that is known, every record of it is in Xero once.
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  ask,
  closeGround,
  expectSound,
  finish,
  kindOf,
  lastCallOf,
  openGround,
  writeBatch,
} from './batch.ts';
import type { Ground } from './kill-points.ts';
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
  puts: number;
  /** What each of them went under, and what it was told. */
  told: { key: string; status: number }[];
  looks: number;
  /** What was shown of its records when its answer was waited for in vain. */
  shown: string[];
}

/** Sends one batch, and checks that it is in Xero once. */
async function sendOne(round: number, calls: readonly CallFate[], life: Partial<Life> = {}): Promise<Heard> {
  const afterId = await lastCallOf(stage);
  const entries = await writeBatch(ground, kindOf(round), 3);
  const ids = entries.map(({ id }) => id);
  const shown = new Set<string>();
  await ask(ground);
  await finish(ground, {
    ...{ calls, leaseMs, ...life },
    took: async (name) => {
      if (name !== 'retry after') return;
      for (const row of await stage.db.prisma.record.findMany({ where: { id: { in: ids } } }))
        shown.add(row.syncState);
    },
  });
  await expectSound(ground, entries, afterId);
  const sent = await stage.client.calls({ afterId, method: 'PUT' });
  const told = sent.map(({ key, status }) => ({ key, status }));
  const looks = (await stage.client.calls({ afterId, method: 'GET' })).length;
  return { puts: sent.length, told, looks, shown: [...shown] };
}

async function sendMany(calls: readonly CallFate[], judge: (heard: Heard) => void): Promise<void> {
  for (let round = 0; round < rounds; round += 1) judge(await sendOne(round, calls));
}

it(
  `F3: the key is remembered: it goes again under it and is told the same, ${rounds} batches`,
  { timeout, meta: { runs: rounds } },
  () =>
    sendMany([{ fault: 'reset after' }], ({ puts, shown }) => {
      expect(puts).toBe(2);
      expect(shown).toEqual(['checking']);
    }),
);

it(
  `F3: the key is forgotten: Xero is asked, and nothing is sent again, ${rounds} batches`,
  { timeout, meta: { runs: rounds } },
  () =>
    sendMany([{ fault: 'reset after', tookMs: 6.5 * 60_000 }], ({ puts, looks, shown }) => {
      // The check afterwards reads once, too.
      expect({ puts, looked: looks > 1, shown }).toEqual({ puts: 1, looked: true, shown: ['checking'] });
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
  return sendMany(slow, ({ puts, looks }) => {
    expect({ puts, looked: looks > 1 }).toEqual({ puts: 2, looked: true });
  });
});

it(`F3: an error is remembered under the key and comes back each time, ${longRounds} batches`, {
  timeout,
  meta: { runs: longRounds },
}, async () => {
  for (let round = 0; round < longRounds; round += 1) {
    await stage.client.fail({ kind: '500', method: 'PUT' });
    const { told, looks } = await sendOne(round, []);
    // Absence counts when two looks agree, beside the judge's own; then it goes under another key.
    expect(looks).toBeGreaterThan(2);
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
      method: 'PUT',
      delayMs: 3_600_000,
    });
    const { puts, shown } = await sendOne(round, [], { callMs });
    const met = (await stage.client.faults()).find(({ id }) => id === fault.id)?.met;
    // On a slow machine another call may take too long, too.
    expect({ met, again: puts > 1, shown }).toEqual({ met: 1, again: true, shown: ['checking'] });
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
  const afterId = await lastCallOf(stage);
  await stage.client.setLatency(120_000, { method: 'PUT' });
  // It meets nothing and counts the calls that have arrived.
  const counter = await stage.client.fail({ kind: '500', method: 'PUT', share: 0 });
  const arrived = async () => (await stage.client.faults()).find(({ id }) => id === counter.id)?.seen;
  const entries = await writeBatch(ground, kindOf(round), 3);
  await ask(ground);
  const first = live(dying, { stage, clock });
  await expect.poll(arrived, { timeout: 20_000, interval: 5 }).toBe(1);
  await clock.step(46_000);
  const second = live(living, { stage, clock, leaseMs });
  await expect.poll(arrived, { timeout: 20_000, interval: 5 }).toBe(2);
  await clock.step(15_000);
  await clock.step(60_000);
  await stage.client.setLatency(0, { method: 'PUT' });
  await clock.step(60_000);
  await Promise.all([first, second]);
  await stage.client.mend(counter.id);
  await finish(ground);
  await expectSound(ground, entries, afterId);
}
