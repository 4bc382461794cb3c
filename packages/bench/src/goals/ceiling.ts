// The minute's ceiling: ten thousand invoices at Xero's limits, by the engine and by the perfectly paced loop in turn, in both kinds of windows.
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '@stockbook/sync';
import { openRun } from '@stockbook/sync';
import { type Batch, readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { writeDocuments } from '../inventory.ts';
import { countSent, createBenchEngine } from '../organisation.ts';
import { type Database, startDatabase } from '../postgres.ts';
import { makeInvoices } from '../sample.ts';
import type { Paced } from './pacer.ts';
import { type Pacing, startPacing } from './pacing.ts';
import { learnMinuteEnd, type Place, takePlace } from './place.ts';
import { simulatedNow, untilSimulated } from './sim-clock.ts';

export interface CeilingWindow {
  documents: number;
  calls: number;
  throttled: number;
  /** Share of what three whole minutes allow that was used in them, while work waited. */
  share: number;
  /** Simulated seconds from the beginning to the last answer. */
  seconds: number;
}

export interface Ceiling {
  windows: 'fixed' | 'rolling';
  engine: CeilingWindow[];
  paced: CeilingWindow[];
  fourWorkers: CeilingWindow;
}

export interface RealPair {
  engine: CeilingWindow;
  paced: CeilingWindow;
}

const ceilingDocuments = 10_000;
export const limits = { minute: 60, atOnce: 5, day: 5_000 };
const scale = 20;
const latencyMs = 120;
const minuteMs = 60_000;
const minutesWaiting = 3;
const pairs = 5;

export async function measureCeiling(
  endings: Endings,
  database: Database,
  windows: Ceiling['windows'],
  say: (line: string) => void,
): Promise<Ceiling> {
  const place = await takePlace(endings, database, { scale, latencyMs, windows });
  const pacing = await startPacing(endings, place);
  await place.sandbox.client.setLimits(limits);
  const minuteEndMs = windows === 'fixed' ? await learnMinuteEnd(place) : simulatedNow(place.clock);
  const ceiling: Omit<Ceiling, 'fourWorkers'> = { windows, engine: [], paced: [] };
  for (let n = 1; n <= pairs; n += 1) {
    const { window, batches } = await engineWindow(place, { prefix: `W${n}`, minuteEndMs, workers: 1 });
    ceiling.engine.push(window);
    ceiling.paced.push(await pacedWindow(place, pacing, batches, { n, windows, minuteEndMs }));
    say(`At the ceiling (${windows}), pair ${n}: ${told(ceiling.engine)}; paced loop ${told(ceiling.paced)}`);
  }
  const { window } = await engineWindow(place, { prefix: 'W4W', minuteEndMs, workers: 4 });
  say(`At the ceiling (${windows}), four workers: ${told([window])}`);
  await place.leave();
  return { ...ceiling, fourWorkers: window };
}

/** One pair in real time, which says what the scale adds: one clock of its own, so that other parts may go on beside it. */
export async function measureReal(endings: Endings, say: (line: string) => void): Promise<RealPair> {
  const windows = 'rolling';
  const place = await takePlace(endings, await startDatabase(endings), { scale: 1, latencyMs, windows });
  const pacing = await startPacing(endings, place);
  await place.sandbox.client.setLimits(limits);
  // What is made ready until then takes less than the twenty seconds.
  const now = () => ({ minuteEndMs: simulatedNow(place.clock) + 20_000 });
  const { window: engine, batches } = await engineWindow(place, { prefix: 'R', workers: 1, ...now() });
  const paced = await pacedWindow(place, pacing, batches, { n: 1, windows, ...now() });
  say(`At the ceiling, in real time: ${told([engine])}; paced loop ${told([paced])}`);
  await place.leave();
  return { engine, paced };
}

function told(windows: readonly CeilingWindow[]): string {
  const last = windows.at(-1);
  if (last === undefined) return '';
  return `${last.calls} calls in ${last.seconds.toFixed(0)} s, share ${last.share.toFixed(3)}, ${last.throttled} refused`;
}

/** When a minute of the sandbox begins next for which the calls of the windows before are past. */
function beginning(place: Place, minuteEndMs: number): number {
  const readyMs = simulatedNow(place.clock) + minuteMs;
  const minutes = Math.ceil((readyMs - minuteEndMs) / minuteMs);
  return minuteEndMs + minutes * minuteMs;
}

async function engineWindow(
  place: Place,
  wanted: { prefix: string; minuteEndMs: number; workers: number },
): Promise<{ window: CeilingWindow; batches: Batch[] }> {
  const { database, organisation, sandbox, lists, clock } = place;
  const { db } = database;
  const invoices = makeInvoices(lists, { count: ceilingDocuments, prefix: wanted.prefix, linesMax: 3 });
  await writeDocuments(db, organisation, { invoices, creditNotes: [] });
  const before = await sandbox.client.summary();
  const calls: Paced['calls'] = [];
  let endMs = 0;
  const engines = Array.from({ length: wanted.workers }, () =>
    createBenchEngine(db, organisation, sandbox.oauth, (api) => ({
      ...api,
      send: async (call) => {
        calls.push({ atMs: simulatedNow(clock), documents: 0 });
        const answer = await api.send(call);
        endMs = simulatedNow(clock);
        return answer;
      },
    })),
  );
  const startMs = beginning(place, wanted.minuteEndMs);
  await untilSimulated(clock, startMs);
  const opened = await openRun(db, organisation, { kind: 'manual', startedBy: 'bench' });
  if (opened.kind !== 'opened') throw new Error(`No run was opened: ${JSON.stringify(opened)}`);
  await Promise.all(engines.map((engine) => workUntilDone(place, engine, opened.runId)));
  const documents = await countSent(db, organisation, opened.runId);
  if (documents !== ceilingDocuments) throw new Error(`${documents} documents were sent`);
  const { throttled } = await sandbox.client.summary();
  const window = windowOf({ startMs, endMs, documents, calls, throttled: throttled - before.throttled });
  return { window, batches: (await readBatches(db, organisation, opened.runId)).documents };
}

/** As the worker's loop does: looks again until nothing is left of the run. */
async function workUntilDone(
  { database, organisation }: Place,
  engine: Engine,
  runId: string,
): Promise<void> {
  for (;;) {
    await engine.look();
    const run = await database.db.prisma.run.findUniqueOrThrow({
      where: { organisationId_id: { organisationId: organisation, id: runId } },
    });
    if (run.endedAt !== null) return;
    await delay(20);
  }
}

async function pacedWindow(
  place: Place,
  pacing: Pacing,
  batches: readonly Batch[],
  { n, windows, minuteEndMs }: { n: number; windows: Ceiling['windows']; minuteEndMs: number },
): Promise<CeilingWindow> {
  const own = renumbered(batches, `P${n}`);
  const startMs = beginning(place, minuteEndMs);
  const paced = await pacing.work(
    {
      ...{ style: 'perfect', windows, startMs, untilMs: Number.MAX_SAFE_INTEGER },
      ...{ atOnce: limits.atOnce, name: `paced-${windows}-${n}` },
    },
    own,
  );
  return windowOf({ startMs, ...paced });
}

/** The same documents under numbers of their own: Xero takes a number once. */
export function renumbered(batches: readonly Batch[], prefix: string): Batch[] {
  return batches.map(({ entity, body }) => ({
    entity,
    body: body.replaceAll(/("InvoiceNumber":")[^-"]*-/g, `$1${prefix}-`),
  }));
}

function windowOf(window: {
  startMs: number;
  endMs: number;
  documents: number;
  throttled: number;
  calls: Paced['calls'];
}): CeilingWindow {
  const { startMs, endMs, documents, calls, throttled } = window;
  const waiting = calls.filter(({ atMs }) => atMs < startMs + minutesWaiting * minuteMs).length;
  return {
    ...{ documents, throttled, calls: calls.length },
    share: Math.min(1, waiting / (minutesWaiting * limits.minute)),
    seconds: (endMs - startMs) / 1000,
  };
}
