// Killing at one named step of one scenario, for one kind, and what must be true after another worker has carried on.
import { createId } from '@stockbook/db';
import { expect } from 'vitest';
import { record } from '../../src/outbox.ts';
import { openRun } from '../../src/run.ts';
import type { StepName } from '../../src/step.ts';
import { type Books, openBooks } from './books.ts';
import { findProblems, findSecrets } from './invariants.ts';
import { type Met, type ProcessFate, playInProcess } from './killed-process.ts';
import type { Kind } from './kinds.ts';
import { createSteppedClock, live, type MortalDb, type SteppedClock } from './mortal.ts';
import { play, type Scenario } from './scenarios.ts';
import type { Joined, Stage } from './stage.ts';

export interface Ground {
  stage: Stage;
  clock: SteppedClock;
  joined: Joined;
  /** Its parents are in Xero. */
  books: Books;
  dying: MortalDb;
  living: MortalDb;
  /** What the workers of this process logged. */
  said: string[];
}

/** I5: another carries on within sixty seconds of a death, the last ten of which may go by until it looks. */
export const restMs = 60_000 - 10_000;
const startMs = Date.UTC(2027, 1, 13, 9, 0, 0);

/** A fresh organisation with two records of each kind that wait. */
export async function prepareGround(stage: Stage, dying: MortalDb, living: MortalDb): Promise<Ground> {
  await stage.client.reset();
  await stage.setClock(startMs);
  const joined = await stage.join();
  const books = await openBooks(stage.db, joined.organisation, 2);
  const clock = createSteppedClock(stage, startMs);
  return { stage, clock, joined, books, dying, living, said: [] };
}

/** Records that wait: three to be made, and the two newest that were there already, which were edited. What is judged afterwards are the newest of the kind. */
export async function leaveWork(ground: Ground, kind: Kind): Promise<void> {
  const { stage, joined, books } = ground;
  const known = books.entries.filter((entry) => entry.kind === kind).slice(-2);
  await stage.db.write(joined.organisation, async (tx) => {
    for (const entry of known) {
      entry.version += 1;
      await kind.entity.apply(tx, [kind.make(entry.id, entry.n, entry.version, books.parents)]);
      record(tx, { entity: kind.entity.name, id: entry.id });
    }
    for (let more = 0; more < 3; more += 1) {
      const n = books.entries.length;
      const entry = { kind, id: createId(), n, version: 1, excluded: false };
      await kind.entity.apply(tx, [kind.make(entry.id, n, 1, books.parents)]);
      record(tx, { entity: kind.entity.name, id: entry.id });
      books.entries.push(entry);
    }
  });
}

/** A worker comes and dies at `name`, or nowhere; true when it died. */
export async function comeAndDie(
  ground: Ground,
  kind: Kind,
  scenario: Scenario,
  name?: StepName,
  heard?: (name: StepName, entity: string | undefined) => void,
): Promise<boolean> {
  const { stage, clock, dying } = ground;
  await leaveScene(ground, kind, scenario);
  dying.revive();
  const said = (line: string) => void ground.said.push(line);
  return play(dying, { stage, clock, scenario, entity: kind.entity.name, name, heard, said });
}

/** The same with a worker that is a process of its own. */
export async function comeAsProcess(
  ground: Ground,
  kind: Kind,
  scenario: Scenario,
  name: StepName,
  fate: ProcessFate,
): Promise<Met> {
  const { stage, clock } = ground;
  await leaveScene(ground, kind, scenario);
  const nowMs = await clock.now();
  const met = await playInProcess(stage, { scenario, entity: kind.entity.name, name, fate, nowMs });
  await clock.until((await stage.db.now()).getTime(), new AbortController().signal);
  return met;
}

async function leaveScene(ground: Ground, kind: Kind, scenario: Scenario): Promise<void> {
  const { stage, joined } = ground;
  await leaveWork(ground, kind);
  await scenario.before?.(stage, joined.organisation);
  const opened = await openRun(stage.db, joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  expect(opened.kind).toBe('opened');
}

/** Another worker comes when the lease has lapsed, and all is well in the end; of the kind alone, since the others rest. */
export async function carryOn(ground: Ground, scenario: Scenario, kind: Kind): Promise<void> {
  const { stage, clock, joined, living } = ground;
  const entries = ground.books.entries.filter((entry) => entry.kind === kind).slice(-12);
  const books = { ...ground.books, entries };
  const afterId = (await stage.client.calls({ path: '/' })).at(-9)?.id ?? 0;
  if (scenario.losesPermission) await reconnect(ground);
  const said = (line: string) => void ground.said.push(line);
  // With the production lease times nobody waits longer; what was parked for a limit does.
  await clock.step(scenario.awayMs ?? (scenario.leaseMs === undefined ? restMs : scenario.leaseMs + 1_000));
  await live(living, { stage, clock, said });
  const parked = await stage.db.prisma.run.count({
    where: { organisationId: joined.organisation, state: 'parked' },
  });
  if (parked > 0) {
    await clock.step(11 * 60_000);
    await live(living, { stage, clock });
  }
  const active = await stage.db.prisma.run.count({
    where: { organisationId: joined.organisation, endedAt: null },
  });
  expect(active).toBe(0);
  // No person was needed: neither the one who died nor the one who carried on took the connection away.
  expect(await connectionOf(ground)).toEqual({ state: 'connected', problem: null });
  expect(await findProblems(stage, joined, books, afterId)).toEqual([]);
}

/** A person does it, where the permission was gone. */
async function reconnect({ stage, joined }: Ground): Promise<void> {
  await stage.owner.query(
    `UPDATE connection SET state = 'connected', problem = NULL WHERE organisation_id = $1`,
    [joined.organisation],
  );
}

async function connectionOf({ stage, joined }: Ground) {
  return stage.db.prisma.connection.findUnique({
    where: { organisationId: joined.organisation },
    select: { state: true, problem: true },
  });
}

/** I7, once for all that happened on this ground. */
export function findTold({ stage, joined, said }: Ground): Promise<string[]> {
  return findSecrets(stage, joined, said);
}
