// From an urgent change to the first byte at Xero, while nothing else is to do: a real worker with its automatic sync on.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createId } from '@stockbook/db';
import { record, setAutoSync } from '@stockbook/sync';
import { contacts } from '@stockbook/sync/entities';
import type { Endings } from '../endings.ts';
import { connectOrganisation, tokenSecret } from '../organisation.ts';
import type { Database } from '../postgres.ts';
import { type Sandbox, startSandbox } from '../sandbox.ts';

/** Milliseconds of each change by windows, in the order they were made. */
export type Idle = number[][];

const windows = 5;
/** A window ends when it has so many changes, or when its time is over. */
const changesMax = 100;
const windowMaxMs = 20_000;
const warmUp = 20;
const answerLimitMs = 20_000;
const program = fileURLToPath(new URL('../../../../apps/worker/dist/main.js', import.meta.url));

export async function measureIdle(
  endings: Endings,
  database: Database,
  say: (line: string) => void,
): Promise<Idle> {
  const nowMs = Date.now();
  const clock = { realMs: nowMs, simulatedMs: nowMs, scale: 1 };
  const sandbox = await startSandbox(endings, { limits: 'off', latencyMs: 0, clock });
  const organisation = await connectOrganisation(database.db, sandbox.oauth);
  await setAutoSync(database.db, organisation, 'bench', true);
  const worker = await startWorker(endings, database, sandbox);
  let made = 0;
  const change = () => changeToCall(database, sandbox, organisation, ++made);
  say(`Idle: urgent changes, one after the other, in ${windows} windows ...`);
  while (made < warmUp) await change();
  const times: Idle = [];
  for (let n = 1; n <= windows; n += 1) {
    const own: number[] = [];
    const startMs = performance.now();
    while (own.length < changesMax && performance.now() - startMs < windowMaxMs) own.push(await change());
    times.push(own);
  }
  await worker.stop();
  await sandbox.end();
  return times;
}

/** Waits until the run has ended, so that the next change finds the worker idle again. */
async function changeToCall(
  { db }: Database,
  { client }: Sandbox,
  organisation: string,
  n: number,
): Promise<number> {
  const id = createId();
  const one = { id, number: `U-${n}`, name: `Urgent ${n}`, email: null, phone: null, country: null };
  const last = (await client.calls()).at(-1)?.id ?? 0;
  const startMs = Date.now();
  await db.write(organisation, async (tx) => {
    await contacts.apply(tx, [one]);
    record(tx, { entity: contacts.name, id, urgent: true });
  });
  while (Date.now() - startMs < answerLimitMs) {
    const active = await db.prisma.run.count({ where: { organisationId: organisation, endedAt: null } });
    const calls = active > 0 ? [] : await client.calls({ afterId: last, method: 'PUT', path: '/Contacts' });
    const [call] = calls;
    if (call !== undefined) return call.atMs - startMs;
    await delay(10);
  }
  throw new Error(`The change ${n} did not reach the sandbox within ${answerLimitMs / 1000} s.`);
}

async function startWorker(
  endings: Endings,
  database: Database,
  { url }: Sandbox,
): Promise<{ stop(): Promise<void> }> {
  const env = {
    ...process.env,
    DATABASE_URL: database.db.url,
    DATABASE_ADMIN_URL: database.adminUrl,
    TOKEN_SECRET: tokenSecret.toString('hex'),
    XERO_SANDBOX_URL: url,
    LOG_LEVEL: 'warn',
    STARTER_PID: String(process.pid),
  };
  const options = ['--disable-warning=ExperimentalWarning', program];
  const child = spawn(process.execPath, options, { stdio: ['ignore', 2, 'inherit', 'ipc'], env });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  endings.add(stop);
  await ready(child);
  return { stop };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () =>
      reject(new Error('The worker ended before it was ready: its words stand above.')),
    );
  });
}
