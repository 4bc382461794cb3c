// A person pauses, resumes and stops a run: calls in flight settle first, and nothing is lost.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askRun, resumeRun } from '../src/ask.ts';
import { createClock } from '../src/clock.ts';
import { takeLease } from '../src/lease.ts';
import { openRun } from '../src/run.ts';
import { endRun, parkRun } from '../src/run-end.ts';
import { noStep, type Stepping } from '../src/step.ts';
import { countStates, ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let runId: string;
beforeEach(async () => {
  world = await createWorld();
  await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(500)));
  const opened = await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  if (opened.kind !== 'opened') throw new Error('a run opens');
  runId = opened.runId;
});
afterEach(() => world.close());

/** An engine whose first call is followed by what a person asks. */
function askedAfterFirstCall(asked: 'pause' | 'stop', step: Stepping = noStep) {
  let first = true;
  return world.engine({
    step,
    through: (api) => ({
      ...api,
      send: async (call) => {
        const answer = await api.send(call);
        if (first) await askRun(world.db, world.organisation, 'tester', runId, asked);
        first = false;
        return answer;
      },
    }),
  });
}

const readRun = () => world.db.prisma.run.findFirst({ where: { id: runId } });
const states = () => countStates(world.db, world.organisation, 'contacts');
const inXero = async () => (await world.client.summary()).organisations[world.tenantId]?.Contacts;

it('parks when it is paused, stays so for any worker, and goes on when it is resumed', async () => {
  await askedAfterFirstCall('pause').look();
  expect(await readRun()).toMatchObject({ state: 'parked', asked: 'pause', reason: 'Paused by tester' });
  const before = await states();
  expect(before.pending).toBeGreaterThan(0);
  expect(before.claimed).toBeUndefined();
  await world.engine().look();
  expect(await states()).toEqual(before);
  expect(await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' })).toMatchObject({
    kind: 'active',
    runId,
    parked: true,
  });

  expect(await resumeRun(world.db, world.organisation, 'tester', runId)).toMatchObject({ kind: 'asked' });
  await world.engine().look();
  expect(await states()).toEqual({ sent: 500 });
  expect(await inXero()).toEqual({ count: 500, duplicates: 0 });
  expect(await readRun()).toMatchObject({ state: 'done' });
});

it('ends when it is stopped; what was not sent waits for the next run', async () => {
  await askedAfterFirstCall('stop').look();
  expect(await readRun()).toMatchObject({ state: 'stopped', reason: 'Stopped by tester' });
  const { sent = 0, pending = 0 } = await states();
  expect(sent + pending).toBe(500);
  expect(pending).toBeGreaterThan(0);
  await world.sync();
  expect(await inXero()).toEqual({ count: 500, duplicates: 0 });
});

it('ends when Stop comes as soon as it is parked for a pause, while its worker holds the lease still', async () => {
  const engine = askedAfterFirstCall('pause', async (name) => {
    if (name === 'park after') await askRun(world.db, world.organisation, 'tester', runId, 'stop');
  });
  await engine.look();
  expect(await readRun()).toMatchObject({
    state: 'stopped',
    reason: 'Stopped by tester',
    endedAt: expect.any(Date),
  });
  expect(await world.sync()).toBe('opened');
  expect(await inXero()).toEqual({ count: 500, duplicates: 0 });
});

/** Looks once while Xero refuses calls for the day, at each of which a person may ask something; the first may land and not be heard of. */
async function lookUsedUp({
  asked,
  firstIsLost = false,
}: {
  asked?: 'pause' | 'stop';
  firstIsLost?: boolean;
} = {}): Promise<void> {
  if (firstIsLost) await world.client.fail({ kind: 'reset', method: 'PUT' });
  await world.client.fail({ kind: '429-day', times: 1_000_000, retryAfterS: 3600 });
  const engine = world.engine({
    through: (api) => ({
      ...api,
      send: async (call) => {
        if (asked !== undefined) await askRun(world.db, world.organisation, 'tester', runId, asked);
        return api.send(call);
      },
    }),
  });
  await engine.look();
}

it('waits for the person alone who paused it, whatever limit it waited for; resumed, it waits for that limit again', async () => {
  await lookUsedUp();
  const until = (await readRun())?.parkedUntil;
  expect(until).toBeInstanceOf(Date);
  await askRun(world.db, world.organisation, 'tester', runId, 'pause');
  const paused = { state: 'parked', asked: 'pause', reason: 'Paused by tester', parkedUntil: null };
  expect(await readRun()).toMatchObject(paused);
  expect(await states()).toEqual({ pending: 500 });

  await resumeRun(world.db, world.organisation, 'tester', runId);
  const afterId = (await world.client.calls()).at(-1)?.id ?? 0;
  await world.engine().look();
  expect(await world.client.calls({ afterId })).toEqual([]);
  expect(await readRun()).toMatchObject({ state: 'parked', asked: null, parkedUntil: until });
});

it('waits for the person alone who paused it while Xero refused its last calls for the day', async () => {
  await lookUsedUp({ asked: 'pause' });
  const paused = { state: 'parked', asked: 'pause', reason: 'Paused by tester', parkedUntil: null };
  expect(await readRun()).toMatchObject(paused);
  const where = { kind: 'run', text: { startsWith: 'Sync parked' } };
  expect(await world.db.prisma.event.findMany({ where })).toMatchObject([
    { text: 'Sync parked: Paused by tester' },
  ]);
});

it('lets wait again what Xero refused for the day, when it is stopped while it is parked; what may have landed stays to be checked', async () => {
  await lookUsedUp({ firstIsLost: true });
  expect(await readRun()).toMatchObject({ state: 'parked', parkedUntil: expect.any(Date) });
  await askRun(world.db, world.organisation, 'tester', runId, 'stop');
  const where = { state: { in: ['prepared', 'sending', 'retrying'] } };
  expect(await world.db.prisma.export.findMany({ where })).toMatchObject([
    { state: 'retrying', unknown: true, size: 50 },
  ]);
  expect(await states()).toEqual({ claimed: 50, pending: 450 });
  const shown = await world.db.prisma.record.groupBy({
    ...{ by: ['syncState'], where: { entity: 'contacts' } },
    ...{ _count: true, orderBy: { syncState: 'asc' } },
  });
  expect(shown).toMatchObject([
    { syncState: 'checking', _count: 50 },
    { syncState: 'pending', _count: 450 },
  ]);

  // The next day.
  await world.client.mend();
  await world.db.prisma.connection.updateMany({ data: { closedUntil: null, leftToday: null } });
  expect(await world.sync()).toBe('opened');
  expect(await states()).toEqual({ sent: 500 });
  expect(await inXero()).toEqual({ count: 500, duplicates: 0 });
});

it('ends, and does not park, when it was stopped while Xero refused its last calls for the day', async () => {
  await lookUsedUp({ asked: 'stop' });
  expect(await readRun()).toMatchObject({
    state: 'stopped',
    reason: 'Stopped by tester',
    endedAt: expect.any(Date),
  });
  // What Xero said of its limit holds for the next run, too.
  const { closedUntil } = await world.db.prisma.connection.findUniqueOrThrow({
    where: { organisationId: world.organisation },
  });
  expect(closedUntil).toBeInstanceOf(Date);
});

it('stays stopped, whatever a worker writes late that was stopped itself between its fence and its words', async () => {
  const times = { leaseMs: 5_000, heartbeatMs: 1_000, stop: new AbortController().signal, step: noStep };
  const late = { ...times, organisation: world.organisation, owner: 'late', runId };
  const lease = await takeLease(world.db, createClock(world.db), late);
  if (lease === undefined) throw new Error('the lease is free');
  const where = { id: runId };
  const data = { state: 'stopped', reason: 'Stopped by tester', endedAt: new Date() };
  await world.db.prisma.run.updateMany({ where, data });
  await endRun(world.db, lease, noStep, runId);
  await parkRun(world.db, lease, noStep, runId, { until: new Date(), reason: 'used up' });
  expect(await readRun()).toMatchObject(data);
  await lease.release();
  expect(await world.sync()).toBe('opened');
});

it('ends or parks at once while nobody carries it on', async () => {
  await askRun(world.db, world.organisation, 'tester', runId, 'pause');
  expect(await readRun()).toMatchObject({ state: 'parked' });
  await askRun(world.db, world.organisation, 'tester', runId, 'stop');
  expect(await readRun()).toMatchObject({ state: 'stopped' });
  expect(await askRun(world.db, world.organisation, 'tester', runId, 'pause')).toEqual({ kind: 'ended' });
  expect(await resumeRun(world.db, world.organisation, 'tester', runId)).toEqual({ kind: 'ended' });
  expect(await world.sync()).toBe('opened');
});
