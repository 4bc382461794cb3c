// The minute's ceiling: ten thousand invoices at Xero's limits, by the engine and by the perfectly paced loop in turn, in both kinds of windows.
import { readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { createBenchEngine, sync } from '../organisation.ts';
import { type Database, startDatabase } from '../postgres.ts';
import { answerTime } from '../sandbox.ts';
import {
  type CeilingWindow,
  engineWindow,
  type Length,
  limits,
  minuteMs,
  pacedWindow,
  writeWindow,
} from './ceiling-windows.ts';
import { startPacing } from './pacing.ts';
import { learnMinuteEnd, takePlace } from './place.ts';
import { simulatedNow } from './sim-clock.ts';

export interface Ceiling {
  windows: 'fixed' | 'rolling';
  engine: CeilingWindow[];
  paced: CeilingWindow[];
  fourWorkers: CeilingWindow[];
}

export interface RealPair {
  engine: CeilingWindow;
  paced: CeilingWindow;
}

const usual: Length = { documents: 10_000, minutesWaiting: 3 };
/** With four workers, which P4 counts alone: over a minute's end, too, and not as long. */
const short: Length = { documents: 4_000, minutesWaiting: 1 };
const real: Length = { documents: 16_000, minutesWaiting: 5 };
const scale = 20;
const pairs = 5;

export async function measureCeiling(
  endings: Endings,
  database: Database,
  windows: Ceiling['windows'],
  say: (line: string) => void,
): Promise<Ceiling> {
  const place = await takePlace(endings, database, { scale, ...answerTime, windows });
  const pacing = await startPacing(endings, place);
  await place.sandbox.client.setLimits(limits);
  const minuteEndMs = windows === 'fixed' ? await learnMinuteEnd(place) : simulatedNow(place.clock);
  const ceiling: Ceiling = { windows, engine: [], paced: [], fourWorkers: [] };
  for (let n = 1; n <= pairs; n += 1) {
    await writeWindow(place, usual, `W${n}`);
    const { window, batches } = await engineWindow(place, usual, { minuteEndMs, workers: 1 });
    ceiling.engine.push(window);
    ceiling.paced.push(await pacedWindow(place, pacing, usual, batches, { n, windows, minuteEndMs }));
    say(`At the ceiling (${windows}), pair ${n}: ${told(ceiling.engine)}; paced loop ${told(ceiling.paced)}`);
  }
  for (let n = 1; n <= pairs; n += 1) {
    await writeWindow(place, short, `W4W${n}`);
    const { window } = await engineWindow(place, short, { minuteEndMs, workers: 4 });
    ceiling.fourWorkers.push(window);
    say(`At the ceiling (${windows}), four workers, ${n}: ${told(ceiling.fourWorkers)}`);
  }
  await place.leave();
  return ceiling;
}

/**
 * Five minutes in real time, which say what the scale adds: both sides in the same minutes, half a minute apart, so that neither's few
 * busy seconds fall into the other's. Calls are counted by app. The clock is one of its own, so that other parts may go on beside it.
 */
export async function measureReal(endings: Endings, say: (line: string) => void): Promise<RealPair> {
  const windows = 'rolling';
  const place = await takePlace(endings, await startDatabase(endings), { scale: 1, ...answerTime, windows });
  const pacing = await startPacing(endings, place);
  const { database, organisation, sandbox } = place;
  const { db } = database;
  await writeWindow(place, real, 'RB');
  const runId = await sync(db, organisation, createBenchEngine(db, organisation, sandbox.oauth));
  const { documents: batches } = await readBatches(db, organisation, runId);
  await writeWindow(place, real, 'R');
  await sandbox.client.setLimits(limits);
  const minuteEndMs = simulatedNow(place.clock) + 1_000;
  const [{ window: engine }, paced] = await Promise.all([
    engineWindow(place, real, { workers: 1, minuteEndMs }),
    pacedWindow(place, pacing, real, batches, { n: 1, windows, minuteEndMs: minuteEndMs + minuteMs / 2 }),
  ]);
  say(`At the ceiling, in real time: ${told([engine])}; paced loop ${told([paced])}`);
  await place.leave();
  return { engine, paced };
}

function told(windows: readonly CeilingWindow[]): string {
  const last = windows.at(-1);
  if (last === undefined) return '';
  return `${last.calls} calls in ${last.seconds.toFixed(0)} s, share ${last.share.toFixed(3)}, ${last.throttled} refused`;
}
