// F37: everything at once for simulated days: documents every hour under Xero's limits, 2 % of the calls fail, and each hour a worker dies.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRun } from '../../src/run.ts';
import { acts, type StepName } from '../../src/step.ts';
import { ask, closeGround, expectSound, kindOf, openGround, writeBatch } from './batch.ts';
import { type Entry, edit } from './books.ts';
import { createDraw } from './draw.ts';
import type { Ground } from './kill-points.ts';
import { kinds } from './kinds.ts';
import { growthOf } from './memory-slope.ts';
import { live } from './mortal.ts';
import { replayedBy } from './replay.ts';
import { startSandboxProgram } from './sandbox-program.ts';
import { type SoakWorker, startSoakWorker } from './soak-worker.ts';
import { openStage } from './stage.ts';

/** `npm run faults -- --days 20 --documents 50000`, or `--hours 4`, sets them: for how long, and how many documents there are to a day. */
const days = Number(process.env.STOCKBOOK_SOAK_DAYS ?? (process.env.STOCKBOOK_NIGHTLY === '1' ? 1 : 0));
const hours = Number(process.env.STOCKBOOK_SOAK_HOURS ?? days * 24);
const documents = Number(process.env.STOCKBOOK_SOAK_DOCUMENTS ?? 2_400);
const hourMs = 3_600_000;
const why = 'a soak takes minutes: npm run faults -- --days 1 [--documents 50000], or the nightly run';
/** Half a day: by then compilers, pools and caches have met what they will meet; a shorter soak has half of its hours, and proves nothing. */
const warmUpHours = Math.min(12, Math.floor(hours / 2));
const slopeMaxMb = 1;

const faultShare = 0.02;
/** Together that share of the calls. */
const faults = [
  { kind: 'timeout', when: 'after', delayMs: 0 },
  { kind: 'reset', bytes: 300 },
  { kind: 'truncated' },
  { kind: '502-html', when: 'after' },
  { kind: '503', when: 'before' },
  { kind: '500', when: 'before' },
  { kind: '429-minute', retryAfterS: 9 },
  { kind: 'token-expired' },
] as const;

if (hours === 0) console.log(`F37 is skipped: ${why}`);

let ground: Ground;
let worker: SoakWorker;
beforeAll(async () => {
  if (hours === 0) return;
  ground = await openGround(await openStage({}, undefined, await startSandboxProgram()));
  worker = await startSoakWorker(ground.stage, ground.clock);
});
afterAll(async () => {
  if (hours === 0) return;
  await worker.stop();
  await closeGround(ground);
});

/** The two lists that documents name take a tenth between them; the kinds that come after others share the rest. */
const lists = kinds.filter(({ entity }) => entity.after.length === 0).length;
const sharesOf = kinds.map(({ entity }) =>
  entity.after.length === 0 ? 0.1 / lists : 0.9 / (kinds.length - lists),
);

const draw = createDraw(37);
const below = (count: number) => Math.floor(draw() * count);

/** A worker in this process that dies at some step of some kind, or when it leaves off if it does not come there. */
async function dieSomewhere(): Promise<boolean> {
  const act = acts[below(acts.length)] ?? 'send';
  const name: StepName = `${act} ${below(2) === 0 ? 'before' : 'after'}`;
  const entity = kindOf(below(kinds.length)).entity.name;
  const latest: readonly StepName[] = ['end before', 'park before', 'release before'];
  ground.dying.revive();
  const died = await live(ground.dying, {
    stage: ground.stage,
    clock: ground.clock,
    diesAt: { name, entity, latest },
  });
  await ground.clock.step(46_000);
  return died;
}

/** The worker whose memory is watched carries on until no run is left; answers its resident megabytes. */
async function carryHour(): Promise<number> {
  const where = { organisationId: ground.joined.organisation, endedAt: null };
  for (let round = 0; round < 200; round += 1) {
    const rssBytes = await worker.look();
    if ((await ground.stage.db.prisma.run.count({ where })) === 0) return rssBytes / 1_000_000;
    await ground.clock.step(60_000);
  }
  throw new Error('I5 the run does not end');
}

/** Half an hour's documents, and a few of older ones that are edited. */
async function writeHalf(): Promise<Entry[]> {
  const count = Math.ceil(documents / 48);
  const entries: Entry[] = [];
  for (const [kind, share] of sharesOf.entries())
    entries.push(...(await writeBatch(ground, kindOf(kind), Math.ceil(count * share))));
  for (let edits = 0; edits < 2; edits += 1) {
    const which = below(ground.books.entries.length);
    await edit(ground.stage.db, ground.joined.organisation, ground.books, which);
    entries.push(...ground.books.entries.slice(which, which + 1));
  }
  return entries;
}

const seen = { deaths: 0, met: 0, calls: 0 };
/** Megabytes of the watched worker after each hour. */
const memory: number[] = [];

/** Every call that came to Xero, answered or not. */
async function callsMade(): Promise<number> {
  const { calls } = await ground.stage.client.summary();
  return Object.values(calls)
    .flatMap((byStatus) => Object.values(byStatus))
    .reduce((sum, count) => sum + count, 0);
}

/** One day or what is left of it. */
async function soakDay(day: number, count: number): Promise<Entry[]> {
  const { stage, clock } = ground;
  const dayMs = await clock.now();
  await stage.client.setLimits({ minute: 60, atOnce: 5, day: 5_000 });
  const set = await Promise.all(
    faults.map((fault, index) =>
      stage.client.fail({ ...fault, share: faultShare / faults.length, seed: day * 10 + index }),
    ),
  );
  const entries: Entry[] = [];
  const callsBefore = await callsMade();
  for (let hour = 0; hour < count; hour += 1) {
    entries.push(...(await writeHalf()));
    await ask(ground);
    if (await dieSomewhere()) seen.deaths += 1;
    entries.push(...(await writeHalf()));
    await carryHour();
    // What was written while the dead one's run was open may have gone with it.
    await openRun(stage.db, ground.joined.organisation, { kind: 'manual', startedBy: 'Ann' });
    memory.push(await carryHour());
    await clock.step(dayMs + (hour + 1) * hourMs - (await clock.now()));
  }
  const after = await stage.client.faults();
  seen.met += after
    .filter(({ id }) => set.some((one) => one.id === id))
    .reduce((sum, one) => sum + one.met, 0);
  seen.calls += (await callsMade()) - callsBefore;
  // The judge's own reading has neither limits nor faults.
  await stage.client.mend();
  await stage.client.setLimits('off');
  return [...new Set(entries)];
}

const skipped = hours === 0 ? ` (skipped: ${why})` : '';
it(`F37: ${hours} simulated hours, ${documents} documents a day${skipped}`, {
  timeout: 24 * 3_600_000,
  meta: { runs: hours },
}, async (test) => {
  if (hours === 0) test.skip(why);
  replayedBy(37, `npm run faults -- --hours ${hours} --documents ${documents}`);
  for (let day = 0; day * 24 < hours; day += 1) {
    const entries = await soakDay(day, Math.min(24, hours - day * 24));
    await expectSound(ground, entries);
    console.log(
      `F37 day ${day + 1}: ${entries.length} records, 0 lost, 0 twice, ${seen.met} faults met in ${seen.calls} calls, ${seen.deaths} deaths of workers`,
    );
  }
  // A worker died each hour, and the faults were as many as they should be, give or take four deviations of chance.
  expect(seen.deaths).toBe(hours);
  const deviation = Math.sqrt((faultShare * (1 - faultShare)) / seen.calls);
  expect(Math.abs(seen.met / seen.calls - faultShare)).toBeLessThan(4 * deviation);
  console.log(`F37: the worker’s resident MB, hour by hour: ${memory.map((mb) => mb.toFixed(0)).join(' ')}`);
  if (memory.length < warmUpHours + 2) return;
  const { startMb, warmMb, endMb, slopeMb } = growthOf(memory, warmUpHours);
  console.log(
    `F37: ${startMb.toFixed(1)} MB after the first hour, ${warmMb.toFixed(1)} after ${warmUpHours} of warm-up, ${endMb.toFixed(1)} in the end: ${slopeMb.toFixed(2)} MB an hour by least squares over ${hours - warmUpHours} hours`,
  );
  // Fewer hours show how a worker warms up, not whether it leaks.
  if (hours >= 24) expect(slopeMb).toBeLessThanOrEqual(slopeMaxMb);
});
