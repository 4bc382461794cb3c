// The governor before a sandbox with limits: the whole ceiling, the day's reserve, what is urgent, outages, and an even share for all.
import type { XeroApi } from '@stockbook/xero';
import { afterEach, expect, it } from 'vitest';
import { createShare } from '../src/budget.ts';
import type { EngineOptions } from '../src/engine.ts';
import { entities } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { openRun } from '../src/run.ts';
import { countStates, ids, writeContacts } from './inventory.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

/** A call for each record, so that few records make many calls; leases that no slow machine lets lapse, whatever the clock's pace. */
const small: Partial<EngineOptions> = {
  entities: entities.map((entity) => ({ ...entity, batchMax: 1 })),
  leaseMs: 10_000_000,
};
const limitMs = 180_000;

let world: World;
afterEach(() => world.close());

async function begin(options: WorldOptions, contacts: number): Promise<string[]> {
  world = await createWorld(options);
  const made = ids(contacts);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, made));
  return made;
}

async function sync(): Promise<void> {
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await world.engine(small).look();
}

const states = () => countStates(world.db, world.organisation, 'contacts');
const readRun = () =>
  world.db.prisma.run.findFirstOrThrow({
    where: { organisationId: world.organisation },
    orderBy: { id: 'desc' },
  });
const posted = async () =>
  (await world.client.calls()).filter(({ method, path }) => method !== 'GET' && path.includes('/Contacts'));

it.each(['fixed', 'rolling'] as const)(
  'uses the minute and is never refused while work waits, where windows are %s',
  async (window) => {
    await begin({ limits: { minute: 60, atOnce: 5, day: 5_000 }, scale: 40 }, 150);
    await world.client.setOptions({ 'limit-window': window });
    await sync();
    const summary = await world.client.summary();
    expect(summary.throttled).toBe(0);
    expect(summary.organisations[world.tenantId]?.Contacts).toEqual({ count: 150, duplicates: 0 });
    const calls = await posted();
    expect(calls).toHaveLength(150);
    // No sixty seconds hold more than sixty calls, whenever one begins to count.
    const times = calls.map(({ atMs }) => atMs);
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(most).toBeLessThanOrEqual(60);
  },
  limitMs,
);

it(
  'keeps a tenth of the day for what is urgent, which goes first and wakes the run that spares it',
  async () => {
    await begin({ limits: { minute: 60, atOnce: 5, day: 30 }, scale: 40 }, 40);
    await sync();
    const run = await readRun();
    expect(run).toMatchObject({ state: 'parked', reason: expect.stringMatching(/kept for urgent work$/) });
    const before = await states();
    expect(before.pending).toBeGreaterThan(0);
    const left = () =>
      world.db.prisma.connection.findUniqueOrThrow({ where: { organisationId: world.organisation } });
    const reserve = (await left()).leftToday ?? 0;
    expect(reserve).toBeGreaterThan(0);
    expect(reserve).toBeLessThanOrEqual(3);
    await world.engine(small).look();
    expect(await states()).toEqual(before);

    const [urgent = ''] = ids(1);
    await world.db.write(world.organisation, async (tx) => {
      await writeContacts(tx, [urgent], 'Urgent');
      tx.changes.length = 0;
      record(tx, { entity: 'contacts', id: urgent, urgent: true });
    });
    await world.engine(small).look();
    expect(await world.db.prisma.record.findFirst({ where: { id: urgent } })).toMatchObject({
      syncState: 'completed',
    });
    expect(await states()).toEqual({ ...before, sent: (before.sent ?? 0) + 1 });
    expect((await left()).leftToday).toBe(reserve - 1);
    expect(await readRun()).toMatchObject({ state: 'parked' });
    expect((await world.client.summary()).throttled).toBe(0);
  },
  limitMs,
);

it(
  'carries what is urgent from the reserve past an export that was left open and is not, and stays parked',
  async () => {
    await begin({ limits: { minute: 60, atOnce: 5, day: 20 }, scale: 40 }, 25);
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    let stuck: string | undefined;
    // The first export never gets through, and is open when the others have used up the day.
    const through = (api: XeroApi, away: XeroApi): XeroApi => ({
      ...api,
      send: (call) => {
        stuck ??= call.body;
        return (call.body === stuck ? away : api).send(call);
      },
    });
    await world.engine({ ...small, through }).look();
    expect(await readRun()).toMatchObject({
      state: 'parked',
      reason: expect.stringMatching(/kept for urgent work$/),
    });
    const open = () => world.db.prisma.export.count({ where: { state: { in: ['sending', 'retrying'] } } });
    expect(await open()).toBe(1);
    const parked = () => world.db.prisma.event.count({ where: { text: { startsWith: 'Sync parked' } } });
    const before = await parked();
    const [urgent = ''] = ids(1);
    await world.db.write(world.organisation, async (tx) => {
      await writeContacts(tx, [urgent], 'Urgent');
      tx.changes.length = 0;
      record(tx, { entity: 'contacts', id: urgent, urgent: true });
    });
    // Whoever changes it once more makes it no less urgent.
    await world.db.write(world.organisation, async (tx) => record(tx, { entity: 'contacts', id: urgent }));
    await world.engine(small).look();
    expect(await world.db.prisma.record.findFirst({ where: { id: urgent } })).toMatchObject({
      syncState: 'completed',
    });
    expect(await open()).toBe(1);
    expect(await parked()).toBe(before + 1);
    expect(await readRun()).toMatchObject({ state: 'parked' });
  },
  limitMs,
);

it(
  'tries an outage with one call at a time, ever more rarely, and goes on when it is over',
  async () => {
    await begin({ scale: 60 }, 10);
    const fault = await world.client.fail({ kind: '503', times: 1_000_000 });
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    const look = world.engine(small).look();
    await expect
      .poll(async () => (await world.client.faults()).find(({ id }) => id === fault.id)?.met ?? 0, {
        timeout: limitMs,
      })
      .toBeGreaterThanOrEqual(12);
    const during = await world.client.calls();
    const times = during.filter(({ status }) => status === 503).map(({ atMs }) => atMs);
    const waits = times.slice(7).map((at, index) => at - (times[index + 6] ?? 0));
    expect(Math.min(...waits)).toBeGreaterThan(10_000);
    await expect.poll(async () => (await readRun()).reason, { timeout: 30_000 }).toMatch(/Xero is down/);
    await world.client.mend();
    await look;
    expect(await states()).toEqual({ sent: 10 });
    expect((await world.client.summary()).organisations[world.tenantId]?.Contacts).toEqual({
      count: 10,
      duplicates: 0,
    });
  },
  limitMs,
);

it('F10: who begins first leaves the others of the app their share before they have begun', async () => {
  world = await createWorld({ limits: 'off' });
  const organisations = [world.organisation];
  for (const name of ['Two', 'Three', 'Four', 'Five'])
    organisations.push((await world.join(name)).organisation);
  for (const organisation of organisations) {
    await world.db.write(organisation, (tx) => writeContacts(tx, ids(1)));
    await openRun(world.db, organisation, { kind: 'manual', startedBy: 'tester' });
  }
  expect(await createShare(world.db, 90)(Date.now())).toBe(18);
});

it(
  'F10: shares the app’s limit evenly: the largest share is at most one and a half of the smallest',
  async () => {
    world = await createWorld({ limits: 'off', scale: 40 });
    const all = [{ organisation: world.organisation, tenantId: world.tenantId }];
    for (const name of ['Two', 'Three', 'Four', 'Five']) all.push(await world.join(name));
    // Only now: on a fast machine the calls of connecting them fall into the minute that is shared here.
    await world.client.setLimits({ minute: 60, atOnce: 5, day: 5_000, app: 90 });
    // One has four times the backlog of the others, and none comes to its end.
    for (const [n, { organisation }] of all.entries())
      await world.db.write(organisation, (tx) => writeContacts(tx, ids(n === 0 ? 320 : 80)));
    for (const { organisation } of all)
      await openRun(world.db, organisation, { kind: 'manual', startedBy: 'tester' });
    const engine = world.engine({ ...small, appMinuteMax: 90 });
    const look = engine.look();
    await expect
      .poll(async () => (await posted()).length, { timeout: limitMs, interval: 200 })
      .toBeGreaterThan(150);
    await engine.stop();
    await look;
    const calls = await posted();
    const shares = all.map(({ tenantId }) => calls.filter(({ tenant }) => tenant === tenantId).length);
    expect(Math.max(...shares) / Math.min(...shares)).toBeLessThanOrEqual(1.5);
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
  },
  limitMs,
);

it('makes no call before its time, also when what Xero said of it could not be written', {
  timeout: limitMs,
}, async () => {
  await begin({ limits: { minute: 60, atOnce: 5, day: 5_000 }, scale: 20 }, 1);
  await world.client.fail({ kind: '429-minute', method: 'PUT', times: 1, retryAfterS: 50 });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  let isBroken = false;
  const engine = world.engine({
    ...small,
    log: { info: () => undefined, error: () => undefined },
    step: async (name) => {
      if (name !== 'retry before' || isBroken) return;
      isBroken = true;
      throw new Error('The database went away');
    },
  });
  await engine.look();
  expect(isBroken).toBe(true);
  await engine.look();
  expect(await states()).toEqual({ sent: 1 });
  const [refused, ...later] = await posted();
  expect(refused?.status).toBe(429);
  expect((later[0]?.atMs ?? 0) - (refused?.atMs ?? 0)).toBeGreaterThanOrEqual(50_000);
});
