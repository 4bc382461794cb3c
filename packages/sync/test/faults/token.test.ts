// F13, F14, F15: one refresh at once, one whose answer is lost, and a permission that is gone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createDb, type Db } from '@stockbook/db';
import { defaultClient } from '@stockbook/sandbox';
import { createOauth } from '@stockbook/xero';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { openRun } from '../../src/run.ts';
import { createTokenSource } from '../../src/token.ts';
import { access } from '../world.ts';
import { findDoubles } from './invariants.ts';
import { leaveWork, prepareGround } from './kill-points.ts';
import { kinds } from './kinds.ts';
import { createMortalDb, createSteppedClock, live } from './mortal.ts';
import { beginAnew, openQueue, statesOf } from './pace.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const longMs = nightly ? 3_600_000 : 120_000;
const races = nightly ? 1_000 : 100;
const rounds = nightly ? 200 : 20;
const refresher = fileURLToPath(new URL('./refresher.mjs', import.meta.url));
const startMs = Date.UTC(2027, 1, 13, 9, 0, 0);
let stage: Stage;
let joined: Joined;
let workers: Db[];
beforeAll(async () => {
  stage = await openStage();
  await stage.setClock(startMs);
  joined = await stage.join();
  workers = Array.from({ length: 8 }, () => createDb(stage.database.url, { poolMax: 2 }));
});
afterAll(async () => {
  await Promise.all(workers.map((db) => db.close()));
  await stage.close();
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 3));

/** The token is at its end: whoever wants one must refresh it. */
async function age(organisation = joined.organisation): Promise<void> {
  await stage.owner.query(
    `UPDATE connection SET token_expires_at = stockbook_now() WHERE organisation_id = $1`,
    [organisation],
  );
}

const stateOf = async (organisation: string) =>
  (await stage.db.prisma.connection.findUnique({ where: { organisationId: organisation } }))?.state;

it(`F13: of eight workers at once one refreshes, ${races} times`, {
  timeout: longMs,
  meta: { runs: races },
}, async () => {
  let refreshes = 0;
  const oauth: Stage['oauth'] = {
    ...stage.oauth,
    refresh: (token) => {
      refreshes += 1;
      return stage.oauth.refresh(token);
    },
  };
  for (let race = 0; race < races; race += 1) {
    await age();
    refreshes = 0;
    const sources = workers.map((db) =>
      createTokenSource(db, joined.organisation, { oauth, secret: access.secret, wait: soon }),
    );
    const tokens = await Promise.all(sources.map((source) => source.token()));
    expect(tokens.map(({ kind }) => kind)).toEqual(workers.map(() => 'token'));
    expect(new Set(tokens.map((one) => (one.kind === 'token' ? one.token : ''))).size).toBe(1);
    expect(refreshes, `after ${race + 1} schedules`).toBe(1);
  }
});

const processRaces = nightly ? 1_000 : 25;
it(`F13: of eight processes at once one refreshes, ${processRaces} times`, {
  timeout: longMs,
  meta: { runs: processRaces },
}, async () => {
  const children = workers.map(startRefresher);
  onTestFinished(async () => {
    await Promise.all(children.map(({ child }) => end(child)));
  });
  const answers = () => Promise.all(children.map(({ next }) => next()));
  expect(await answers()).toEqual(children.map(() => 'ready'));
  for (let race = 0; race < processRaces; race += 1) {
    await age();
    const afterId = await lastCall();
    const told = answers();
    for (const { child } of children) child.send('token');
    const given = z.array(z.object({ kind: z.string(), token: z.string() })).parse(await told);
    expect(given.map(({ kind }) => kind)).toEqual(children.map(() => 'token'));
    expect(new Set(given.map(({ token }) => token)).size).toBe(1);
    const refreshes = await stage.client.calls({ afterId, path: '/connect/token' });
    expect(refreshes.map(({ status }) => status)).toEqual([200]);
  }
});

/** A process that refreshes as a worker does; `next` is what it says next. */
function startRefresher() {
  const told = {
    ...{ url: stage.database.url, sandboxUrl: stage.sandbox.url, organisation: joined.organisation },
    secret: access.secret.toString('hex'),
    client: { clientId: defaultClient.id, clientSecret: defaultClient.secret },
  };
  const env = { PATH: process.env.PATH, REFRESHER: JSON.stringify(told) };
  const args = ['--disable-warning=ExperimentalWarning', refresher];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const next = async (): Promise<unknown> => (await once(child, 'message'))[0];
  return { child, next };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

/** Xero takes a token that was replaced for thirty minutes more (XERO.md 1.2): nobody comes until nearly all of them are over. */
const nearlyOverMs = 29 * 60_000;

it(`F14: a refresh whose answer is lost is made again with the old token, ${rounds} times, soon or nearly half an hour after, and nobody is told to reconnect`, {
  timeout: longMs,
  meta: { runs: rounds },
}, async () => {
  const [first, second] = workers;
  if (first === undefined || second === undefined) throw new Error('there are eight workers');
  const clock = createSteppedClock(stage, startMs);
  const lost: Stage['oauth'] = {
    ...stage.oauth,
    refresh: async (token) => {
      await stage.oauth.refresh(token);
      throw new Error('This worker died');
    },
  };
  for (let round = 0; round < rounds; round += 1) {
    await age();
    const afterId = await lastCall();
    const dying = createTokenSource(first, joined.organisation, { oauth: lost, secret: access.secret });
    await expect(dying.token()).rejects.toThrow('died');
    if (round % 2 === 1) await clock.step(nearlyOverMs);
    const next = createTokenSource(second, joined.organisation, {
      ...{ oauth: stage.oauth, secret: access.secret },
      wait: () => clock.step(10_000),
    });
    const given = await next.token();
    expect(given).toMatchObject({ kind: 'token' });
    const refreshes = await stage.client.calls({ afterId, path: '/connect/token' });
    expect(refreshes.map(({ status }) => status)).toEqual([200, 200]);
    expect(await statusWith(given.kind === 'token' ? given.token : '')).toBe(200);
    expect(await promptsIn(joined.organisation)).toEqual({ state: 'connected', problem: null, pauses: 0 });
  }
});

const lastCall = async () => (await stage.client.calls()).at(-1)?.id ?? 0;

/** What Xero answers to a reading with this token. */
async function statusWith(token: string): Promise<number> {
  const headers = {
    ...{ Authorization: `Bearer ${token}`, 'xero-tenant-id': joined.tenantId },
    Accept: 'application/json',
  };
  return (await fetch(`${stage.sandbox.url}/api.xro/2.0/Organisation`, { headers })).status;
}

/** All that tells a person to reconnect. */
async function promptsIn(organisationId: string) {
  const where = { organisationId, text: { startsWith: 'The connection to Xero is paused' } };
  const { state, problem } = await stage.db.prisma.connection.findUniqueOrThrow({
    where: { organisationId },
  });
  return { state, problem, pauses: await stage.db.prisma.event.count({ where }) };
}

/** Nobody listens there. */
const nowhere = createOauth({ clientId: 'a', clientSecret: 'b', sandboxUrl: 'http://localhost:9' });
const tries = 3;

it.each<[string, () => Promise<Stage['oauth']>]>([
  ['answers 503', () => failing('503')],
  ['breaks off', () => failing('reset')],
  [
    'cannot be reached',
    async () => {
      let left = tries;
      const refresh: Stage['oauth']['refresh'] = (token) => {
        left -= 1;
        return (left < 0 ? stage.oauth : nowhere).refresh(token);
      };
      return { ...stage.oauth, refresh };
    },
  ],
])(
  'F14: a token that Xero refuses while its identity server %s is renewed when it answers again: what waits goes, and nobody reconnects',
  async (_how, oauthOf) => {
    const mortal = createMortalDb(stage.database.url);
    onTestFinished(() => mortal.db.close());
    const ground = await prepareGround(stage, mortal, mortal);
    const { organisation } = ground.joined;
    await openRun(stage.db, organisation, { kind: 'manual', startedBy: 'Ann' });
    expect(await stage.client.expireTokens()).toBeGreaterThan(0);
    const afterId = await lastCall();
    const oauth = await oauthOf();
    const seen: (string | undefined)[] = [];
    await live(mortal, {
      ...{ stage: { ...stage, oauth }, clock: ground.clock },
      took: async (name) => {
        if (name === 'retry after') seen.push(await stateOf(organisation));
      },
    });
    expect(seen.length).toBeGreaterThanOrEqual(tries);
    expect(new Set(seen)).toEqual(new Set(['connected']));
    expect(await promptsIn(organisation)).toEqual({ state: 'connected', problem: null, pauses: 0 });
    // Before the token is renewed nothing goes but what found out that it is refused.
    const made = await stage.client.calls({ afterId });
    const renewed = made.findIndex(({ path, status }) => path === '/connect/token' && status === 200);
    const refused = made.slice(0, renewed).filter(({ tenant }) => tenant === ground.joined.tenantId);
    expect(refused.length).toBeLessThanOrEqual(5);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
    const states = await stage.db.prisma.change.groupBy({
      by: ['state'],
      where: { organisationId: organisation },
    });
    expect(states.map(({ state }) => state)).toEqual(['sent']);
  },
);

/** The next refreshes fail so. */
async function failing(kind: '503' | 'reset'): Promise<Stage['oauth']> {
  await stage.client.fail({ kind, path: '/connect/token', when: 'before', times: tries });
  return stage.oauth;
}

const gone: [string, (one: Joined) => Promise<unknown>][] = [
  ['is disconnected', ({ tenantId }) => stage.client.disconnect(tenantId)],
  ['has its refresh token revoked', revokeOf],
];

it.each(gone)(
  'F15: that an organisation %s is found out by one call, or by one of each of the five at once where more wait, and then nothing goes',
  async (_how, end) => {
    const mortal = createMortalDb(stage.database.url);
    onTestFinished(() => mortal.db.close());
    // One batch; and more of them than go at once: the others may be on their way when the first is answered.
    for (const { count, triesMax } of [
      { count: 3, triesMax: 1 },
      { count: 500, triesMax: 5 },
    ]) {
      const clock = await beginAnew(stage, startMs);
      const one = await openQueue(stage, count);
      await end(one);
      const afterId = await lastCall();
      await live(mortal, { stage, clock });
      expect(await stateOf(one.organisation)).toBe('paused');
      const tries = await triesOf(one, afterId);
      const foundId = await lastCall();
      await clock.step(3_600_000);
      await live(mortal, { stage, clock });
      expect(await triesOf(one, foundId)).toEqual([]);
      expect(tries.length).toBeGreaterThanOrEqual(1);
      expect(tries.length, tries.join(', ')).toBeLessThanOrEqual(triesMax);
      const { pending = 0, claimed = 0, ...others } = await statesOf(stage, one);
      expect({ waiting: pending + claimed, others }).toEqual({ waiting: count, others: {} });
    }
  },
);

/** The calls that were for this organisation, and the refreshes that were refused. */
async function triesOf({ tenantId }: Joined, afterId: number): Promise<string[]> {
  return (await stage.client.calls({ afterId }))
    .filter(
      ({ tenant, path, status }) =>
        tenant === tenantId || (path.startsWith('/connect/token') && status !== 200),
    )
    .map(({ method, path, status }) => `${method} ${path} ${status}`);
}

it.each(gone)(
  'F15: an organisation that %s is paused at the first answer, keeps what waits, and leaves others alone',
  async (_how, end) => {
    const mortal = createMortalDb(stage.database.url);
    const ground = await prepareGround(stage, mortal, mortal);
    const other = await prepareGround(stage, mortal, mortal);
    const [kind] = kinds;
    if (kind === undefined) throw new Error('the registry sends nothing');
    for (const one of [ground, other]) {
      await leaveWork(one, kind);
      await openRun(stage.db, one.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
    }
    await end(ground.joined);
    const before = await lastCall();
    const { clock } = other;
    await live(mortal, { stage, clock });
    await clock.step(3_600_000);
    await live(mortal, { stage, clock });
    expect(await stateOf(ground.joined.organisation)).toBe('paused');
    expect(await stateOf(other.joined.organisation)).toBe('connected');
    const waiting = await stage.db.prisma.change.count({
      where: { organisationId: ground.joined.organisation, state: { in: ['pending', 'claimed'] } },
    });
    expect(waiting).toBe(2 * kinds.length + 3);
    const left = await stage.db.prisma.change.count({
      where: { organisationId: other.joined.organisation, state: { not: 'sent' } },
    });
    expect(left).toBe(await supersededIn(other.joined.organisation));
    expect(await findDoubles(stage, other.joined)).toEqual([]);
    const tries = await triesOf(ground.joined, before);
    console.log(`F15: ${tries.join(', ')}`);
    expect(tries.length).toBeGreaterThanOrEqual(1);
    expect(tries.length).toBeLessThanOrEqual(3);
    // Whoever asks for a run is told what to do.
    const asked = await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
    expect(asked).toMatchObject({ reason: expect.stringMatching(/no longer accepts.*Reconnect to go on/) });
    await mortal.db.close();
  },
);

/** As when a person takes consent back, seen when the token has run out; the others' tokens last for the test. */
async function revokeOf({ organisation }: Joined): Promise<void> {
  expect(await stage.client.revokeRefreshes()).toBeGreaterThan(0);
  await age(organisation);
}

function supersededIn(organisation: string): Promise<number> {
  return stage.db.prisma.change.count({ where: { organisationId: organisation, state: 'superseded' } });
}
