// A day's calls: what the engine brings to Xero in one before it waits for the next, beside the loop that sends one document a call.

import { readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { writeDocuments, writeLists } from '../inventory.ts';
import { createBenchEngine, sync } from '../organisation.ts';
import type { Database } from '../postgres.ts';
import { makeInvoices, makeSample } from '../sample.ts';
import type { Sandbox } from '../sandbox.ts';
import { startPacing } from './pacing.ts';
import { takePlace } from './place.ts';
import { simulatedNow } from './sim-clock.ts';
import { singles } from './singles.ts';

export interface DayMeasured {
  /** Calls a day that the sandbox allowed, and those kept for urgent work. */
  callsMax: number;
  reserve: number;
  /** Calls of the day until the engine waited for the next, lists and readings among them, and the records they brought. */
  calls: number;
  documents: number;
  throttled: number;
  /** Documents of the loop in its own day of the same length. */
  single: number;
}

const callsMax = 300;
const reserveShare = 0.1;
const backlog = { contacts: 600, items: 1_000, invoices: 15_000, creditNotes: 300 };

/** A day of 300 calls instead of 5,000: documents a call do not depend on its length, and a bench must end. */
export async function measureDay(
  endings: Endings,
  database: Database,
  say: (line: string) => void,
): Promise<DayMeasured> {
  const place = await takePlace(endings, database, {
    ...{ scale: 20, latencyMs: 120, windows: 'rolling' },
    // From its first call on: the reserve is a tenth of the most that was ever left of a day.
    limits: `60,5,${callsMax}`,
  });
  const { organisation, sandbox, lists } = place;
  const { db } = database;
  const sample = makeSample(backlog);
  const prefixed = {
    contacts: sample.contacts.map((one) => ({ ...one, number: `D${one.number}`, name: `${one.name} (day)` })),
    items: sample.items.map((one) => ({ ...one, code: `D${one.code}` })),
  };
  await writeLists(db, organisation, prefixed);
  await writeDocuments(db, organisation, {
    ...sample,
    invoices: makeInvoices(lists, { count: backlog.invoices, prefix: 'D', linesMax: 3 }),
  });
  say(`A day of ${callsMax} calls ...`);
  const runId = await sync(db, organisation, createBenchEngine(db, organisation, sandbox.oauth));
  const { throttled } = await sandbox.client.summary();
  const calls = callsMax - (await leftToday(sandbox));
  const sent = await db.prisma.runTotal.aggregate({
    where: { organisationId: organisation },
    _sum: { sent: true },
  });
  const documents = sent._sum.sent ?? 0;
  const run = await db.prisma.run.findUniqueOrThrow({
    where: { organisationId_id: { organisationId: organisation, id: runId } },
  });
  if (run.endedAt !== null) throw new Error('The backlog did not last for the day.');
  if (run.parkedUntil === null || !run.reason?.startsWith('Today’s calls to Xero are used up'))
    throw new Error(
      `The run is ${run.state} after ${run.calls} calls and not parked until the next day: ${run.reason ?? ''}`,
    );
  const pacing = await startPacing(endings, place);
  const { documents: batches } = await readBatches(db, organisation, runId);
  const startMs = simulatedNow(place.clock);
  const paced = await pacing.work(
    {
      ...{ style: 'perfect', windows: 'rolling', startMs, untilMs: startMs + 3_600_000 },
      ...{ atOnce: 1, name: 'day' },
    },
    singles(batches, 'S').slice(0, callsMax),
  );
  if (paced.documents < callsMax) throw new Error(`The loop brought only ${paced.documents} documents.`);
  say(`In it ${documents} documents in ${calls} calls, by the loop ${paced.documents}`);
  await place.leave();
  return {
    ...{ callsMax, reserve: Math.floor(callsMax * reserveShare), documents, single: paced.documents },
    calls,
    throttled,
  };
}

/** As the last answer said; only Stockbook has called by then. */
async function leftToday({ client }: Sandbox): Promise<number> {
  const left = (await client.calls()).flatMap((call) => call.left?.day ?? []);
  return Math.min(callsMax, ...left);
}
