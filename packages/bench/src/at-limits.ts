// The first part: a mixed day at Xero's real limits, with database and sandbox on one clock that runs faster than real time.
import { setClock } from '@stockbook/db/clock';
import type { SandboxSummary } from '@stockbook/sandbox/client';
import type { XeroApi } from '@stockbook/xero';
import type { Endings } from './endings.ts';
import { writeDocuments, writeLists } from './inventory.ts';
import { createMinutes, type Minute, type Minutes } from './minutes.ts';
import { connectOrganisation, countSent, createBenchEngine, sync } from './organisation.ts';
import type { Database } from './postgres.ts';
import { makeSample, sizes } from './sample.ts';
import { answerTime, assertPosted, startSandbox } from './sandbox.ts';

export interface AtLimits {
  organisation: string;
  runId: string;
  /** Records of all kinds that were sent. */
  sent: number;
  /** All requests of the day the sandbox counted: look-ups and refused ones, too. */
  calls: number;
  /** The sum of ceil(records / 50) over the kinds. */
  minimum: number;
  throttled: number;
  minutes: readonly Minute[];
  /** Simulated minutes from the run's start to its end. */
  lasted: number;
  scale: number;
}

export const limits = '60,5,5000';
const scale = 20;
const batchMax = 50;

export async function measureAtLimits(
  endings: Endings,
  database: Database,
  say: (line: string) => void,
): Promise<AtLimits> {
  const { db, adminUrl } = database;
  const startMs = Date.now();
  const clock = { realMs: startMs, simulatedMs: startMs, scale };
  const sandbox = await startSandbox(endings, { limits, ...answerTime, clock });
  const at = new Date(startMs);
  await setClock(adminUrl, { realAt: at, simulatedAt: at, scale });
  say('Writing the inventory ...');
  const organisation = await connectOrganisation(db, sandbox.oauth);
  const sample = makeSample();
  await writeLists(db, organisation, sample);
  await writeDocuments(db, organisation, sample);
  say(`At the limits ${limits}, clock x${scale}: sending ${total()} records ...`);
  // Connecting reads lists: what is counted begins after it.
  const before = countCalls(await sandbox.client.summary());
  const minutes = createMinutes();
  const engine = createBenchEngine(db, organisation, sandbox.oauth, (api) => listening(api, minutes));
  const runId = await sync(db, organisation, engine);
  const summary = await sandbox.client.summary();
  assertPosted(summary, sizes.invoices + sizes.creditNotes);
  const sent = await countSent(db, organisation, runId);
  if (sent !== total()) throw new Error(`${sent} records were sent instead of ${total()}`);
  const run = await db.prisma.run.findUniqueOrThrow({
    where: { organisationId_id: { organisationId: organisation, id: runId } },
  });
  await setClock(adminUrl, undefined);
  await sandbox.end();
  return {
    organisation,
    runId,
    sent,
    calls: countCalls(summary) - before,
    minimum: Object.values(sizes).reduce((sum, size) => sum + Math.ceil(size / batchMax), 0),
    throttled: summary.throttled,
    minutes: minutes.read(),
    lasted: ((run.endedAt?.getTime() ?? 0) - (run.startedAt?.getTime() ?? 0)) / 60_000,
    scale,
  };
}

function total(): number {
  return Object.values(sizes).reduce((sum, size) => sum + size, 0);
}

function countCalls({ calls }: SandboxSummary): number {
  return Object.values(calls)
    .flatMap((answers) => Object.values(answers))
    .reduce((sum, count) => sum + count, 0);
}

function listening(api: XeroApi, minutes: Minutes): XeroApi {
  return {
    ...api,
    send: async (call) => {
      const answer = await api.send(call);
      if (answer.kind !== 'changed-text') minutes.hear(answer.allowance.leftThisMinute);
      return answer;
    },
  };
}
