// F1 and F2 with worker processes of their own: killed with SIGKILL, thrown at, and stopped with SIGSTOP for longer than the lease, which lasts as in production.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRun } from '../../src/run.ts';
import type { StepName } from '../../src/step.ts';
import { access } from '../world.ts';
import { findProblems } from './invariants.ts';
import { type Ground, leaveWork, prepareGround, restMs } from './kill-points.ts';
import { type Kind, kinds } from './kinds.ts';
import { createMortalDb, createSteppedClock, live, type MortalDb } from './mortal.ts';
import { openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const program = fileURLToPath(new URL('./child.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../dist/step.js', import.meta.url));

/** Every step of a run that makes something new; the ordinary run spreads them over the kinds, and kill-points has all the others by night. */
const steps = (
  ['begin', 'resume', 'mark', 'claim', 'freeze', 'intent', 'send', 'verdict', 'end', 'release'] as const
).flatMap((act): StepName[] => [`${act} before`, `${act} after`]);
const points = steps.flatMap((name, index) =>
  kinds.map((kind, place) => ({ name, kind, turn: (index + place) % kinds.length })),
);
/** Inside a transaction, too: there the others wait until the database lets go of the sleeper. The ordinary run takes each step once; 200 are wanted by night. */
const sleeps = nightly
  ? Array.from({ length: Math.ceil(200 / points.length) }, () => points).flat()
  : points.filter(({ turn }) => turn === 0);

let stage: Stage;
let living: MortalDb;
let ground: Ground;
const children: ChildProcess[] = [];
beforeAll(async () => {
  if (!existsSync(built)) throw new Error('Worker processes run what is built: npx turbo run build');
  stage = await openStage();
  living = createMortalDb(stage.database.url);
  ground = await prepareGround(stage, living, living);
  await live(living, { stage, clock: ground.clock });
  const startedMs = await ground.clock.now();
  await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  await live(living, { stage, clock: ground.clock });
  ground.clock = createSteppedClock(stage, startedMs);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await living.db.close();
  await stage.close();
});

/** A process that meets its step; `said` grows as it speaks. */
function start(name: StepName, kind: Kind, fate: 'SIGKILL' | 'SIGSTOP' | 'throw') {
  const told = {
    ...{ url: stage.database.url, sandboxUrl: stage.sandbox.url, secret: access.secret.toString('hex') },
    ...{ at: name, entity: kind.entity.name, fate },
  };
  const env = {
    ...{ PATH: process.env.PATH, CHILD: JSON.stringify(told) },
    ...(nightly && { STOCKBOOK_NIGHTLY: '1' }),
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], { env });
  children.push(child);
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said.text += String(piece);
    });
  return { child, said, closed: once(child, 'close') };
}

/** The calls up to here were judged before. */
let judged = 0;

async function openWork(kind: Kind): Promise<void> {
  judged = (await stage.client.calls({ afterId: judged })).at(-1)?.id ?? judged;
  await leaveWork(ground, kind);
  await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
  // Time runs as it does outside while the process works.
  await stage.setClock(await ground.clock.now(), 1);
}

async function carryOn(kind: Kind): Promise<void> {
  const { clock, joined, books } = ground;
  await clock.until((await stage.db.now()).getTime(), new AbortController().signal);
  await clock.step(restMs);
  await live(living, { stage, clock });
  const entries = books.entries.filter((entry) => entry.kind === kind).slice(-8);
  expect(await findProblems(stage, joined, { ...books, entries }, judged)).toEqual([]);
}

describe('worker processes', () => {
  it.each(points.filter(({ turn }) => nightly || turn % 2 === 0))(
    'F1: SIGKILL at $name of $kind.entity.name: with the production lease times another carries on within 60 s',
    async ({ name, kind }) => {
      await openWork(kind);
      const { said, closed } = start(name, kind, 'SIGKILL');
      expect([await closed, said.text]).toEqual([[null, 'SIGKILL'], 'met\n']);
      await carryOn(kind);
    },
  );

  it.each(points.filter(({ turn }) => nightly || turn === 1))(
    'F1: an error thrown at $name of $kind.entity.name ends neither the process nor its work',
    async ({ name, kind }) => {
      await openWork(kind);
      const { said, closed } = start(name, kind, 'throw');
      expect([await closed, said.text]).toEqual([
        [0, null],
        expect.stringMatching(/^met\n(A run broke off.*\n)?ended\n$/),
      ]);
      await carryOn(kind);
    },
  );

  it.each(sleeps)(
    'F2: SIGSTOP at $name of $kind.entity.name for longer than the lease: what it does when it wakes counts for nothing',
    { timeout: 180_000 },
    async ({ name, kind }) => {
      await openWork(kind);
      const { child, said, closed } = start(name, kind, 'SIGSTOP');
      await expect.poll(() => said.text, { timeout: 30_000 }).toBe('met\n');
      await carryOn(kind);
      const before = await readAll();
      child.kill('SIGCONT');
      await closed;
      expect(said.text).toMatch(/^met\n(The lease of .* was lost|ended|A run broke off)/);
      expect(await readAll()).toEqual(before);
      await carryOn(kind);
    },
  );
});

async function readAll(): Promise<unknown[]> {
  const where = { organisationId: ground.joined.organisation };
  const changes = await stage.db.prisma.change.findMany({ where, orderBy: { number: 'asc' } });
  return [changes, await stage.db.prisma.mapping.findMany({ where, orderBy: { recordId: 'asc' } })];
}
