// F6 to F9: Xero's limits, whoever uses them up: no call goes before its time, and what is free is used.
import { createHash } from 'node:crypto';
import { createId } from '@stockbook/db';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { connectionApi } from '../../src/connection.ts';
import { entities } from '../../src/entities/index.ts';
import { openRun } from '../../src/run.ts';
import { writeContacts } from '../inventory.ts';
import { access, createWorld } from '../world.ts';
import { createDraw } from './draw.ts';
import { createMortalDb, type MortalDb, type SteppedClock } from './mortal.ts';
import { beginAnew, carryPaced, contactsOf, interrupted, openQueue, patient, statesOf } from './pace.ts';
import { replayedBy } from './replay.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const longMs = nightly ? 3_600_000 : 120_000;
const startMs = Date.UTC(2027, 1, 13, 9, 0, 0);
const minuteMs = 60_000;
const dayMs = 86_400_000;

let stage: Stage;
let worker: MortalDb;
let clock: SteppedClock;
beforeAll(async () => {
  stage = await openStage();
  worker = createMortalDb(stage.database.url);
});
beforeEach(async () => {
  clock = await beginAnew(stage, startMs);
});
afterAll(async () => {
  await worker.db.close();
  await stage.close();
});

const calls = nightly ? 10_000 : 200;
it(`F6: no call goes before Retry-After is over, and none is wasted, in ${calls} calls`, {
  timeout: longMs,
  meta: { runs: calls },
}, async () => {
  const joined = await openQueue(stage, calls);
  await stage.client.setLimits({ minute: 60, atOnce: 5, day: 1_000_000, app: 10_000 });
  const draw = createDraw(6);
  replayedBy(6, 'npm run faults -- limits -t F6');
  // One of about twenty calls is refused.
  for (let at = 20; at < calls; at += 5 + Math.floor(draw() * 30))
    await stage.client.fail({
      ...{ kind: '429-minute', method: 'PUT', skip: at, times: 1 },
      retryAfterS: 1 + Math.floor(draw() * 60),
    });
  const seen = { early: 0, refused: 0, untilMs: 0, calls: 0 };
  const refusals: Refusal[] = [];
  await carryPaced({
    ...{ stage, db: worker.db },
    ...patient(clock),
    going: async () => {
      seen.calls += 1;
      if ((await clock.now()) < seen.untilMs) seen.early += 1;
    },
    came: ({ failure }) => {
      if (failure?.kind !== 'rate-limited') return;
      seen.refused += 1;
      // The engine hears of it in the same turn.
      setImmediate(async () => {
        const nowMs = await clock.now();
        const untilMs = nowMs + (failure.retryAfterMs ?? 0);
        refusals.push({ after: seen.calls, retryAfterMs: failure.retryAfterMs ?? 0 });
        seen.untilMs = Math.max(seen.untilMs, untilMs);
      });
    },
  });
  const tookMs = (await clock.now()) - startMs;
  const leastMs = leastTimeOf(seen.calls, refusals);
  console.log(
    `F6: ${seen.calls} calls, ${seen.refused} refused, ${seen.early} early, ${(tookMs / leastMs).toFixed(3)} of the least time`,
  );
  expect(await contactsOf(stage, joined)).toEqual({ count: calls, duplicates: 0 });
  expect(seen.refused).toBeGreaterThan(calls / 50);
  expect(seen.early).toBe(0);
  expect(tookMs / leastMs).toBeLessThanOrEqual(1.03);
});

interface Refusal {
  /** So many calls had gone when it was heard. */
  after: number;
  retryAfterMs: number;
}

/** The least time for so many calls that meet these refusals: sixty in any minute, none while Xero said to wait. */
function leastTimeOf(count: number, refusals: readonly Refusal[]): number {
  const heard = new Map(refusals.map(({ after, retryAfterMs }) => [after, retryAfterMs]));
  const went: number[] = [];
  let nowMs = 0;
  let closedMs = 0;
  for (let at = 0; at < count; at += 1) {
    closedMs = Math.max(closedMs, nowMs + (heard.get(at) ?? 0));
    nowMs = Math.max(nowMs, closedMs, (went.at(-60) ?? -minuteMs) + minuteMs);
    // The call that is refused next counts for nothing.
    if (!heard.has(at + 1)) went.push(nowMs);
  }
  return nowMs;
}

it('F7: where another app holds three of the five places, never more than five are in flight, refusals are ever rarer from 10 s on, and what is free again is used', {
  timeout: longMs,
}, async () => {
  // Of the calls at once two find a place free; half-way through, all five are. Each takes three simulated seconds, so that its answer
  // is there before the next place is tried, five after it.
  const contacts = nightly ? 600 : 120;
  const limits = { minute: 60, atOnce: 2, day: 5_000 };
  const world = await createWorld({ limits, latencyMs: 3_000, scale: 20 });
  try {
    await world.db.write(world.organisation, (tx) =>
      writeContacts(tx, Array.from({ length: contacts }, createId)),
    );
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    const nowMs = async () => (await world.db.now()).getTime();
    const seen = { inFlight: 0, most: 0, done: 0, freeMs: 0, usedMs: 0 };
    /** Since the last refusal: the places beyond the first two that were tried, and whether those before were known to go. */
    const places: { at: number; lastKnown: boolean; known: boolean }[] = [];
    await world
      .engine({
        ...{ leaseMs: 10_000_000, entities: entities.map((entity) => ({ ...entity, batchMax: 1 })) },
        through: (api) => ({
          ...api,
          send: async (call) => {
            seen.inFlight += 1;
            seen.most = Math.max(seen.most, seen.inFlight);
            const place = { at: seen.inFlight, lastKnown: places.every(({ known }) => known), known: false };
            if (seen.inFlight > 2 + places.length) places.push(place);
            const answer = await api.send(call).finally(() => {
              seen.inFlight -= 1;
            });
            place.known = answer.kind === 'answered';
            if (place.known) seen.done += 1;
            // One that was kept back here tried nothing.
            else if ('calls' in answer && answer.calls > 0) places.length = 0;
            else if (places.includes(place)) places.splice(places.indexOf(place), 1);
            if (seen.inFlight === 4 && seen.freeMs > 0 && seen.usedMs === 0) seen.usedMs = await nowMs();
            if (seen.done !== contacts / 2 || seen.freeMs > 0) return answer;
            await world.client.setLimits({ ...limits, atOnce: 5 });
            seen.freeMs = await nowMs();
            return answer;
          },
        }),
      })
      .look();
    const refused = (await world.client.calls()).filter(({ status }) => status === 429);
    const times = refused.map(({ atMs }) => atMs);
    const tries = times.filter((atMs) => atMs > (times[0] ?? 0) + 10_000);
    const apart = tries.slice(1).map((atMs, n) => atMs - (tries[n] ?? 0));
    console.log(
      `F7: ${refused.length} refused of ${contacts}, ${tries.length} after 10 s, apart ${apart.join(' ')}; all five used ${seen.usedMs - seen.freeMs} ms after they were free`,
    );
    expect(seen.most).toBeLessThanOrEqual(5);
    expect(apart.length).toBeGreaterThan(0);
    // After each place that was refused the pause doubles, up to a minute.
    const least = apart.map((_ms, n) => Math.min(60_000, 10_000 * 2 ** n));
    for (const [n, ms] of apart.entries()) expect(ms).toBeGreaterThanOrEqual(0.9 * (least[n] ?? 0));
    // The free ones are tried one after the other, each once the last is known to go, and all are used while work waits.
    expect(places.map(({ at, lastKnown }) => ({ at, lastKnown }))).toEqual(
      [3, 4, 5].map((at) => ({ at, lastKnown: true })),
    );
    expect(seen.usedMs - seen.freeMs).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThanOrEqual(seen.freeMs);
    expect((await world.client.summary()).organisations[world.tenantId]?.Contacts).toEqual({
      count: contacts,
      duplicates: 0,
    });
  } finally {
    await world.close();
  }
});

const days = nightly ? 30 : 10;
const dayLimit = nightly ? 100 : 15;
/** Days after which the beginning of a day is known, whatever its first ones told. */
const knownAfter = 7;
it(`F8: ${days} days of ${dayLimit} calls: paused until the next day, its reserve kept, and on within a minute of its beginning`, {
  timeout: longMs,
  meta: { runs: days },
}, async () => {
  await stage.client.setLimits({ minute: 60, atOnce: 5, day: dayLimit, app: 10_000 });
  const joined = await openQueue(stage, dayLimit * (days + 2));
  const resetMs = await nextReset(joined);
  const pace = { stage, clock, db: worker.db };
  const seen: { atMs: number; status: number }[] = [];
  let lastId = 0;
  const late: number[] = [];
  let exhausted = 0;
  let exhaustedLater = 0;
  let lowest = dayLimit;
  while ((await clock.now()) < resetMs + days * dayMs) {
    await carryPaced(pace);
    const run = await stage.db.prisma.run.findFirstOrThrow({
      where: { organisationId: joined.organisation },
      orderBy: { id: 'desc' },
    });
    expect(run).toMatchObject({
      state: 'parked',
      hindrance: expect.stringMatching(/^(day|reserve)$/),
      reason: expect.stringMatching(/^Today’s calls to Xero are used up/),
    });
    const made = (await stage.client.calls({ afterId: lastId })).filter(
      ({ tenant }) => tenant === joined.tenantId,
    );
    lastId = made.at(-1)?.id ?? lastId;
    for (const { atMs, status, left } of made) {
      seen.push({ atMs, status });
      if (status === 429) exhausted += 1;
      const isKnown = atMs >= resetMs + knownAfter * dayMs;
      if (status === 429 && isKnown) exhaustedLater += 1;
      if (left !== undefined && isKnown) lowest = Math.min(lowest, left.day);
    }
    const nowMs = await clock.now();
    const parkedMs = run.parkedUntil?.getTime() ?? 0;
    expect(parkedMs).toBeGreaterThan(nowMs);
    // Somebody who looks meanwhile calls nobody; a worker looks every ten seconds.
    await clock.step((parkedMs - nowMs) / 2);
    await carryPaced(pace);
    await clock.step((parkedMs - nowMs) / 2 + 10_000);
  }
  for (let day = 0; day < days; day += 1) {
    const beginMs = resetMs + day * dayMs;
    const first = seen.find(({ atMs, status }) => status === 200 && atMs >= beginMs);
    if (first !== undefined) late.push(first.atMs - beginMs);
  }
  console.log(
    `F8: ${seen.length} calls, ${exhausted} while exhausted, ${lowest} left at least, first calls after ${late.map((ms) => Math.round(ms / 1000)).join(' ')} s`,
  );
  // Until a day's beginning was seen nobody knows when it is: one call asks, and the refusal tells.
  expect(exhausted).toBeLessThanOrEqual(1);
  expect(exhaustedLater).toBe(0);
  expect(lowest).toBe(Math.ceil(dayLimit / 10));
  // Where no refusal told, it is found out within a week to a minute; a worker looks every ten seconds.
  expect(late).toHaveLength(days);
  expect(Math.max(...late.slice(knownAfter))).toBeLessThanOrEqual(minuteMs + 12_000);
  const { sent } = await statesOf(stage, joined);
  expect(await contactsOf(stage, joined)).toEqual({ count: sent, duplicates: 0 });
});

/** When the organisation's day begins next, as the sandbox reckons it. */
async function nextReset({ tenantId }: Joined): Promise<number> {
  const offsetMs = createHash('sha256').update(tenantId).digest().readUInt32BE(0) % dayMs;
  const nowMs = await clock.now();
  return (Math.floor((nowMs - offsetMs) / dayMs) + 1) * dayMs + offsetMs;
}

const shared = nightly ? 3_000 : 2_400;
it.each(['fixed', 'rolling'] as const)(
  'F9: another app burns the same budget, and few calls are refused, where windows are %s',
  { timeout: longMs, meta: { runs: shared / 2 } },
  async (window) => {
    const joined = await openQueue(stage, shared / 2);
    await stage.client.setLimits({ minute: 60, atOnce: 5, day: 1_000_000, app: 10_000 });
    await stage.client.setOptions({ 'limit-window': window });
    const hand = await connectionApi(stage.db, joined.organisation, stage.oauth, access.secret);
    if (hand.kind === 'failed') throw new Error(hand.failure.message);
    const { api } = hand;
    const draw = createDraw(9);
    replayedBy(9, 'npm run faults -- limits -t F9');
    // It calls every three seconds on average, whatever we do.
    let nextMs = startMs;
    let foreign = 0;
    const shares = interrupted(
      clock,
      () => nextMs,
      async () => {
        nextMs += draw() * 6_000;
        foreign += 1;
        await api.find({ resource: 'Contacts', by: 'id', values: [createId()] });
      },
    );
    let ours = 0;
    let refused = 0;
    let inFlight = 0;
    // Time passes on the way of a call and between calls, not with the pace of the machine that runs this.
    const quiet: Clock = {
      ...shares,
      until: async (atMs, signal) => {
        while (inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 1));
        await shares.until(atMs, signal);
      },
    };
    await carryPaced({
      ...{ stage, clock: quiet, db: worker.db },
      going: async () => {
        inFlight += 1;
        await shares.until((await clock.now()) + draw() * 400, new AbortController().signal);
      },
      came: ({ failure }) => {
        inFlight -= 1;
        ours += 1;
        if (failure?.kind === 'rate-limited') refused += 1;
      },
    });
    const minutes = ((await clock.now()) - startMs) / minuteMs;
    console.log(
      `F9 ${window}: ${ours} calls and ${foreign} of the other in ${minutes.toFixed(1)} minutes, ${refused} refused`,
    );
    await stage.client.setOptions({ 'limit-window': 'fixed' });
    expect(await statesOf(stage, joined)).toEqual({ sent: shared / 2 });
    expect(await contactsOf(stage, joined)).toEqual({ count: shared / 2, duplicates: 0 });
    expect(foreign).toBeGreaterThan(ours / 10);
    // What it used since the last answer nobody tells: that can take the last call of a minute from us.
    expect(refused).toBeLessThanOrEqual(0.005 * ours);
  },
);
