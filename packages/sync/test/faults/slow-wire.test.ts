// The wire delays or falls silent: Xero answers when nobody waits any more, and PostgreSQL when the lease has lapsed, or never; every document is in Xero exactly once.
import { createDb, createId, type Db } from '@stockbook/db';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { connectionApi } from '../../src/connection.ts';
import { createEngine, type Engine } from '../../src/engine.ts';
import { entities } from '../../src/entities/index.ts';
import { leaseTimes } from '../../src/lease.ts';
import { pauseConnection } from '../../src/pause.ts';
import type { StepName, Stepping } from '../../src/step.ts';
import { access } from '../world.ts';
import { kindOf } from './batch.ts';
import type { Ground } from './kill-points.ts';
import { kinds } from './kinds.ts';
import { live, type MortalDb } from './mortal.ts';
import type { WireProxy } from './proxy.ts';
import type { Stage } from './stage.ts';
import { expectOnce, openWires, openWork, type Wires } from './wires.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const callMs = 1_000;
/** Each with every kind by night, with one of them else. */
const callMethods = Array.from({ length: nightly ? kinds.length : 1 }, () => ['PUT', 'POST', 'GET']).flat();
/** Of a worker on the real clock: a lease as short as can be, and a wire that takes longer for one statement and its answer. */
const lease = { leaseMs: 1_000, heartbeatMs: 250 };
const delayMs = 700;
/** When a silent server counts as lost, and when the server ends a transaction of which it hears no more. */
const silence = { silentMs: 700, idleInTransactionMs: 700 };

let wires: Wires;
let stage: Stage;
let living: MortalDb;
let ground: Ground;
let xero: WireProxy;
let postgres: WireProxy;
beforeAll(async () => {
  wires = await openWires();
  ({ stage, living, ground, xero, postgres } = wires);
});
afterAll(() => wires.close());

it.each([
  ['an answer that comes when the call has taken as long as it may: the work is done', 'answer'],
  ['a request that is not there when the call has taken as long as it may: nothing is done', 'request'],
] as const)('to Xero: %s', { timeout: 600_000 }, async (_title, way) => {
  for (const [n, method] of callMethods.entries()) {
    const kind = kindOf(n + (way === 'answer' ? 0 : 1) + Math.floor(n / 3));
    await openWork(ground, kind);
    const afterId = (await stage.client.calls()).at(-1)?.id ?? 0;
    const spoilt = xero.spoil({ way, how: 'late', lateMs: 2 * callMs, where: `${method} /api.xro` });
    await live(living, { stage: wires.broken, clock: ground.clock, callMs });
    spoilt.forget();
    await ground.clock.step(leaseTimes.leaseMs + 1_000);
    await live(living, { stage, clock: ground.clock });
    const what = `${method} ${kind.entity.name}`;
    expect(spoilt.isMet(), what).toBe(true);
    const calls = await stage.client.calls({ afterId, method });
    // What was made and not heard of goes again, under its key.
    if (method === 'PUT' && way === 'answer') expect(calls.length, what).toBeGreaterThan(1);
    expect(calls.length, what).toBeGreaterThan(0);
    await expectOnce(ground, kind);
  }
});

/** A worker on the real clock. */
function createWorker(db: Db, step: Stepping): Engine {
  return createEngine({
    ...{ db, owner: `worker ${createId()}`, step, lookMs: 100, ...lease },
    entities: entities.map((entity) => ({ ...entity, batchMax: 2 })),
    pause: (organisation, problem) => pauseConnection(db, organisation, problem),
    log: { info: () => undefined, error: () => undefined },
    xero: (organisation, leaseToken) =>
      connectionApi(db, organisation, stage.oauth, access.secret, { step, leaseToken }),
  });
}

const steps: readonly StepName[] = ['claim after', 'intent after', 'send after', 'verdict before'];
const cases = Array.from({ length: nightly ? steps.length * kinds.length : steps.length }, (_, n) => n);
it(`to PostgreSQL: a statement is slower than the lease’s renewal, ${cases.length} times: another worker takes the run, and the slow one writes nothing more`, {
  timeout: 1_200_000,
}, async () => {
  await stage.setClock(await ground.clock.now(), 1);
  const run = { organisationId: ground.joined.organisation, endedAt: null };
  for (const n of cases) {
    const kind = kindOf(n + Math.floor(n / kinds.length));
    const name = steps[n % steps.length];
    await openWork(ground, kind);
    const slowDb = createDb(postgres.url(stage.database.url));
    let isSlow = false;
    const slow = createWorker(slowDb, async (at, entity) => {
      if (at !== name || entity !== kind.entity.name) return;
      postgres.delay(delayMs);
      isSlow = true;
    });
    const looked = slow.look();
    await vi.waitUntil(() => isSlow, { timeout: 60_000, interval: 5 });
    let taken = 0;
    const other = createWorker(stage.db, async (at) => {
      if (at === 'begin after') taken += 1;
    });
    const ended = async () => {
      await other.look();
      return (await stage.db.prisma.run.count({ where: run })) === 0;
    };
    await vi.waitUntil(ended, { timeout: 120_000, interval: 50 });
    postgres.delay(0);
    await looked;
    await Promise.all([slow.stop(), other.stop()]);
    await slowDb.close();
    expect(taken, `${name}, ${kind.entity.name}`).toBeGreaterThan(0);
    await expectOnce(ground, kind);
  }
});

/** After a call is begun, and with a verdict written but not committed, where it is not by night. */
const silences = nightly ? cases : [1, 3];
it(`to PostgreSQL: it falls silent in mid-run, ${silences.length} times: the worker waits for it no longer, and carries the run on by itself when it is heard again`, {
  timeout: 300_000,
}, async () => {
  await stage.setClock(await ground.clock.now(), 1);
  const run = { organisationId: ground.joined.organisation, endedAt: null };
  for (const n of silences) {
    const kind = kindOf(n + 1 + Math.floor(n / kinds.length));
    const name = steps[n % steps.length];
    await openWork(ground, kind);
    const db = createDb(postgres.url(stage.database.url), silence);
    let isMet = false;
    const worker = createWorker(db, async (at, entity) => {
      if (isMet || at !== name || entity !== kind.entity.name) return;
      isMet = true;
      postgres.silence(true);
    });
    await expect(worker.look()).rejects.toThrow();
    expect(isMet, `${name}, ${kind.entity.name}`).toBe(true);
    postgres.silence(false);
    const ended = async () => {
      // The connections of the silence are still to be found out.
      await worker.look().catch(() => undefined);
      return (await stage.db.prisma.run.count({ where: run })) === 0;
    };
    await vi.waitUntil(ended, { timeout: 120_000, interval: 50 });
    await worker.stop();
    await db.close();
    await expectOnce(ground, kind);
  }
});
