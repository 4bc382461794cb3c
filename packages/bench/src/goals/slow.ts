// The loops that most integrations are, for the picture and beside P1: one document a call as fast as the limit allows, and one with a rest of two seconds.
import { readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { writeDocuments } from '../inventory.ts';
import { createBenchEngine, sync } from '../organisation.ts';
import type { Database } from '../postgres.ts';
import { makeInvoices } from '../sample.ts';
import { answerTime } from '../sandbox.ts';
import { limits } from './ceiling-windows.ts';
import type { Style } from './pacer.ts';
import { startPacing } from './pacing.ts';
import { takePlace } from './place.ts';
import { simulatedNow } from './sim-clock.ts';
import { singles } from './singles.ts';

export interface Slow {
  single: Loop;
  sleepy: Loop;
}

export interface Loop {
  documents: number;
  calls: number;
  perMinute: number;
}

const minutes = 4;
const minuteMs = 60_000;

export async function measureSlow(
  endings: Endings,
  database: Database,
  say: (line: string) => void,
): Promise<Slow> {
  const place = await takePlace(endings, database, { scale: 20, ...answerTime, windows: 'rolling' });
  const { organisation, sandbox, lists } = place;
  const { db } = database;
  const count = minutes * limits.minute;
  await writeDocuments(db, organisation, {
    invoices: makeInvoices(lists, { count, prefix: 'S', linesMax: 3 }),
    creditNotes: [],
  });
  const runId = await sync(db, organisation, createBenchEngine(db, organisation, sandbox.oauth));
  const { documents: batches } = await readBatches(db, organisation, runId);
  await sandbox.client.setLimits(limits);
  const pacing = await startPacing(endings, place);
  const measure = async (style: Style, prefix: string): Promise<Loop> => {
    const own = singles(batches, prefix);
    // A minute later the calls of the loop before are past.
    const startMs = simulatedNow(place.clock) + minuteMs;
    const untilMs = startMs + minutes * minuteMs;
    const paced = await pacing.work(
      { ...{ style, windows: 'rolling', startMs, untilMs }, ...{ atOnce: 1, name: prefix } },
      own,
    );
    const { documents, throttled } = paced;
    const perMinute = documents / Math.max(minutes, (paced.endMs - startMs) / minuteMs);
    return { documents, calls: paced.calls.length + throttled, perMinute };
  };
  const sleepy = await measure('sleepy', 'Z');
  const single = await measure('perfect', 'O');
  say(
    `One document a call: ${single.perMinute.toFixed(0)} a minute; with a rest of 2 s: ${sleepy.perMinute.toFixed(0)}`,
  );
  await place.leave();
  return { single, sleepy };
}
