// Before each request: no refusal may be pending, whenever it came, and each further request of a call asks like any other.
import { type Budget, openBudget, spendCall } from '@stockbook/core';
import { defaultClient } from '@stockbook/sandbox';
import { createOauth, type Oauth } from '@stockbook/xero';
import { afterEach, expect, it } from 'vitest';
import { type Clock, createClock } from '../src/clock.ts';
import { connectionApi } from '../src/connection.ts';
import type { EngineOptions } from '../src/engine.ts';
import { entities } from '../src/entities/index.ts';
import { createGovernor } from '../src/governor.ts';
import { createOutage } from '../src/outage.ts';
import { createPassage } from '../src/passage.ts';
import { pauseConnection } from '../src/pause.ts';
import { openRun } from '../src/run.ts';
import { countStates, ids, writeContacts } from './inventory.ts';
import { access, createWorld, type World } from './world.ts';

const small: Partial<EngineOptions> = {
  entities: entities.map((entity) => ({ ...entity, batchMax: 1 })),
  leaseMs: 10_000_000,
};

let world: World;
afterEach(() => world.close());

async function begin(contacts: number, options: Parameters<typeof createWorld>[0]): Promise<void> {
  world = await createWorld(options);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(contacts)));
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
}

const posted = async () =>
  (await world.client.calls()).filter(({ method, path }) => method !== 'GET' && path.includes('/Contacts'));
const states = () => countStates(world.db, world.organisation, 'contacts');
const connection = () =>
  world.db.prisma.connection.findUniqueOrThrow({ where: { organisationId: world.organisation } });
/** What is known of the minute lets calls go side by side at once. */
async function know(more: { tokenExpiresAt?: Date }): Promise<void> {
  const data = { leftThisMinute: 58, budgetAt: await world.db.now(), ...more };
  await world.db.prisma.connection.update({ where: { organisationId: world.organisation }, data });
}
const counted = () =>
  world.db.prisma.run.findFirstOrThrow({
    where: { organisationId: world.organisation },
    select: { calls: true, throttled: true },
  });
const refusals = () => world.db.prisma.attempt.findMany({ where: { outcome: 'rate-limited', status: 429 } });

it('sends nothing before Retry-After where a refusal comes while a call waits for its token', async () => {
  await begin(2, {});
  const oauth = createOauth({
    ...{ clientId: defaultClient.id, clientSecret: defaultClient.secret },
    sandboxUrl: world.sandbox.url,
  });
  // With a minute left whoever comes second goes with the old token while the first one refreshes it.
  const now = await world.db.now();
  await know({ tokenExpiresAt: new Date(now.getTime() + 100_000) });
  await world.client.fail({ kind: '429-minute', method: 'PUT', retryAfterS: 5 });
  const slow: Oauth = {
    ...oauth,
    refresh: async (token) => {
      await expect.poll(async () => (await refusals()).length, { timeout: 30_000 }).toBe(1);
      return oauth.refresh(token);
    },
  };
  const { secret } = access;
  const engine = world.engine({
    ...small,
    xero: (of, leaseToken) => connectionApi(world.db, of, slow, secret, { leaseToken }),
  });
  await engine.look();
  const [refused, ...later] = await posted();
  expect(refused?.status).toBe(429);
  expect(later).toHaveLength(2);
  for (const { atMs } of later) expect(atMs - (refused?.atMs ?? 0)).toBeGreaterThanOrEqual(5_000);
  expect(await states()).toEqual({ sent: 2 });
  // The one that was held back never went.
  expect(await counted()).toEqual({ calls: 3, throttled: 1 });
});

it('counts a call that is made again with another token, and asks for it', async () => {
  await begin(1, {});
  await world.client.fail({ kind: 'token-expired', method: 'PUT' });
  await world.engine(small).look();
  expect((await posted()).map(({ status }) => status)).toEqual([401, 200]);
  expect(await counted()).toEqual({ calls: 2, throttled: 0 });
});

it('counts no call for which there was no token', async () => {
  await begin(1, {});
  await world.db.prisma.connection.updateMany({ data: { tokenExpiresAt: await world.db.now() } });
  await world.client.fail({ kind: '503', path: '/connect/token' });
  await world.engine(small).look();
  expect(await world.client.faults()).toMatchObject([{ met: 1 }]);
  expect(await world.db.prisma.attempt.count({ where: { outcome: 'unreachable' } })).toBe(1);
  expect(await posted()).toHaveLength(1);
  expect(await counted()).toEqual({ calls: 1, throttled: 0 });
});

it('counts no call before which the connection was paused', async () => {
  await begin(1, {});
  const engine = world.engine({
    ...small,
    step: async (name) => {
      if (name === 'intent after')
        await pauseConnection(world.db, world.organisation, 'Not allowed any more');
    },
  });
  await engine.look();
  expect(await connection()).toMatchObject({ state: 'paused' });
  expect(await posted()).toEqual([]);
  expect(await counted()).toEqual({ calls: 0, throttled: 0 });
});

it('counts a call whose worker died before its answer: it may have gone', async () => {
  await begin(1, {});
  const dying = world.engine({
    ...small,
    log: { info: () => undefined, error: () => undefined },
    step: async (name) => {
      if (name === 'send before') throw new Error('This worker died');
    },
  });
  await dying.look();
  await world.engine(small).look();
  expect(await posted()).toHaveLength(1);
  expect(await counted()).toEqual({ calls: 2, throttled: 0 });
});

it('makes a comparison again with another token while nothing is known of the minute, and its update follows', async () => {
  world = await createWorld();
  const { db, organisation } = world;
  const made = ids(1);
  await db.write(organisation, (tx) => writeContacts(tx, made));
  await world.sync();
  await db.write(organisation, (tx) => writeContacts(tx, made, 'Other'));
  const nothing = { leftThisMinute: null, budgetAt: null };
  await db.prisma.connection.update({ where: { organisationId: organisation }, data: nothing });
  await world.client.fail({ kind: 'token-expired', method: 'GET' });
  await world.sync();
  const contacts = (await world.client.calls()).filter(({ path }) => path.includes('/Contacts'));
  expect(contacts.slice(-3).map(({ method, status }) => `${method} ${status}`)).toEqual([
    'GET 401',
    'GET 200',
    'POST 200',
  ]);
  expect(await states()).toEqual({ sent: 2 });
});

it('says of a request that it keeps back whether another of its call went before', async () => {
  world = await createWorld();
  const clock = createClock(world.db);
  const governor = governorOf(clock, openBudget());
  const { signal } = new AbortController();
  let lateMs = 0;
  const late = { ...clock, now: async () => (await clock.now()) + lateMs };
  async function look(requests: number) {
    lateMs = 0;
    const letGo = { atMs: await clock.now(), urgent: false, trustMs: 60_000 };
    const { gate, leave } = createPassage({ clock: late, governor, lease: { signal } }, letGo);
    const last = () => {
      requests -= 1;
      lateMs = requests < 0 ? 120_000 : 0;
      return gate.last();
    };
    const api = await world.hand();
    const answer = await api.find({
      resource: 'Contacts',
      by: 'number',
      values: ['C'],
      gate: { ...gate, last },
    });
    await leave(answer);
    return answer;
  }
  const why = 'too long after it was decided';
  expect(await look(0)).toMatchObject({ calls: 0, failure: { message: `Not sent: ${why}` } });
  await world.client.fail({ kind: 'token-expired', method: 'GET', times: 1 });
  expect(await look(1)).toMatchObject({
    ...{ calls: 1, failure: { message: `Broken off before its next request: ${why}` } },
  });
});

function governorOf(clock: Clock, start: Budget) {
  return createGovernor({
    ...{ clock, start, outage: createOutage(world.db, world.organisation) },
    share: async () => 60,
    onWait: async () => undefined,
    asked: async () => undefined,
    onReopen: async () => undefined,
    chance: () => 0,
  });
}

it('asks for each request of a look: where the minute has room for two, the third waits for the next', async () => {
  world = await createWorld({ scale: 60 });
  const clock = createClock(world.db);
  const startMs = await clock.now();
  const budget = openBudget();
  const minute = { ...budget.minute, answeredMs: Array.from({ length: 58 }, () => startMs) };
  const governor = governorOf(clock, { ...budget, minute });
  const { signal } = new AbortController();
  const entry = await governor.enter(signal, async () => false);
  if (entry.kind !== 'go') throw new Error('two calls are left of the minute');
  const passage = createPassage(
    { clock, governor, lease: { signal } },
    { atMs: entry.atMs, urgent: false, trustMs: Number.POSITIVE_INFINITY },
  );
  const api = await world.hand();
  const values = Array.from({ length: 60 }, (_, n) => `${'N'.repeat(40)}-${n}`);
  const answer = await api.find({ resource: 'Contacts', by: 'number', values, gate: passage.gate });
  await passage.leave(answer);
  const times = (await world.client.calls())
    .filter(({ method, path }) => method === 'GET' && path.includes('/Contacts'))
    .map(({ atMs }) => atMs - startMs);
  expect(answer).toMatchObject({ kind: 'answered', calls: times.length });
  expect(times.length).toBeGreaterThanOrEqual(3);
  expect(times.filter((ms) => ms < 60_000)).toHaveLength(2);
  expect(governor.budget().inFlight).toBe(0);
  expect(spendCall(governor.budget(), 0).inFlight).toBe(1);
});

it('keeps Xero’s wait where the worker dies before it said so, and the next one waits', async () => {
  await begin(1, { scale: 20 });
  await world.client.fail({ kind: '429-app', method: 'PUT', retryAfterS: 60 });
  const dying = world.engine({
    ...small,
    log: { info: () => undefined, error: () => undefined },
    step: async (name) => {
      if (name === 'explain before') throw new Error('This worker died');
    },
  });
  await dying.look();
  const [{ endedAt } = { endedAt: null }] = await refusals();
  const { closedUntil } = await connection();
  expect((closedUntil?.getTime() ?? 0) - (endedAt?.getTime() ?? 0)).toBeGreaterThan(50_000);
  await world.engine(small).look();
  const [refused, sent] = await posted();
  expect((sent?.atMs ?? 0) - (refused?.atMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  expect(await states()).toEqual({ sent: 1 });
});

it('a longer wait is not forgotten for a shorter one', async () => {
  await begin(2, {});
  await world.client.fail({ kind: '429-minute', method: 'PUT', retryAfterS: 6 });
  await know({});
  const told: number[] = [];
  let sends = 0;
  let isLost = false;
  const engine = world.engine({
    ...small,
    step: async (name) => {
      if (name === 'explain after') told.push((await connection()).closedUntil?.getTime() ?? 0);
    },
    // Both are on their way at once; that the second is lost is heard once it is known that the first was refused.
    through: (api, away) => ({
      ...api,
      send: async (call) => {
        sends += 1;
        if (sends === 1) await expect.poll(() => isLost, { timeout: 20_000 }).toBe(true);
        else if (sends === 2) {
          const lost = await away.send(call);
          isLost = true;
          await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThan(0);
          return lost;
        }
        return api.send(call);
      },
    }),
  });
  await engine.look();
  expect(await world.db.prisma.attempt.count({ where: { outcome: 'unreachable' } })).toBe(1);
  expect(told.length).toBeGreaterThanOrEqual(2);
  expect(told).toEqual(told.toSorted((one, other) => one - other));
  expect(await states()).toEqual({ sent: 2 });
  expect(await counted()).toEqual({ calls: (await posted()).length, throttled: 1 });
});
