// A throwaway PostgreSQL with a migrated database of its own, opened as the application opens it.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDb, type Db } from '@stockbook/db';
import { deployMigrations } from '@stockbook/db/migrate';
import { prepareDatabase } from '@stockbook/db/roles';
import type { Endings } from './endings.ts';

export interface Database {
  db: Db;
  /** The owner's. */
  adminUrl: string;
  /** The server's, for what its owner may not: a checkpoint. */
  superuserUrl: string;
  version: string;
}

export async function startDatabase(endings: Endings): Promise<Database> {
  const superuserUrl = await startServer(endings);
  const adminUrl = databaseUrl(superuserUrl, 'stockbook_bench_owner');
  const url = databaseUrl(superuserUrl, 'stockbook_bench_app');
  await prepareDatabase({ superuserUrl, adminUrl, url });
  await deployMigrations(adminUrl);
  // A million rows are one statement.
  const db = createDb(url, { silentMs: 900_000 });
  endings.add(() => db.close());
  const { rows } = await db.pool.query<{ version: string }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
  );
  return { db, adminUrl, superuserUrl, version: rows[0]?.version ?? 'unknown' };
}

const program = fileURLToPath(new URL('../../../apps/start/test-postgres.mjs', import.meta.url));

/** The server ends, and its files go, when its input closes: also when this process is killed. */
async function startServer(endings: Endings): Promise<string> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  endings.add(async () => {
    child.stdin?.end();
    await exited;
  });
  return parseUrl(await firstLine(child));
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout) for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('PostgreSQL ended before it was ready: its words stand above.');
}

function parseUrl(line: string): string {
  const said: { url?: unknown } = JSON.parse(line);
  if (typeof said.url === 'string') return said.url;
  throw new Error(`The throwaway PostgreSQL said ${line}, not its URL.`);
}

function databaseUrl(superuserUrl: string, role: string): string {
  const url = new URL(superuserUrl);
  url.username = role;
  url.password = randomBytes(16).toString('hex');
  url.pathname = '/stockbook_bench';
  return url.href;
}
