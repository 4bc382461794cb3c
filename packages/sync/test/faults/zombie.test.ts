// F2: a worker sleeps at a step for longer than its lease, and wakes when another has carried on: nothing that it still does counts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRun } from '../../src/run.ts';
import type { StepName } from '../../src/step.ts';
import { edit } from './books.ts';
import { findProblems } from './invariants.ts';
import { type Ground, leaveWork, prepareGround } from './kill-points.ts';
import { kinds } from './kinds.ts';
import { createMortalDb, live, type MortalDb } from './mortal.ts';
import { openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
/** Longer than the lease, and longer than Xero remembers a key. */
const sleepsMs = [46_000, 7 * 60_000];
const steps: readonly StepName[] = [
  'begin after',
  'claim after',
  'intent after',
  'send after',
  'verdict after',
];
const rounds = nightly ? 5 : 1;

let stage: Stage;
let sleeper: MortalDb;
let other: MortalDb;
beforeAll(async () => {
  stage = await openStage();
  sleeper = createMortalDb(stage.database.url);
  other = createMortalDb(stage.database.url);
});
afterAll(async () => {
  await Promise.all([sleeper.db.close(), other.db.close()]);
  await stage.close();
});

/** Sleeps at `name`, while the other finishes the run and sends what was written meanwhile. */
async function sleepAt(ground: Ground, entity: string, name: StepName, sleepMs: number): Promise<void> {
  const { clock, joined, books } = ground;
  const { organisation } = joined;
  let wake = () => {};
  const woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  let slept = () => {};
  const asleep = new Promise<void>((resolve) => {
    slept = resolve;
  });
  const sleeping = live(sleeper, {
    ...{ stage, clock, batchMax: 2 },
    // What it wakes with is a lost answer: it would open what the other has settled.
    calls: name === 'send after' ? [{ fault: 'reset after' }] : [],
    took: async (step, of) => {
      if (step !== name || (of !== undefined && of !== entity)) return;
      slept();
      await woken;
    },
  });
  await Promise.race([asleep, sleeping.then(() => Promise.reject(new Error('it never came to the step')))]);
  await clock.step(sleepMs);
  await live(other, { stage, clock });
  // What is in the ledger by now is edited once more, so that a late sending of what was before would be seen.
  const known = books.entries.findIndex((entry) => entry.kind.entity.name === entity);
  await edit(stage.db, organisation, books, known);
  await openRun(stage.db, organisation, { kind: 'manual', startedBy: 'Ann' });
  await live(other, { stage, clock });
  const before = await readAll(organisation);
  wake();
  await untilRefused(sleeping, organisation, before);
  expect(await findProblems(stage, joined, books)).toEqual([]);
}

/** Looks on while whoever woke goes on: what it writes is seen at once, also of one that would never come to an end. */
async function untilRefused(
  sleeping: Promise<unknown>,
  organisation: string,
  before: ReadonlyMap<string, string>,
): Promise<void> {
  let ended = false;
  const watched = sleeping.finally(() => {
    ended = true;
  });
  watched.catch(() => undefined);
  do {
    await Promise.race([watched, new Promise((resolve) => setTimeout(resolve, 20))]);
    const after = await readAll(organisation);
    const written = [...after].filter(([table, rows]) => rows !== before.get(table));
    expect(
      written.map(([table]) => table),
      'written by whoever had lost the lease',
    ).toEqual([]);
  } while (!ended);
  await watched;
}

/** All that the holder of a lease writes, by table. */
async function readAll(organisation: string): Promise<Map<string, string>> {
  const read = async (table: string): Promise<[string, string]> => {
    const { rows } = await stage.owner.query<{ all: string }>(
      `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS all FROM ${table} t WHERE organisation_id = $1`,
      [organisation],
    );
    return [table, rows[0]?.all ?? ''];
  };
  const tables = ['change', 'mapping', 'record', 'run', 'run_total', 'attempt', 'export', 'event'];
  return new Map(await Promise.all(tables.map(read)));
}

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('F2: %s', (name, kind) => {
  it('a worker that slept past its lease completes nothing', {
    timeout: nightly ? 600_000 : 120_000,
    meta: { runs: rounds * sleepsMs.length * steps.length },
  }, async () => {
    const ground = await prepareGround(stage, sleeper, other);
    let count = 0;
    await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
    await live(other, { stage, clock: ground.clock });
    for (let round = 0; round < rounds; round += 1)
      for (const sleepMs of sleepsMs)
        for (const step of steps) {
          await leaveWork(ground, kind);
          await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
          await sleepAt(ground, name, step, sleepMs).catch((error: unknown) => {
            throw new Error(
              `asleep at '${step}' for ${sleepMs} ms, after ${count + 1} schedules: ${String(error)}`,
            );
          });
          count += 1;
        }
    console.log(`F2 ${name}: ${count} sleepers, 0 stale completions`);
  });
});
