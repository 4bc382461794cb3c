// F4, F5, F26: the wire to Xero and to PostgreSQL breaks at any byte and at any COMMIT, and every document is in Xero exactly once.
import { createDb } from '@stockbook/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaseTimes } from '../../src/lease.ts';
import { kindOf } from './batch.ts';
import type { Ground } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { createMortalDb, live, type MortalDb } from './mortal.ts';
import type { Spoil, Spoilt, WireProxy } from './proxy.ts';
import type { Stage } from './stage.ts';
import { expectOnce, openWires, openWork, type Wires } from './wires.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const percents = Array.from({ length: 101 }, (_, percent) => percent).filter(
  (percent) => nightly || percent % 20 === 0,
);

let wires: Wires;
let stage: Stage;
let broken: Stage;
let living: MortalDb;
let ground: Ground;
let xero: WireProxy;
let postgres: WireProxy;
beforeAll(async () => {
  wires = await openWires();
  ({ stage, broken, living, ground, xero, postgres } = wires);
});
afterAll(() => wires.close());

/** Another worker carries on when the lease has lapsed. */
async function expectCarriedOn(kind: Kind): Promise<void> {
  await ground.clock.step(leaseTimes.leaseMs + 1_000);
  await live(living, { stage, clock: ground.clock });
  await expectOnce(ground, kind);
}

/** A worker on a database whose wire is spoilt; its connections are new, so that they carry the text of every statement. */
async function liveThrough(spoil: Spoil): Promise<Spoilt> {
  const through = createMortalDb(postgres.url(stage.database.url));
  const spoilt = postgres.spoil(spoil);
  await live(through, { stage, clock: ground.clock }).catch(() => undefined);
  spoilt.forget();
  await through.db.close();
  return spoilt;
}

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('%s', (_name, kind) => {
  const ways = [
    ['F4: an answer', 'answer'],
    ['F5: a request', 'request'],
  ] as const;
  const methods = ['PUT', 'POST'] as const;
  /** The ordinary run breaks what is new and what is updated by turns. */
  const ends = ['cut', 'reset'] as const;
  it.each(ways.flatMap(([title, way]) => methods.map((method) => [title, method, way] as const)))(
    '%s of a %s that breaks off after any share of it: unknown, and once',
    { timeout: 600_000, meta: { runs: (nightly ? 2 : 1) * percents.length } },
    async (_title, method, way) => {
      for (const [place, percent] of percents.entries())
        for (const how of ends.filter(
          (_, index) => nightly || (place + index) % 2 === (method === 'PUT' ? 0 : 1),
        )) {
          await openWork(ground, kind);
          const newest = ground.books.entries.filter((entry) => entry.kind === kind).slice(-5);
          // What is new is made, what was there before is updated.
          const isNew = method === 'PUT';
          const ids = newest.filter(({ version }) => (version === 1) === isNew).map(({ id }) => id);
          const shown = new Set<string>();
          const spoilt = xero.spoil({ way, how, share: percent / 100, where: `${method} /api.xro` });
          await live(living, {
            ...{ stage: broken, clock: ground.clock },
            took: async (name) => {
              if (name !== 'retry after') return;
              for (const { syncState } of await stage.db.prisma.record.findMany({
                where: { id: { in: ids } },
              }))
                shown.add(syncState);
            },
          });
          spoilt.forget();
          const what = `${how} after ${percent} %`;
          expect(spoilt.isMet(), what).toBe(true);
          // An answer that is there as a whole was heard.
          const isHeard = way === 'answer' && percent === 100 && shown.size === 0;
          expect([...shown], what).toEqual(isHeard ? [] : ['checking']);
          await expectCarriedOn(kind).catch((error: unknown) => {
            throw new Error(`${what}: ${String(error)}`);
          });
        }
    },
  );
});

describe('the wire to PostgreSQL', () => {
  const rounds = nightly ? 500 : 50;
  // The COMMIT itself does not arrive; or of its answer nothing does, or half of it.
  const breaks = [
    { way: 'request', share: 0.7 },
    { way: 'answer', share: 0 },
    { way: 'answer', share: 0.5 },
  ] as const;
  it(`F26: is cut around each COMMIT of a batch’s life in turn, ${rounds} times`, {
    timeout: 3_600_000,
    meta: { runs: rounds },
  }, async () => {
    let commitCount = Number.POSITIVE_INFINITY;
    for (const kind of kinds) {
      await openWork(ground, kind);
      const none = { way: 'answer', how: 'late', lateMs: 0, where: 'COMMIT', skip: 1_000 } as const;
      commitCount = Math.min(commitCount, (await liveThrough(none)).seen());
      await expectCarriedOn(kind);
    }
    console.log(`F26: ${commitCount} COMMITs to a batch’s life`);
    expect(commitCount).toBeGreaterThan(5);
    for (let round = 0; round < rounds; round += 1) {
      // Turn after turn through the COMMITs, each turn with other kinds and another break of each.
      const turn = Math.floor(round / commitCount);
      const kind = kindOf(round + turn);
      const at = breaks[(round + turn) % breaks.length] ?? breaks[0];
      const skip = round % commitCount;
      await openWork(ground, kind);
      const spoilt = await liveThrough({ ...at, how: 'reset', where: 'COMMIT', skip });
      const what = `${kind.entity.name}, COMMIT ${skip + 1}, ${JSON.stringify(at)}`;
      expect(spoilt.isMet(), what).toBe(true);
      await expectCarriedOn(kind).catch((error: unknown) => {
        throw new Error(`${what}: ${String(error)}`);
      });
    }
  });

  /** What is written on the way out, in its order; each is known by its words. */
  const statements = [
    'lease_token = lease_token + 1',
    'INSERT INTO run_total',
    'INSERT INTO export',
    'INSERT INTO attempt',
    'UPDATE attempt SET ended_at',
    'INSERT INTO mapping',
    'hindrance = NULL, ended_at',
    'lease_owner = NULL',
  ];
  const cuts = [
    { way: 'request', how: 'cut', share: 0 },
    { way: 'answer', how: 'reset', share: 0 },
    { way: 'request', how: 'reset', share: 0.5 },
    { way: 'answer', how: 'cut', share: 0.5 },
    { way: 'request', how: 'cut', share: 1 },
    { way: 'answer', how: 'reset', share: 1 },
  ] as const;
  const some = nightly ? cuts.length : 2;
  it(`is cut after some bytes of each of ${statements.length} statements and of its answer, ${some} ways`, {
    timeout: 3_600_000,
    meta: { runs: some * statements.length },
  }, async () => {
    for (const [place, where] of statements.entries())
      for (let turn = 0; turn < some; turn += 1) {
        const kind = kindOf(place + turn);
        const at = cuts[(some * place + turn) % cuts.length] ?? cuts[0];
        await openWork(ground, kind);
        const spoilt = await liveThrough({ ...at, where });
        const what = `${kind.entity.name}, ${where}, ${JSON.stringify(at)}`;
        expect(spoilt.isMet(), what).toBe(true);
        await expectCarriedOn(kind).catch((error: unknown) => {
          throw new Error(`${what}: ${String(error)}`);
        });
      }
  });

  it('is gone for all at once, as when PostgreSQL stops (the wire’s part of F25), and comes back', {
    timeout: 120_000,
  }, async () => {
    const [kind] = kinds;
    if (kind === undefined) throw new Error('the registry sends nothing');
    const db = createDb(postgres.url(stage.database.url));
    for (const name of ['claim after', 'intent before', 'send after', 'verdict before'] as const) {
      await openWork(ground, kind);
      const through: MortalDb = { db, die: () => postgres.cutAll(), revive: () => undefined };
      const at = { name, entity: kind.entity.name };
      await live(through, { stage, clock: ground.clock, diesAt: at });
      await expectCarriedOn(kind);
    }
    await db.close();
  });
});
