// A day's calls: what the engine brings to Xero in one before it waits for the next, beside the loop that sends one document a call.
import { readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { writeUrgent } from '../inventory.ts';
import { createBenchEngine, sync } from '../organisation.ts';
import type { Database } from '../postgres.ts';
import { makeInvoices } from '../sample.ts';
import { answerTime, type Sandbox } from '../sandbox.ts';
import { type Kind, writeBacklog } from './backlog-rows.ts';
import { startPacing } from './pacing.ts';
import { type Place, takePlace } from './place.ts';
import { simulatedNow } from './sim-clock.ts';
import { singles } from './singles.ts';

export interface DayMeasured {
  /** Calls a day that the sandbox allowed, and those kept for urgent work. */
  callsMax: number;
  reserve: number;
  /** Calls of the day until the engine waited for the next, lists and readings among them. */
  calls: number;
  /** Calls of the day once something urgent had asked for the reserve. */
  callsWithUrgent: number;
  /** Sales that Xero had before that: invoices and credit notes. */
  invoices: number;
  creditNotes: number;
  throttled: number;
  /** Documents of the loop in its own day of the same length. */
  single: number;
}

/** A day of Xero's free tier. One of 5,000 calls would take the bench past its twenty-five minutes, and brings no other share. */
const callsMax = 1_000;
const reserveShare = 0.1;
/** The invoices end within the day, so that credit notes are reached; those outlast it. */
const backlog: Partial<Record<Kind, number>> = {
  ...{ contacts: 600, items: 1_000 },
  ...{ invoices: 36_000, 'credit-notes': 10_000 },
};
/** More than the calls of the reserve can bring. */
const urgentInvoices = 5_200;

export async function measureDay(
  endings: Endings,
  database: Database,
  say: (line: string) => void,
): Promise<DayMeasured> {
  const place = await takePlace(endings, database, {
    ...{ scale: 20, ...answerTime, windows: 'rolling' },
    // From its first call on: the reserve is a tenth of the most that was ever left of a day.
    limits: `60,5,${callsMax}`,
  });
  const { organisation, sandbox, lists } = place;
  const { db } = database;
  await writeBacklog(db, organisation, lists, { counts: backlog, thirdHeld: false });
  say(`A day of ${callsMax} calls ...`);
  const engine = createBenchEngine(db, organisation, sandbox.oauth);
  const runId = await sync(db, organisation, engine);
  await assertParked(place, runId);
  const calls = callsMax - (await leftToday(sandbox));
  const sales = {
    invoices: await countKind(place, 'invoices'),
    creditNotes: await countKind(place, 'credit-notes'),
  };
  const urgent = makeInvoices(lists, { count: urgentInvoices, prefix: 'U', linesMax: 1 });
  await writeUrgent(db, organisation, urgent);
  await engine.look();
  const callsWithUrgent = callsMax - (await leftToday(sandbox));
  const { throttled } = await sandbox.client.summary();
  const single = await singleDay(endings, place, runId);
  const { invoices, creditNotes } = sales;
  say(`In it ${invoices} invoices and ${creditNotes} credit notes in ${calls} calls, by the loop ${single}`);
  say(`With urgent changes at its end ${callsWithUrgent} calls`);
  await place.leave();
  const reserve = Math.ceil(callsMax * reserveShare);
  return { ...{ callsMax, reserve, calls, callsWithUrgent, throttled, single }, ...sales };
}

/** Throws unless the run waits for the next day with work left. */
async function assertParked({ database, organisation }: Place, runId: string): Promise<void> {
  const run = await database.db.prisma.run.findUniqueOrThrow({
    where: { organisationId_id: { organisationId: organisation, id: runId } },
  });
  if (run.endedAt !== null) throw new Error('The backlog did not last for the day.');
  if (run.parkedUntil !== null && run.reason?.startsWith('Today’s calls to Xero are used up')) return;
  throw new Error(
    `The run is ${run.state} after ${run.calls} calls and not parked until the next day: ${run.reason ?? ''}`,
  );
}

async function countKind({ database, organisation }: Place, kind: Kind): Promise<number> {
  const sent = await database.db.prisma.runTotal.aggregate({
    where: { organisationId: organisation, entity: kind },
    _sum: { sent: true },
  });
  return sent._sum.sent ?? 0;
}

/** Documents of a loop that sends one a call, as fast as the limits allow, until its day's calls are used up. */
async function singleDay(endings: Endings, place: Place, runId: string): Promise<number> {
  const pacing = await startPacing(endings, place);
  const { documents: batches } = await readBatches(place.database.db, place.organisation, runId);
  const startMs = simulatedNow(place.clock);
  const { documents } = await pacing.work(
    {
      ...{ style: 'perfect', windows: 'rolling', startMs, untilMs: startMs + 3_600_000 },
      ...{ atOnce: 1, name: 'day' },
    },
    singles(batches, 'S').slice(0, callsMax),
  );
  if (documents < callsMax) throw new Error(`The loop brought only ${documents} documents.`);
  return documents;
}

/** As the last answer said; only Stockbook has called by then. */
async function leftToday({ client }: Sandbox): Promise<number> {
  const left = (await client.calls()).flatMap((call) => call.left?.day ?? []);
  return Math.min(callsMax, ...left);
}
