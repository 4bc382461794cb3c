// F11, F27, F28: Xero is down for an hour, or PostgreSQL has no connection, no order or no room: it goes on by itself, once and quietly.

import { turnEveryMs } from '@stockbook/core';
import { createDb, type Db } from '@stockbook/db';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { pause } from '../../src/clock.ts';
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
import { replayedBy } from './replay.ts';
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
    for (const [seed, kind] of (['500', '502-html', '503', '503-html', '504', '504-html'] as const).entries())
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
      // Whoever was told by another that it is over says so too: nothing holds its next run up.
      const { closedUntil } = await stage.db.prisma.connection.findUniqueOrThrow({
        where: { organisationId: joined.organisation },
      });
      expect(closedUntil?.getTime() ?? 0).toBeLessThanOrEqual(await clock.now());
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
/** GOALS F27: so much, at most, of the clock's time a round with a refused statement waits; how long it takes in real time is told. */
const waitMaxMs = 5_000;
it(`F27: deadlocks and serialisation failures are tried again by themselves and at once, ${rounds} times`, {
  timeout: longMs,
  meta: { runs: rounds },
}, async () => {
  const joined = await openQueue(stage, 1);
  const draw = createDraw(27);
  replayedBy(27, 'npm run faults -- outage -t F27');
  const said: string[] = [];
  const took: { quiet: number[]; refused: number[] } = { quiet: [], refused: [] };
  let refused = 0;
  // Every fifth round goes undisturbed, to be beside the others.
  const all = (rounds / 4) * 5;
  for (let round = 0; round < all; round += 1) {
    const isQuiet = round % 5 === 4;
    const isDeadlock = took.refused.length % 2 === 0;
    await trip.clear();
    await fillQueue(stage, joined, 6);
    if (!isQuiet) await trip.set(isDeadlock ? '40P01' : '40001', Math.floor(draw() * 20), isDeadlock ? 1 : 2);
    const afterId = await lastCall();
    const atMs = await clock.now();
    const beganMs = performance.now();
    await carryPaced({ stage, clock, db: worker.db, batchMax: 2, said: (line) => said.push(line) });
    (isQuiet ? took.quiet : took.refused).push(performance.now() - beganMs);
    expect(await statesOf(stage, joined)).toEqual({ sent: 1 + 6 * (round + 1) });
    // It was not left to the next look, nobody waited long meanwhile, and nothing went twice.
    expect((await clock.now()) - atMs).toBeLessThanOrEqual(waitMaxMs);
    expect(await putsAfter(afterId)).toBe(round === 0 ? 4 : 3);
    refused += await trip.refused();
  }
  await trip.clear();
  const p99 = (times: number[]) =>
    (times.sort((a, b) => a - b)[Math.ceil(0.99 * times.length) - 1] ?? Number.NaN).toFixed(0);
  console.log(
    `F27: ${refused} statements refused, ${said.length} told; a round to its end, p99: ${p99(took.refused)} ms, undisturbed ${p99(took.quiet)} ms`,
  );
  expect(refused).toBeGreaterThanOrEqual(rounds / 2);
  expect(said).toEqual([]);
  expect(await contactsOf(stage, joined)).toEqual({ count: 1 + 6 * all, duplicates: 0 });
});

it('F27: a transaction that PostgreSQL ends each time is tried three times and no more, is told of, and is left to the next look', {
  timeout: longMs,
}, async () => {
  const joined = await openQueue(stage, 6);
  for (const pass of [0, 2, 5, 9]) {
    const said: string[] = [];
    let leases = 0;
    await trip.set('40001', pass, 1_000_000);
    await carryPaced({
      ...{ stage, clock, db: worker.db, batchMax: 2, said: (line: string) => said.push(line) },
      step: async (name) => {
        if (name === 'lease before') leases += 1;
      },
    });
    const refused = await trip.refused();
    console.log(`F27: after ${pass} statements: ${refused} refused, told ${said.length} times`);
    // Three of each transaction that was under way: at most one of each of five slots, and that which ends the run.
    expect(refused % 3, `${refused}`).toBe(0);
    expect(refused).toBeLessThanOrEqual(3 * 6);
    expect(said.length).toBeGreaterThan(0);
    expect(leases).toBe(1);
    await trip.clear();
  }
  await clock.step(60_000);
  await carryPaced({ stage, clock, db: worker.db, batchMax: 2 });
  expect(await statesOf(stage, joined)).toEqual({ sent: 6 });
  expect(await contactsOf(stage, joined)).toEqual({ count: 6, duplicates: 0 });
});

const lastCall = async () => (await stage.client.calls()).at(-1)?.id ?? 0;

async function putsAfter(afterId: number): Promise<number> {
  return (await stage.client.calls({ afterId, method: 'PUT' })).length;
}

const duels = nightly ? 20 : 3;
it(`F27: a transaction of another’s that takes the same rows in the opposite order, ${duels} times: the one that PostgreSQL ends is made again`, {
  timeout: longMs,
  meta: { runs: duels },
}, async () => {
  const joined = await openQueue(stage, 1);
  await carryPaced({ stage, clock, db: worker.db });
  const said: string[] = [];
  let lost = 0;
  for (let duel = 0; duel < duels; duel += 1) {
    await fillQueue(stage, joined, 2);
    const before = await countDeadlocks();
    let other: Promise<void> | undefined;
    await carryPaced({
      ...{ stage, clock, db: worker.db, batchMax: 2, said: (line) => said.push(line) },
      going: () =>
        new Promise((resolve, reject) => {
          if (other !== undefined) return resolve();
          other = crossRows(joined, resolve);
          other.catch(reject);
        }),
    });
    await other;
    lost += (await countDeadlocks()) - before;
    expect(await statesOf(stage, joined)).toEqual({ sent: 1 + 2 * (duel + 1) });
  }
  console.log(`F27: ${lost} real deadlocks in ${duels} duels`);
  expect(lost).toBeGreaterThan(0);
  expect(said).toEqual([]);
  expect(await contactsOf(stage, joined)).toEqual({ count: 1 + 2 * duels, duplicates: 0 });
});

/** Holds what a verdict writes last, and once it is waited for takes what the verdict wrote first; whoever of the two is ended, it ends. */
async function crossRows({ organisation }: Joined, holds: () => void): Promise<void> {
  const client = await stage.owner.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE run_total SET total = total WHERE organisation_id = $1', [organisation]);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    holds();
    const isWaitedFor = async () => {
      const waits = `SELECT 1 FROM pg_locks WHERE NOT granted AND $1 = ANY(pg_blocking_pids(pid))`;
      return ((await stage.owner.query(waits, [rows[0]?.pid])).rowCount ?? 0) > 0;
    };
    await vi.waitUntil(isWaitedFor, { timeout: 20_000, interval: 5 });
    await client.query('UPDATE record SET title = title WHERE organisation_id = $1', [organisation]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    // PostgreSQL ended this one of the two: the worker had nothing to make again.
    if (!(error instanceof Error && 'code' in error && error.code === '40P01')) throw error;
  } finally {
    client.release();
  }
}

/** So often PostgreSQL ended a transaction of this database to untie a deadlock. */
async function countDeadlocks(): Promise<number> {
  await stage.owner.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await stage.owner.query<{ n: number }>(
    'SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return rows[0]?.n ?? 0;
}

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

it('F27: five calls at once get on when for a while somebody holds every connection there is', {
  timeout: longMs,
}, async () => {
  const joined = await openQueue(stage, 60);
  const db = createDb(stage.database.url, { poolMax: 2 });
  const said: string[] = [];
  const holding: Promise<number>[] = [];
  let sends = 0;
  await carryPaced({
    ...{ stage, clock, db, said: (line) => said.push(line) },
    going: async () => {
      sends += 1;
      if (sends % 20 === 10) holding.push(exhaust(db));
    },
  });
  const waited = await Promise.all(holding);
  await db.close();
  console.log(`F27: ${waited.join(', ')} waited for a connection while none was free`);
  expect(waited.length).toBeGreaterThan(1);
  for (const count of waited) expect(count).toBeGreaterThan(0);
  expect(said).toEqual([]);
  expect(await statesOf(stage, joined)).toEqual({ sent: 60 });
  expect(await contactsOf(stage, joined)).toEqual({ count: 60, duplicates: 0 });
});

/** Holds all connections of the pool until somebody waits for one, and a while more; how many waited then. */
async function exhaust({ pool }: Db): Promise<number> {
  const held = await Promise.all([pool.connect(), pool.connect()]);
  await vi.waitUntil(() => pool.waitingCount > 0, { timeout: 20_000, interval: 5 });
  await pause(300, new AbortController().signal);
  const waiting = pool.waitingCount;
  for (const client of held) client.release();
  return waiting;
}

const fills = nightly ? 20 : 3;
/** GOALS F28: so long after there is room again all is done. */
const roomMaxMs = 60_000;
it(`F28: ${fills} times the database has no room: nothing goes without a kept intent, and it goes on within 60 s of having room`, {
  timeout: longMs,
  meta: { runs: fills },
}, async () => {
  const joined = await openQueue(stage, 1);
  const draw = createDraw(28);
  replayedBy(28, 'npm run faults -- outage -t F28');
  let sends = 0;
  let unkept = 0;
  let before = 0;
  let kept = 0;
  // Each look takes the run once at most: what breaks off is left to the next one, and nothing goes round without pause.
  const look = async () => {
    let leases = 0;
    await live(worker, {
      stage,
      clock,
      batchMax: 2,
      took: async (name) => {
        if (name === 'lease before') leases += 1;
        if (name !== 'send before') return;
        sends += 1;
        // Seen from another connection: it is committed.
        if ((await countIntents()) - before < sends) unkept += 1;
      },
    });
    expect(leases).toBeLessThanOrEqual(1);
  };
  for (let fill = 0; fill < fills; fill += 1) {
    await trip.clear();
    await fillQueue(stage, joined, 6);
    // Each later in the batches' life than the one before.
    await trip.set('53100', Math.floor(((fill + draw()) * 40) / fills), 1_000_000);
    const afterId = await lastCall();
    before = await countIntents();
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
    expect(unkept).toBe(0);
    kept += intents;
    await trip.clear();
    // Room again: a lease that could not be given up lapses, and the next look takes the run.
    const roomMs = await clock.now();
    let backMs = Number.NaN;
    for (let at = 0; at < 6 && (await statesOf(stage, joined)).sent !== 1 + 6 * (fill + 1); at += 1) {
      await clock.step(10_000);
      await look();
      backMs = (await clock.now()) - roomMs;
    }
    expect(await statesOf(stage, joined)).toEqual({ sent: 1 + 6 * (fill + 1) });
    console.log(
      `F28: fill ${fill}: ${intents} intents, ${calls.length} calls, all in Xero ${backMs / 1000} s after`,
    );
    expect(backMs).toBeLessThanOrEqual(roomMaxMs);
  }
  expect(await contactsOf(stage, joined)).toEqual({ count: 1 + 6 * fills, duplicates: 0 });
  // Where nobody ever came as far as an intent, nothing was shown.
  expect(kept).toBeGreaterThanOrEqual(Math.ceil(fills / 2));
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
