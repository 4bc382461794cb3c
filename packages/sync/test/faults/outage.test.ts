// F11, F27, F28: Xero is down for an hour, or PostgreSQL has no connection, no order or no room: it goes on by itself, once and quietly.

import { turnEveryMs } from '@stockbook/core';
import { createDb } from '@stockbook/db';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDraw } from './draw.ts';
import { createMortalDb, live, type MortalDb, type SteppedClock } from './mortal.ts';
import {
  beginAnew,
  carryPaced,
  contactsOf,
  fillQueue,
  interrupted,
  openQueue,
  patient,
  statesOf,
} from './pace.ts';
import { type Joined, openStage, type Stage } from './stage.ts';
import { createTrip, type Trip } from './trip.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const longMs = nightly ? 3_600_000 : 120_000;
/** Each test has a day of its own: what an organisation heard is never of the future. */
let startMs = Date.UTC(2027, 1, 13, 9, 0, 0);
const hourMs = 3_600_000;

let stage: Stage;
let worker: MortalDb;
let trip: Trip;
let clock: SteppedClock;
beforeAll(async () => {
  stage = await openStage();
  worker = createMortalDb(stage.database.url);
  trip = await createTrip(stage);
});
beforeEach(async () => {
  startMs += 86_400_000;
  clock = await beginAnew(stage, startMs);
});
afterAll(async () => {
  await worker.db.close();
  await stage.close();
});

// Thirty calls in an hour are one in two minutes: an organisation alone cannot both keep to them and notice the end of an outage of
// unknown length within a minute. Three that take turns can, and whoever is answered tells the others.
const lonelyMs = turnEveryMs + 1_000;
it.each([
  ...[0, 0.999].slice(0, nightly ? 2 : 1).map((chance) => ({ organisations: 1, chance, noticeMs: lonelyMs })),
  { organisations: 3, chance: 0.5, noticeMs: 60_000 },
])(
  'F11: an hour’s outage costs at most 30 calls, and its end is noticed within $noticeMs ms, by $organisations organisations, with chance $chance',
  { timeout: longMs },
  async ({ organisations, chance, noticeMs }) => {
    const all: Joined[] = [];
    for (let more = 0; more < organisations; more += 1) all.push(await openQueue(stage, 40));
    for (const [seed, kind] of (['500', '502-html', '503', '503-html'] as const).entries())
      await stage.client.fail({ kind, seed, share: 0.3 });
    await stage.client.fail({ kind: '503', times: 100_000 });
    const endMs = startMs + hourMs;
    await carryPaced({ stage, ...patient(outageUntil(endMs)), db: worker.db, chance: () => chance });
    const made = await stage.client.calls();
    for (const joined of all) {
      const calls = made.filter(({ tenant }) => tenant === joined.tenantId);
      const during = calls.filter(({ atMs, fault }) => atMs < endMs && fault !== '');
      const back = calls.filter(({ atMs, status }) => atMs >= endMs && status === 200)[0]?.atMs ?? Number.NaN;
      console.log(
        `F11, ${organisations} organisations: ${during.length} calls in the hour, back after ${(back - endMs) / 1000} s`,
      );
      expect(during.length).toBeLessThanOrEqual(30);
      expect(back - endMs).toBeLessThanOrEqual(noticeMs);
      expect(await statesOf(stage, joined)).toEqual({ sent: 40 });
      expect(await contactsOf(stage, joined)).toEqual({ count: 40, duplicates: 0 });
    }
  },
);

it('F11: where Xero says when to come again, nobody asks before, and it goes on at once', {
  timeout: longMs,
}, async () => {
  const joined = await openQueue(stage, 10);
  await stage.client.fail({ kind: '503', times: 100_000, retryAfterS: 1_800 });
  const endMs = startMs + 1_790_000;
  await carryPaced({ stage, ...patient(outageUntil(endMs)), db: worker.db });
  const calls = (await stage.client.calls()).filter(({ tenant }) => tenant === joined.tenantId);
  const during = calls.filter(({ fault }) => fault !== '');
  const first = calls.find(({ atMs, status }) => atMs > endMs && status === 200)?.atMs ?? Number.NaN;
  // Those that were on their way together when the first was told.
  expect(during.length).toBeLessThanOrEqual(5);
  expect(first - startMs).toBeGreaterThanOrEqual(1_800_000);
  expect(first - startMs).toBeLessThanOrEqual(1_860_000);
  expect(await statesOf(stage, joined)).toEqual({ sent: 10 });
});

const rounds = nightly ? 200 : 20;
it(`F27: deadlocks and serialisation failures are tried again by themselves, ${rounds} times`, {
  timeout: longMs,
}, async () => {
  const joined = await openQueue(stage, 1);
  const draw = createDraw(27);
  const said: string[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round += 1) {
    await trip.clear();
    await fillQueue(stage, joined, 6);
    await trip.set(round % 2 === 0 ? '40P01' : '40001', Math.floor(draw() * 20), 1 + (round % 2));
    await carryPaced({ stage, clock, db: worker.db, batchMax: 2, said: (line) => said.push(line) });
    refused += await trip.refused();
  }
  await trip.clear();
  console.log(`F27: ${refused} statements refused, ${said.length} told`);
  expect(refused).toBeGreaterThanOrEqual(rounds / 2);
  expect(said).toEqual([]);
  expect(await statesOf(stage, joined)).toEqual({ sent: 1 + 6 * rounds });
  expect(await contactsOf(stage, joined)).toEqual({ count: 1 + 6 * rounds, duplicates: 0 });
});

it('F27: five calls at once get on with two connections, one of which somebody holds for a while', {
  timeout: longMs,
}, async () => {
  const joined = await openQueue(stage, 60);
  const db = createDb(stage.database.url, { poolMax: 2 });
  const said: string[] = [];
  let held: pg.PoolClient | undefined;
  let sends = 0;
  await carryPaced({
    ...{ stage, clock, db, said: (line) => said.push(line) },
    going: async () => {
      sends += 1;
      if (sends === 10) held = await db.pool.connect();
      if (sends === 20) held?.release();
    },
  });
  await db.close();
  expect(said).toEqual([]);
  expect(await statesOf(stage, joined)).toEqual({ sent: 60 });
  expect(await contactsOf(stage, joined)).toEqual({ count: 60, duplicates: 0 });
});

const fills = nightly ? 20 : 3;
it(`F28: ${fills} times the database has no room: nothing goes without a kept intent, and it goes on within 60 s of having room`, {
  timeout: longMs,
}, async () => {
  const joined = await openQueue(stage, 1);
  const draw = createDraw(28);
  let sends = 0;
  const look = () =>
    live(worker, {
      stage,
      clock,
      batchMax: 2,
      took: (name) => {
        if (name === 'send before') sends += 1;
      },
    });
  for (let fill = 0; fill < fills; fill += 1) {
    await trip.clear();
    await fillQueue(stage, joined, 6);
    await trip.set('53100', Math.floor((draw() * 40 * (fill + 1)) / fills), 1_000_000);
    const afterId = (await stage.client.calls()).at(-1)?.id ?? 0;
    const before = await countIntents();
    sends = 0;
    // Ten minutes without room: a worker looks every ten seconds, and each look ends.
    for (let at = 0; at < 60; at += 1) {
      await look();
      await clock.step(10_000);
    }
    const intents = (await countIntents()) - before;
    const calls = (await stage.client.calls({ afterId })).filter(({ tenant }) => tenant === joined.tenantId);
    expect(calls.length).toBeLessThanOrEqual(intents);
    expect(sends).toBeLessThanOrEqual(intents);
    await trip.clear();
    // Room again: a lease that could not be given up lapses, and the next look takes the run.
    const roomMs = await clock.now();
    let backMs = Number.NaN;
    for (let at = 0; at < 20 && (await statesOf(stage, joined)).sent !== 1 + 6 * (fill + 1); at += 1) {
      await clock.step(10_000);
      await look();
      backMs = (await clock.now()) - roomMs;
    }
    expect(await statesOf(stage, joined)).toEqual({ sent: 1 + 6 * (fill + 1) });
    console.log(
      `F28: fill ${fill}: ${intents} intents, ${calls.length} calls, all in Xero ${backMs / 1000} s after`,
    );
  }
  expect(await contactsOf(stage, joined)).toEqual({ count: 1 + 6 * fills, duplicates: 0 });
});

const countIntents = () => stage.db.prisma.attempt.count();

/** The clock, and at `endMs` Xero is well again. */
function outageUntil(endMs: number) {
  let isOver = false;
  return interrupted(
    clock,
    () => (isOver ? Number.POSITIVE_INFINITY : endMs),
    async () => {
      isOver = true;
      await stage.client.mend();
    },
  );
}
