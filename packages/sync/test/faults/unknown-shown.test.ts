// I4: an outcome that nobody knows is shown as unknown, from the moment it is so until it is known, whatever happens meanwhile.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askRun } from '../../src/ask.ts';
import { record } from '../../src/outbox.ts';
import {
  ask,
  closeGround,
  expectSound,
  finish,
  kindOf,
  lastCallOf,
  openGround,
  writeBatch,
} from './batch.ts';
import type { Entry } from './books.ts';
import type { Ground } from './kill-points.ts';
import { live } from './mortal.ts';

const timeout = 600_000;
const leaseMs = 15 * 60_000;
/** Longer than the lease, and longer than Xero remembers a key. */
const soonMs = 46_000;
const lateMs = 7 * 60_000;

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => closeGround(ground));

async function shownOf(entries: readonly Entry[]): Promise<string[]> {
  const where = { id: { in: entries.map(({ id }) => id) } };
  const rows = await ground.stage.db.prisma.record.findMany({ where });
  return [...new Set(rows.map(({ syncState }) => syncState))];
}

async function exportOf([entry]: readonly Entry[]) {
  const { db } = ground.stage;
  const change = await db.prisma.change.findFirstOrThrow({ where: { recordId: entry?.id ?? '' } });
  return db.prisma.export.findFirstOrThrow({ where: { id: change.exportId ?? '' } });
}

/** A batch whose worker dies at `name`. */
async function leaveDead(name: 'send before' | 'send after' | 'claim after'): Promise<Entry[]> {
  const kind = kindOf(0);
  const entries = await writeBatch(ground, kind, 3);
  await ask(ground);
  ground.dying.revive();
  const { stage, clock, dying } = ground;
  expect(await live(dying, { stage, clock, diesAt: { name, entity: kind.entity.name } })).toBe(true);
  return entries;
}

it('a run that is stopped while nobody carries it shows what it left under way as unknown', {
  timeout,
}, async () => {
  const { stage, clock, joined } = ground;
  const afterId = await lastCallOf(stage);
  const entries = await leaveDead('send after');
  expect(await shownOf(entries)).toEqual(['sending']);
  await clock.step(soonMs);
  const { runId, id } = await exportOf(entries);
  expect(await askRun(stage.db, joined.organisation, 'Ann', runId, 'stop')).toMatchObject({ kind: 'asked' });
  expect(await stage.db.prisma.run.findFirst({ where: { id: runId } })).toMatchObject({ state: 'stopped' });
  expect(await shownOf(entries)).toEqual(['checking']);
  expect(await stage.db.prisma.attempt.findMany({ where: { exportId: id } })).toMatchObject([
    {
      outcome: 'unknown-outcome',
      message: 'The worker ended before an answer came',
      endedAt: expect.any(Date),
    },
  ]);
  await ask(ground);
  await finish(ground, { leaseMs });
  expect(await shownOf(entries)).toEqual(['completed']);
  await expectSound(ground, entries, afterId);
});

it('a text that another version froze is looked for, and shown as being looked for', {
  timeout,
}, async () => {
  const { stage, clock } = ground;
  const afterId = await lastCallOf(stage);
  const entries = await leaveDead('claim after');
  const { id } = await exportOf(entries);
  // As a 429 leaves an export: sent, and certainly not carried out.
  await stage.owner.query(
    `UPDATE export SET hash = 'another', state = 'retrying', first_sent_at = stockbook_now() WHERE id = $1`,
    [id],
  );
  await clock.step(soonMs);
  const shown: string[][] = [];
  await finish(ground, {
    leaseMs,
    took: async (name) => {
      if (name === 'look again after') shown.push(await shownOf(entries));
    },
  });
  expect(shown).toEqual([['checking']]);
  await expectSound(ground, entries, afterId);
});

it('a worker that takes over between two looks waits as long as the one before it would have', {
  timeout,
}, async () => {
  const { stage, clock, dying } = ground;
  const afterId = await lastCallOf(stage);
  const entries = await leaveDead('send before');
  const { id } = await exportOf(entries);
  await clock.step(lateMs);
  dying.revive();
  const diesAt = { name: 'look again after', entity: kindOf(0).entity.name } as const;
  expect(await live(dying, { stage, clock, diesAt, leaseMs: 3_000 })).toBe(true);
  await clock.step(3_500);
  await finish(ground, { leaseMs });
  const looks = await stage.db.prisma.attempt.findMany({
    where: { exportId: id, kind: 'look' },
    orderBy: { startedAt: 'asc' },
  });
  expect(looks).toHaveLength(2);
  const [first, second] = looks.map(({ startedAt }) => startedAt.getTime());
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(10_000);
  await expectSound(ground, entries, afterId);
});

it('a record that is edited while its outcome is unknown is shown as unknown, and then as waiting', {
  timeout,
}, async () => {
  const { stage, joined, books } = ground;
  const afterId = await lastCallOf(stage);
  const kind = kindOf(0);
  const entries = await writeBatch(ground, kind, 1);
  const shown: string[][] = [];
  await ask(ground);
  await finish(ground, {
    leaseMs,
    calls: [{ fault: 'reset after' }],
    took: async (name) => {
      if (name === 'retry after')
        await stage.db.write(joined.organisation, async (tx) => {
          for (const entry of entries) {
            entry.version += 1;
            await kind.entity.apply(tx, [kind.make(entry.id, entry.n, entry.version, books.parents)]);
            record(tx, { entity: kind.entity.name, id: entry.id });
          }
        });
      if (name === 'retry after' || name === 'verdict after') shown.push(await shownOf(entries));
    },
  });
  expect(shown.slice(0, 2)).toEqual([['checking'], ['pending']]);
  await ask(ground);
  await finish(ground, { leaseMs });
  expect(await shownOf(entries)).toEqual(['completed']);
  await expectSound(ground, entries, afterId);
});
