// A day's calls: what the engine brings to Xero in one before it waits for the next, beside the loop that sends one document a call.
import type { Allowance } from '@stockbook/core';
import type { Engine } from '@stockbook/sync';
import { type Batch, readBatches } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { writeDocuments, writeUrgent } from '../inventory.ts';
import { createBenchEngine, sync } from '../organisation.ts';
import type { Database } from '../postgres.ts';
import { makeInvoices } from '../sample.ts';
import { answerTime } from '../sandbox.ts';
import { type Kind, writeBacklog } from './backlog-rows.ts';
import { limits, minuteMs } from './ceiling-windows.ts';
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

const callsMax = 5_000;
const reserveShare = 0.1;
/** The invoices end within the day, so that credit notes are reached; those outlast it. */
const backlog: Partial<Record<Kind, number>> = {
  ...{ contacts: 600, items: 1_000 },
  ...{ invoices: 180_000, 'credit-notes': 50_000 },
};
/** More than the calls of the reserve can bring. */
const urgentInvoices = 26_000;

/** Both sides go in the same minutes: what they come to is counted, not timed, and Xero counts each app's calls apart. */
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
  const { organisation, lists } = place;
  const { db } = database;
  say(`A day of ${callsMax} calls ...`);
  const day = engineOf(place);
  const documents = {
    invoices: makeInvoices(lists, { count: callsMax, prefix: 'D', linesMax: 1 }),
    creditNotes: [],
  };
  await writeDocuments(db, organisation, documents);
  const { documents: batches } = await readBatches(
    db,
    organisation,
    await sync(db, organisation, day.engine),
  );
  const loop = singleDay(endings, place, batches);
  const [measured, single] = await Promise.all([engineDay(place, day), loop]);
  const { invoices, creditNotes, calls, callsWithUrgent } = measured;
  say(`In it ${invoices} invoices and ${creditNotes} credit notes in ${calls} calls, by the loop ${single}`);
  say(`With urgent changes at its end ${callsWithUrgent} calls`);
  await place.leave();
  return { callsMax, reserve: Math.ceil(callsMax * reserveShare), ...measured, single };
}

interface EngineAtWork {
  engine: Engine;
  /** Calls of the day that were used, as the lowest that an answer said was left of it. */
  used(): number;
}

function engineOf({ database, organisation, sandbox }: Place): EngineAtWork {
  let left = callsMax;
  const hear = ({ leftToday }: Allowance) => {
    left = Math.min(left, leftToday ?? left);
  };
  const engine = createBenchEngine(database.db, organisation, sandbox.oauth, (api) => ({
    ...api,
    send: async (call) => {
      const answer = await api.send(call);
      if (answer.kind !== 'changed-text') hear(answer.allowance);
      return answer;
    },
    find: async (call) => {
      const answer = await api.find(call);
      hear(answer.allowance);
      return answer;
    },
  }));
  return { engine, used: () => callsMax - left };
}

async function engineDay(place: Place, { engine, used }: EngineAtWork) {
  const { database, organisation, lists } = place;
  const { db } = database;
  await writeBacklog(db, organisation, lists, { counts: backlog, thirdHeld: false });
  const runId = await sync(db, organisation, engine);
  await assertParked(place, runId);
  const calls = used();
  const invoices = await countKind(place, 'invoices');
  const creditNotes = await countKind(place, 'credit-notes');
  const urgent = makeInvoices(lists, { count: urgentInvoices, prefix: 'U', linesMax: 1 });
  await writeUrgent(db, organisation, urgent);
  await engine.look();
  const { _sum } = await db.prisma.run.aggregate({
    where: { organisationId: organisation },
    _sum: { throttled: true },
  });
  return { calls, callsWithUrgent: used(), invoices, creditNotes, throttled: _sum.throttled ?? 0 };
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

/** Calls of the loop that go under one token, which lasts thirty minutes: these take twenty-one. */
const together = 1_200;

/** Documents of a loop that sends one a call, as fast as the limits allow, until its day's calls are used up. */
async function singleDay(endings: Endings, place: Place, batches: readonly Batch[]): Promise<number> {
  const pacing = await startPacing(endings, place);
  const left = singles(batches, 'S').slice(0, callsMax);
  let documents = 0;
  for (let part = 1; left.length > 0; part += 1) {
    // A minute later the calls of the part before are past.
    const startMs = simulatedNow(place.clock) + minuteMs;
    const paced = await pacing.work(
      {
        ...{ style: 'perfect', windows: 'rolling', startMs, untilMs: Number.MAX_SAFE_INTEGER },
        ...{ atOnce: limits.atOnce, name: `day-${part}` },
      },
      left.splice(0, together),
    );
    documents += paced.documents;
  }
  if (documents < callsMax) throw new Error(`The loop brought only ${documents} documents.`);
  return documents;
}
