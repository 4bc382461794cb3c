// The second part: the same documents with the limits off, by Stockbook's engine and by the bare loop in turn, window after window.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Bare, startBare } from './bare.ts';
import type { Window } from './bare-loop.ts';
import type { Batches } from './batches.ts';
import type { Endings } from './endings.ts';
import { takeFolder } from './folder.ts';
import { writeDocuments, writeLists } from './inventory.ts';
import {
  connectOrganisation,
  countSent,
  createBenchEngine,
  forgetOrganisation,
  sync,
  takeToken,
} from './organisation.ts';
import type { Database } from './postgres.ts';
import { makeSample } from './sample.ts';
import { assertPosted, onlyOrganisation, type Sandbox, startSandbox } from './sandbox.ts';

export interface LimitsOff {
  stockbook: Window[];
  bare: Window[];
}

const pairs = 5;
/** All five pairs go, however slow the machine: a window that does not send all by then is cut short. */
const windowMaxMs = 12_000;

export async function measureLimitsOff(
  endings: Endings,
  database: Database,
  batches: Batches,
  say: (line: string) => void,
): Promise<LimitsOff> {
  const nowMs = Date.now();
  const clock = { realMs: nowMs, simulatedMs: nowMs, scale: 1 };
  const sandbox = await startSandbox(endings, { limits: 'off', latencyMs: 0, clock });
  const file = path.join(await takeFolder(endings), 'batches.json');
  await writeFile(file, JSON.stringify(batches));
  const bare = startBare(endings);
  const measured: LimitsOff = { stockbook: [], bare: [] };
  say('Limits off: windows in turn ...');
  for (let n = 1; n <= pairs; n += 1) {
    measured.stockbook.push(await stockbookWindow(database, sandbox));
    measured.bare.push(await bareWindow(bare, sandbox, file, n));
    say(`Limits off, window ${n}: Stockbook ${rate(measured.stockbook)}, bare loop ${rate(measured.bare)}`);
  }
  await sandbox.end();
  return measured;
}

function rate(windows: readonly Window[]): string {
  const last = windows.at(-1);
  return last === undefined ? '' : `${Math.round(last.documents / last.seconds)} documents/s`;
}

/** A new organisation each time, its lists sent before the time begins: what is measured is documents from outbox to settlement. */
async function stockbookWindow({ db }: Database, { client, oauth }: Sandbox): Promise<Window> {
  await client.reset();
  const organisation = await connectOrganisation(db, oauth);
  const sample = makeSample();
  await writeLists(db, organisation, sample);
  await sync(db, organisation, createBenchEngine(db, organisation, oauth));
  await writeDocuments(db, organisation, sample);
  const engine = createBenchEngine(db, organisation, oauth);
  const limit = setTimeout(() => void engine.stop(), windowMaxMs);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const runId = await sync(db, organisation, engine);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  clearTimeout(limit);
  await engine.stop();
  const documents = await countSent(db, organisation, runId);
  assertPosted(await client.summary(), documents);
  // A window that was cut short leaves a run, which the next one's engine must not carry on.
  await forgetOrganisation(db, organisation);
  return { documents, seconds, cpuMs: (user + system) / 1000 };
}

async function bareWindow(bare: Bare, { client, oauth }: Sandbox, file: string, n: number): Promise<Window> {
  await client.reset();
  const { tenantId } = onlyOrganisation(await client.summary());
  const { apiUrl } = oauth;
  const token = await takeToken(oauth);
  const window = await bare.work({ apiUrl, tenantId, token, file, limitMs: windowMaxMs, name: `bare-${n}` });
  assertPosted(await client.summary(), window.documents);
  return window;
}
