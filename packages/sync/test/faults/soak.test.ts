// F37: everything at once for simulated days: documents every hour under Xero's limits, 2 % of the calls fail, and each hour the worker dies.
import { afterAll, beforeAll, it } from 'vitest';
import { acts, type StepName } from '../../src/step.ts';
import { ask, closeGround, expectSound, finish, kindOf, openGround, writeBatch } from './batch.ts';
import { type Entry, edit } from './books.ts';
import { createDraw } from './draw.ts';
import type { Ground } from './kill-points.ts';
import { live, type MortalDb } from './mortal.ts';
import type { Stage } from './stage.ts';

/** `npm run faults -- soak --days 20 --documents 50000` sets them: how many days, and how many documents there are to each. */
const days = Number(process.env.STOCKBOOK_SOAK_DAYS ?? (process.env.STOCKBOOK_NIGHTLY === '1' ? 1 : 0));
const documents = Number(process.env.STOCKBOOK_SOAK_DOCUMENTS ?? 2_400);
const hourMs = 3_600_000;
const why = 'a soak takes minutes: npm run faults -- soak --days 1 [--documents 50000], or the nightly run';

/** Together 2 % of the calls. */
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

if (days === 0) console.log(`F37 is skipped: ${why}`);

let stage: Stage;
let dying: MortalDb;
let ground: Ground;
beforeAll(async () => {
  if (days === 0) return;
  ground = await openGround();
  ({ stage, dying } = ground);
});
afterAll(async () => {
  if (days === 0) return;
  await closeGround(ground);
});

const draw = createDraw(37);
const below = (count: number) => Math.floor(draw() * count);

/** A worker that dies at some step of some kind, if it comes there, and another that carries on. */
async function carryHour(): Promise<boolean> {
  const act = acts[below(acts.length)] ?? 'send';
  const name: StepName = `${act} ${below(2) === 0 ? 'before' : 'after'}`;
  const entity = kindOf(below(4)).entity.name;
  dying.revive();
  const died = await live(dying, { stage, clock: ground.clock, diesAt: { name, entity } });
  await ground.clock.step(46_000);
  await finish(ground);
  return died;
}

async function writeHour(): Promise<Entry[]> {
  const count = Math.ceil(documents / 24);
  const entries: Entry[] = [];
  for (const [kind, share] of [0.05, 0.05, 0.7, 0.2].entries())
    entries.push(...(await writeBatch(ground, kindOf(kind), Math.ceil(count * share))));
  for (let edits = 0; edits < 3; edits += 1)
    await edit(stage.db, ground.joined.organisation, ground.books, below(ground.books.entries.length));
  return entries;
}

const skipped = days === 0 ? ` (skipped: ${why})` : '';
it(`F37: ${days} simulated days of ${documents} documents${skipped}`, {
  timeout: 24 * 3_600_000,
}, async (test) => {
  if (days === 0) test.skip(why);
  let deaths = 0;
  let met = 0;
  const startedMs = await ground.clock.now();
  const memory: number[] = [];
  for (let day = 0; day < days; day += 1) {
    await stage.client.setLimits({ minute: 60, atOnce: 5, day: 5_000 });
    const set = await Promise.all(
      faults.map((fault, index) => stage.client.fail({ ...fault, share: 0.0025, seed: day * 10 + index })),
    );
    const entries: Entry[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      entries.push(...(await writeHour()));
      await ask(ground);
      if (await carryHour()) deaths += 1;
      const nextMs = startedMs + (day * 24 + hour + 1) * hourMs;
      await ground.clock.step(nextMs - (await ground.clock.now()));
      memory.push(process.memoryUsage().rss / 2 ** 20);
    }
    const after = await stage.client.faults();
    met += after.filter(({ id }) => set.some((one) => one.id === id)).reduce((sum, one) => sum + one.met, 0);
    // The judge's own reading has neither limits nor faults.
    await stage.client.mend();
    await stage.client.setLimits('off');
    await expectSound(ground, entries);
    console.log(
      `F37 day ${day + 1}: ${entries.length} documents, 0 lost, 0 twice, ${met} faults met, ${deaths} deaths of workers, memory with the sandbox's ledger ${memory.at(0)?.toFixed(0)} to ${memory.at(-1)?.toFixed(0)} MB, ${slopeOf(memory).toFixed(1)} MB an hour`,
    );
  }
});

/** By how much it grew from one measurement to the next on average: half of those in the beginning against half of those in the end. */
function slopeOf(memory: readonly number[]): number {
  const half = Math.floor(memory.length / 2);
  const mean = (some: readonly number[]) =>
    some.reduce((sum, one) => sum + one, 0) / Math.max(1, some.length);
  return (mean(memory.slice(half)) - mean(memory.slice(0, half))) / Math.max(1, half);
}
