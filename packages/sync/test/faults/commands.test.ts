// F34: cancel, pause, edit, exclude, choose while everything is in flight: whatever is commanded, only legal moves are made and nothing is lost or doubled.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, breakWith, type Command, commandsOf, type Tally } from './commands.ts';
import { closePlaces, createPlaces, type Places } from './places.ts';
import { workerCount } from './plan.ts';
import { boundOf, replayLine } from './replay.ts';
import { noteRights } from './rights.ts';
import { beginnings, type Opening, openScene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

const nightly = process.env.STOCKBOOK_NIGHTLY === '1';
const runs = Number(process.env.STOCKBOOK_SCHEDULES ?? (nightly ? 2_000 : 60));
/** The ordinary run holds as many as fit its time, and on a slow machine so many however long they take. */
const least = nightly ? runs : Math.min(8, runs);
const drawMaxMs = nightly || process.env.STOCKBOOK_SCHEDULES !== undefined ? 4 * 3_600_000 : 30_000;
/** So much longer it looks for a smaller one where one fails. */
const shrinkMaxMs = 2 * 60_000;
const today = Math.floor(Date.now() / 86_400_000);
const seed = Number(process.env.STOCKBOOK_SEED ?? (nightly ? 10 * today : 20261122));
const path = process.env.STOCKBOOK_PATH;
const replayPath = process.env.STOCKBOOK_REPLAY;

let stage: Stage;
let places: Places;
beforeAll(async () => {
  stage = await openStage();
  await noteRights(stage.owner);
  places = createPlaces(stage, workerCount);
});
afterAll(async () => {
  await closePlaces(places);
  await stage.close();
});

const openings: fc.Arbitrary<Opening> = fc.record({
  begins: fc.constantFrom(...beginnings),
  records: fc.integer({ min: 1, max: 2 }),
  batchMax: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

const tally: Tally = new Map();
/** The moments that F34 is about. */
const wanted = ['edit', 'exclude', 'let sync', 'pause', 'stop', 'write in Xero', 'add'].map(
  (one) => `${one} in flight`,
);
const others = [
  'choose ours',
  'choose theirs',
  'retry',
  'resume',
  'open auto',
  'kill in flight',
  'call in flight',
];

it(`F34: up to ${runs} runs of drawn commands make legal moves alone, what is asked is heard, and all ends well`, {
  timeout: drawMaxMs + shrinkMaxMs + 4 * 60_000,
}, async ({ task }) => {
  const started = performance.now();
  let trace: readonly string[] = [];
  let played = 0;
  let failedMs: number | undefined;
  const commands = fc.commands(commandsOf(tally), {
    ...{ maxCommands: 24, size: 'max' },
    ...(replayPath === undefined ? {} : { replayPath }),
  });
  const check = fc.asyncProperty(openings, commands, async (opening, drawn) => {
    const passedMs = performance.now() - started;
    const hasTime = failedMs === undefined ? passedMs <= drawMaxMs : passedMs <= failedMs + shrinkMaxMs;
    if (!hasTime && (failedMs !== undefined || played >= least)) return;
    const ended = await play(opening, drawn);
    if (ended.kind === 'sound') played += 1;
    if (ended.kind === 'sound') return;
    trace = ended.trace;
    if (failedMs === undefined) console.log(`F34 fails, and a smaller case is looked for: ${ended.error}`);
    failedMs ??= performance.now() - started;
    throw ended.error;
  });
  const options = { numRuns: path === undefined ? runs : 1, seed };
  const run = await fc.check(check, path === undefined ? options : { ...options, path });
  const tookS = ((performance.now() - started) / 1000).toFixed(1);
  Object.assign(task.meta, { runs: played, seeds: String(seed) });
  if (run.failed) throw new Error(replay(run, trace));
  const made = [...tally].sort().map(([name, times]) => `${times} ${name}`);
  console.log(`F34: ${boundOf(played)}; seed ${seed}, ${tookS} s; ${made.join(', ')}`);
  if (path !== undefined) return;
  // What was never tried would show nothing.
  expect(played).toBeGreaterThanOrEqual(least);
  if (played >= 1_000) expect([...wanted, ...others].filter((name) => !tally.has(name))).toEqual([]);
});

type Ended = { kind: 'sound' } | { kind: 'failed'; error: unknown; trace: readonly string[] };

async function play(opening: Opening, commands: Iterable<Command>): Promise<Ended> {
  const scene = await openScene(stage, places, opening);
  try {
    await fc.asyncModelRun(() => ({ model: scene.model, real: scene }), commands);
    await scene.finish();
    return { kind: 'sound' };
  } catch (error) {
    return { kind: 'failed', error, trace: scene.simulation.trace() };
  } finally {
    await scene.close();
  }
}

/** What was found by seeds that failed, each as the smallest that did: the first by 20261122, with a fault planted so that no run hears that it is to pause. */
const kept: [string, Opening, Command[]][] = [
  [
    'F34: a run that is asked to pause when it is taken makes no call of the next layer, whoever dies',
    { begins: 'new', records: 1, batchMax: 1, seed: 0 },
    [
      ask(new Map(), 'pause', { count: 2, seed: 382982051 }),
      breakWith(new Map(), { kind: 'kill', worker: 0, landed: false, downMs: 1_000 }),
    ],
  ],
];
it.each(kept)('%s', { timeout: 5 * 60_000 }, async (_title, opening, commands) => {
  const ended = await play(opening, commands);
  expect(ended.kind, ended.kind === 'failed' ? `${ended.error}\n${ended.trace.join('\n')}` : '').toBe(
    'sound',
  );
});

/** One line that plays it again, the fewest commands that fail, and what happened in them. */
function replay(run: fc.RunDetails<[Opening, Iterable<Command>]>, trace: readonly string[]): string {
  const said = String(run.counterexample?.[1]);
  const again = /replayPath="([^"]*)"/.exec(said)?.[1] ?? '';
  const variables = `STOCKBOOK_SEED=${run.seed} STOCKBOOK_PATH=${run.counterexamplePath} STOCKBOOK_REPLAY='${again}'`;
  return [
    `after ${run.numRuns} runs ${replayLine(run.seed, `${variables} npm run faults -- commands`)}`,
    JSON.stringify(run.counterexample?.[0]),
    said,
    String(run.errorInstance),
    ...trace,
  ].join('\n');
}
