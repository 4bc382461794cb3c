// A window at the minute's ceiling: a backlog sent by the engine, or its batches posted by the paced loop, from the beginning of a minute on.
import { setTimeout as delay } from 'node:timers/promises';
import { type Engine, openRun } from '@stockbook/sync';
import type { SendResult } from '@stockbook/xero';
import { type Batch, readBatches } from '../batches.ts';
import { writeDocuments } from '../inventory.ts';
import { countSent, createBenchEngine } from '../organisation.ts';
import { makeInvoices } from '../sample.ts';
import type { Ceiling } from './ceiling.ts';
import type { Paced } from './pacer.ts';
import type { Pacing } from './pacing.ts';
import type { Place } from './place.ts';
import { simulatedNow, untilSimulated } from './sim-clock.ts';
import { renumbered } from './singles.ts';

export interface CeilingWindow {
  documents: number;
  /** All that went, those that were answered 429 among them. */
  calls: number;
  throttled: number;
  /** Documents a minute of the whole minutes in which work waited. */
  perMinute: number;
  /** Share of what those minutes allow that was used in them. */
  share: number;
  /** Simulated seconds from the beginning to the last answer of the loop, or to the end of the engine's run, which has it committed. */
  seconds: number;
}

/** How long a backlog lasts: work waits in so many whole minutes, and is left for some seconds of the next. */
export interface Length {
  documents: number;
  minutesWaiting: number;
}

export const limits = { minute: 60, atOnce: 5, day: 5_000 };
export const minuteMs = 60_000;

export async function writeWindow(
  { database, organisation, lists }: Place,
  { documents: count }: Length,
  prefix: string,
): Promise<void> {
  const invoices = makeInvoices(lists, { count, prefix, linesMax: 3 });
  await writeDocuments(database.db, organisation, { invoices, creditNotes: [] });
}

export async function engineWindow(
  place: Place,
  length: Length,
  wanted: { minuteEndMs: number; workers: number },
): Promise<{ window: CeilingWindow; batches: Batch[] }> {
  const { database, organisation, sandbox, clock } = place;
  const { db } = database;
  const before = await sandbox.client.summary();
  const calls: Paced['calls'] = [];
  const engines = Array.from({ length: wanted.workers }, () =>
    createBenchEngine(db, organisation, sandbox.oauth, (api) => ({
      ...api,
      send: async (call) => {
        const atMs = simulatedNow(clock);
        const answer = await api.send(call);
        if (isUsed(answer))
          calls.push({ atMs, documents: answer.kind === 'answered' ? answer.elements.length : 0 });
        return answer;
      },
      find: async (call) => {
        const atMs = simulatedNow(clock);
        const answer = await api.find(call);
        if (isUsed(answer)) calls.push({ atMs, documents: 0 });
        return answer;
      },
    })),
  );
  const startMs = beginning(place, wanted.minuteEndMs);
  await untilSimulated(clock, startMs);
  const opened = await openRun(db, organisation, { kind: 'manual', startedBy: 'bench' });
  if (opened.kind !== 'opened') throw new Error(`No run was opened: ${JSON.stringify(opened)}`);
  const ends = await Promise.all(engines.map((engine) => workUntilDone(place, engine, opened.runId)));
  const documents = await countSent(db, organisation, opened.runId);
  if (documents !== length.documents) throw new Error(`${documents} documents were sent`);
  const { throttled } = await sandbox.client.summary();
  const window = windowOf(length, {
    ...{ startMs, endMs: Math.max(...ends), documents, calls, throttled: throttled - before.throttled },
  });
  return { window, batches: (await readBatches(db, organisation, opened.runId)).documents };
}

/** Whether a call went and took its place in the minute: one that is answered 429 is not carried out, and used nothing. */
export function isUsed(answer: SendResult): boolean {
  if (answer.kind === 'changed-text') return false;
  return answer.kind === 'answered' || (answer.calls > 0 && answer.failure.kind !== 'rate-limited');
}

/** When a minute of the sandbox begins next for which the calls of the windows before are past. */
function beginning(place: Place, minuteEndMs: number): number {
  const readyMs = simulatedNow(place.clock) + minuteMs;
  const minutes = Math.ceil((readyMs - minuteEndMs) / minuteMs);
  return minuteEndMs + minutes * minuteMs;
}

/** As the worker's loop does: looks again until nothing is left of the run. When it ended, simulated. */
async function workUntilDone(
  { database, organisation }: Place,
  engine: Engine,
  runId: string,
): Promise<number> {
  for (;;) {
    await engine.look();
    const run = await database.db.prisma.run.findUniqueOrThrow({
      where: { organisationId_id: { organisationId: organisation, id: runId } },
    });
    if (run.endedAt !== null) return run.endedAt.getTime();
    await delay(20);
  }
}

export async function pacedWindow(
  place: Place,
  pacing: Pacing,
  length: Length,
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
  return windowOf(length, { startMs, ...paced });
}

export function windowOf(
  { minutesWaiting }: Pick<Length, 'minutesWaiting'>,
  window: Omit<Paced, 'endMs'> & { startMs: number; endMs: number },
): CeilingWindow {
  const { startMs, endMs, documents, calls, throttled } = window;
  const waiting = calls.filter(({ atMs }) => atMs < startMs + minutesWaiting * minuteMs);
  return {
    ...{ documents, throttled, calls: calls.length + throttled },
    // Whole minutes alone: those of the last, which is not used up, would count the burst at its beginning as its pace.
    perMinute: waiting.reduce((sum, call) => sum + call.documents, 0) / minutesWaiting,
    share: Math.min(1, waiting.length / (minutesWaiting * limits.minute)),
    seconds: (endMs - startMs) / 1000,
  };
}
