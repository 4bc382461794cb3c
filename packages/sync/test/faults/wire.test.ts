// F4, F5, F26: the wire to Xero and to PostgreSQL breaks at any byte, and every document is in Xero exactly once.
import { createDb } from '@stockbook/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaseTimes } from '../../src/lease.ts';
import { openRun } from '../../src/run.ts';
import { findProblems } from './invariants.ts';
import { type Ground, leaveWork, prepareGround } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { createMortalDb, live, type MortalDb } from './mortal.ts';
import { createProxy, type Spoil, type WireProxy } from './proxy.ts';
import { oauthOf, openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const shares = Array.from({ length: 101 }, (_, share) => share).filter(
  (share) => nightly || share % 20 === 0,
);

let stage: Stage;
let broken: Stage;
let living: MortalDb;
let ground: Ground;
let xero: WireProxy;
let postgres: WireProxy;
beforeAll(async () => {
  stage = await openStage();
  const { hostname: host, port } = new URL(stage.database.url);
  xero = await createProxy({ host: '127.0.0.1', port: stage.sandbox.port });
  postgres = await createProxy({ host, port: Number(port) });
  broken = { ...stage, oauth: oauthOf(xero.url(stage.sandbox.url)) };
  living = createMortalDb(stage.database.url);
  ground = await prepareGround(stage, living, living);
  await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  await live(living, { stage, clock: ground.clock });
});
afterAll(async () => {
  await living.db.close();
  await Promise.all([xero.close(), postgres.close()]);
  await stage.close();
});

async function openWork(kind: Kind): Promise<void> {
  await leaveWork(ground, kind);
  await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
}

async function expectOnce(kind: Kind): Promise<void> {
  const { clock, joined, books } = ground;
  await clock.step(leaseTimes.leaseMs + 1_000);
  await live(living, { stage, clock });
  const entries = books.entries.filter((entry) => entry.kind === kind).slice(-8);
  expect(await findProblems(stage, joined, { ...books, entries })).toEqual([]);
}

/** How many bytes a call of this kind takes each way. */
async function measure(kind: Kind): Promise<{ request: number; answer: number }> {
  await openWork(kind);
  const afterId = (await stage.client.calls()).at(-1)?.id ?? 0;
  await live(living, { stage, clock: ground.clock });
  const put = (await stage.client.calls({ afterId, method: 'PUT' })).at(0);
  return { request: (put?.requestBytes ?? 0) + 700, answer: (put?.replyBytes ?? 0) + 500 };
}

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('%s', (_name, kind) => {
  const ways = [
    ['F4: an answer', 'answer'],
    ['F5: a request', 'request'],
  ] as const;
  it.each(ways)('%s that breaks off after any share of it', { timeout: 600_000 }, async (_title, way) => {
    const bytes = (await measure(kind))[way];
    for (const share of shares)
      for (const how of ['cut', 'reset'] as const) {
        const spoil: Spoil = {
          way,
          how,
          afterBytes: Math.floor((bytes * share) / 100),
          where: 'PUT /api.xro',
        };
        await openWork(kind);
        const spoilt = xero.spoil(spoil);
        await live(living, { stage: broken, clock: ground.clock });
        spoilt.forget();
        await expectOnce(kind).catch((error: unknown) => {
          throw new Error(`${how} after ${share} %: ${String(error)}`);
        });
      }
  });
});

describe('the wire to PostgreSQL', () => {
  const rounds = nightly ? 500 : 12;
  it(`F26: is cut around a COMMIT, ${rounds} times`, { timeout: 3_600_000 }, async () => {
    const [kind] = kinds;
    if (kind === undefined) throw new Error('the registry sends nothing');
    for (let round = 0; round < rounds; round += 1) {
      await openWork(kind);
      const cutting = createMortalDb(postgres.url(stage.database.url));
      // Of one and the same answer: nothing of it arrives, or all but its last bytes; and the COMMIT itself does not.
      const way = round % 3 === 0 ? ('request' as const) : ('answer' as const);
      const spoilt = postgres.spoil({
        way,
        how: 'reset',
        afterBytes: round % 3 === 1 ? 0 : 8,
        where: 'COMMIT',
      });
      await live(cutting, { stage, clock: ground.clock }).catch(() => undefined);
      spoilt.forget();
      await cutting.db.close();
      await expectOnce(kind);
    }
  });

  it('is gone for all at once, as when PostgreSQL stops (the wire’s part of F25), and comes back', {
    timeout: 120_000,
  }, async () => {
    const [kind] = kinds;
    if (kind === undefined) throw new Error('the registry sends nothing');
    const db = createDb(postgres.url(stage.database.url));
    for (const name of ['claim after', 'intent before', 'send after', 'verdict before'] as const) {
      await openWork(kind);
      const through: MortalDb = { db, die: () => postgres.cutAll(), revive: () => undefined };
      const at = { name, entity: kind.entity.name };
      await live(through, { stage, clock: ground.clock, diesAt: at });
      await expectOnce(kind);
    }
    await db.close();
  });
});
