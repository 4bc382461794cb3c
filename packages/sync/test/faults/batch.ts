// Batches for the fault tests: a few new records of a kind, written as the API writes them, and a sync that is carried to its end.
import { createId } from '@stockbook/db';
import { expect } from 'vitest';
import { record } from '../../src/outbox.ts';
import { openRun } from '../../src/run.ts';
import type { Books, Entry } from './books.ts';
import { findProblems } from './invariants.ts';
import { type Ground, prepareGround } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { createMortalDb, type Life, live } from './mortal.ts';
import { openStage, type Stage } from './stage.ts';

/** A stage with two workers, and the first records of every kind in Xero. */
export async function openGround(given?: Stage): Promise<Ground> {
  const stage = given ?? (await openStage());
  const dying = createMortalDb(stage.database.url);
  const living = createMortalDb(stage.database.url);
  const ground = await prepareGround(stage, dying, living);
  await ask(ground);
  await finish(ground);
  return ground;
}

export async function closeGround({ stage, dying, living }: Ground): Promise<void> {
  await Promise.all([dying.db.close(), living.db.close()]);
  await stage.close();
}

/** The kinds in turn. */
export function kindOf(round: number): Kind {
  const kind = kinds[round % kinds.length];
  if (kind === undefined) throw new Error('The registry sends nothing');
  return kind;
}

/** Writes `count` new records; `change` alters what is made of one before it is written. */
export async function writeBatch(
  { stage, joined, books }: Ground,
  kind: Kind,
  count: number,
  change: (made: { id: string }, index: number) => { id: string } = (made) => made,
): Promise<Entry[]> {
  const from = books.entries.length;
  const entries = Array.from({ length: count }, (_, index): Entry => {
    return { kind, id: createId(), n: from + index, version: 1, excluded: false };
  });
  await stage.db.write(joined.organisation, async (tx) => {
    const made = entries.map(({ id, n }, index) => change(kind.make(id, n, 1, books.parents), index));
    await kind.entity.apply(tx, made);
    for (const { id } of entries) record(tx, { entity: kind.entity.name, id });
  });
  books.entries.push(...entries);
  return entries;
}

/** The next version of each of these. */
export async function editBatch({ stage, joined, books }: Ground, entries: Entry[]): Promise<Entry[]> {
  await stage.db.write(joined.organisation, async (tx) => {
    for (const entry of entries) {
      const { kind, id, n } = entry;
      entry.version += 1;
      await kind.entity.apply(tx, [kind.make(id, n, entry.version, books.parents)]);
      record(tx, { entity: kind.entity.name, id });
    }
  });
  return entries;
}

export async function ask({ stage, joined }: Ground): Promise<void> {
  const opened = await openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  expect(opened.kind).toBe('opened');
}

/** Lets the living worker come again and again, each time when a lease has lapsed, until no run is left. */
export async function finish(ground: Ground, life: Partial<Life> = {}): Promise<void> {
  const { stage, clock, joined, living } = ground;
  const where = { organisationId: joined.organisation, endedAt: null };
  for (let round = 0; round < 200; round += 1) {
    await live(living, { stage, clock, ...life });
    if ((await stage.db.prisma.run.count({ where })) === 0) return;
    await clock.step(60_000);
  }
  throw new Error('I5 the run does not end');
}

/** The invariants, of these records alone. */
export async function expectSound(ground: Ground, entries: Entry[], afterId = 0): Promise<void> {
  const books: Books = { ...ground.books, entries };
  expect(await findProblems(ground.stage, ground.joined, books, afterId)).toEqual([]);
}

export async function lastCallOf(stage: Stage): Promise<number> {
  return (await stage.client.calls({ method: 'PUT' })).at(-1)?.id ?? 0;
}
