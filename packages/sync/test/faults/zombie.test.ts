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
  await sleeping;
  expect(await readAll(organisation)).toEqual(before);
  expect(await findProblems(stage, joined, books)).toEqual([]);
}

async function readAll(organisation: string): Promise<unknown[]> {
  const where = { organisationId: organisation };
  const changes = await stage.db.prisma.change.findMany({ where, orderBy: { number: 'asc' } });
  const mappings = await stage.db.prisma.mapping.findMany({ where, orderBy: { recordId: 'asc' } });
  return [changes, mappings];
}

describe.each(kinds.map((kind) => [kind.entity.name, kind] as const))('F2: %s', (name, kind) => {
  it('a worker that slept past its lease completes nothing', {
    timeout: nightly ? 600_000 : 120_000,
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
            throw new Error(`asleep at '${step}' for ${sleepMs} ms: ${String(error)}`);
          });
          count += 1;
        }
    console.log(`F2 ${name}: ${count} sleepers, 0 stale completions`);
  });
});
