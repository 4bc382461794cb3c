// Before the tests of a project: a PostgreSQL (TEST_DATABASE_URL, or a throwaway one) with a migrated template to clone.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { deployMigrations } from '@stockbook/db/migrate';
import { prepareDatabase } from '@stockbook/db/roles';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

export type TestCluster = { superuserUrl: string; template: string; owner: TestRole; application: TestRole };
export type TestRole = { name: string; password: string };

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: TestCluster;
  }
}

/** Vitest runs this once for each project that names it, in one process: they share the server, and the last one stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.users += 1;
  shared.started ??= start();
  const { cluster, stop } = await shared.started;
  project.provide('cluster', cluster);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete shared.started;
    await stop();
  };
}

type Started = { cluster: TestCluster; stop: () => Promise<void> };
type Shared = { users: number; started?: Promise<Started> };

/** Each project loads its own copy of this file, so what they share hangs on the process. */
const shared: Shared = sharedByAll({ users: 0 });

function sharedByAll(fresh: Shared): Shared {
  const key = Symbol.for('stockbook.test.cluster');
  const holder: typeof globalThis & { [key]?: Shared } = globalThis;
  holder[key] ??= fresh;
  return holder[key];
}

async function start(): Promise<Started> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { cluster: await withTemplate(given), stop: async () => undefined };
  const server = await startServer();
  return { cluster: await withTemplate(server.url), stop: server.stop };
}

const starter = fileURLToPath(new URL('../../../apps/start/test-postgres.mjs', import.meta.url));

/** A server of a test's own that can be stopped at once, as `pg_ctl stop -m immediate` does, and started again; it keeps what it acknowledged. */
export async function startLastingServer() {
  const { child, stop, lines } = spawnServer(['--lasting']);
  const cluster = await withTemplate(await lines.next().then(urlOf));
  return {
    cluster,
    stop,
    /** Resolves when it is up again, at the same address. */
    restart: async () => {
      child.stdin?.write('restart\n');
      const url = urlOf(await lines.next());
      if (url !== cluster.superuserUrl) throw new Error(`PostgreSQL came back at ${url}`);
    },
  };
}

/** A server of a test's own whose files, its log's too, lie on a volume of their own in `folder`; where none can be mounted, why. */
export async function startSmallServer(size: string) {
  const { child, stop, lines } = spawnServer(['--lasting', `--volume=${size}`]);
  const { missing, url, folder } = answerOf(await lines.next());
  if (missing !== undefined) {
    await stop();
    return { kind: 'missing', reason: missing } as const;
  }
  if (url === undefined || folder === undefined) throw new Error('The small server said no address.');
  const cluster = await withTemplate(url);
  return {
    ...({ kind: 'ready', cluster, folder, stop } as const),
    /** Resolves when it is up, which it is at once where it did not end; `waits` hears what it says while there is no room. */
    start: async (waits: (words: string) => void = () => undefined) => {
      child.stdin?.write('start\n');
      for (;;) {
        const { said, url: now } = answerOf(await lines.next());
        if (now === url) return;
        if (said === undefined) throw new Error('PostgreSQL came back elsewhere');
        waits(said);
      }
    },
  };
}

/** The server ends, and its files go, when its input closes: also when this process is killed. */
async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { stop, lines } = spawnServer([]);
  return { url: urlOf(await lines.next()), stop };
}

function spawnServer(options: readonly string[]) {
  const child = spawn(process.execPath, [starter, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.stdin?.end();
    await exited;
  };
  return { child, stop, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

function urlOf(said: IteratorResult<string>): string {
  const { url } = answerOf(said);
  if (url !== undefined) return url;
  throw new Error(`The test PostgreSQL said ${said.value}, not its URL.`);
}

interface Answer {
  url?: string;
  folder?: string;
  missing?: string;
  said?: string;
}

function answerOf({ value: line, done }: IteratorResult<string>): Answer {
  if (done) throw new Error('The test PostgreSQL ended before it was ready: its words stand above.');
  const said: Answer = JSON.parse(line);
  return said;
}

/** The template is named by its migrations and renamed when complete: any number of processes may come at once, one makes it. */
async function withTemplate(superuserUrl: string): Promise<TestCluster> {
  const template = `stockbook_template_${migrationsHash()}`;
  const draft = `${template}_draft`;
  // Everyone who knows the superuser's URL arrives at the same passwords.
  const password = createHash('sha256').update(`stockbook test ${superuserUrl}`).digest('hex');
  const owner = { name: 'stockbook_test_owner', password };
  const application = { name: 'stockbook_test_app', password };
  const superuser = new pg.Client({ connectionString: superuserUrl });
  await superuser.connect();
  try {
    await superuser.query('SELECT pg_advisory_lock(7465002)');
    const found = await superuser.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount === 0) {
      await superuser.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
      const adminUrl = databaseUrl(superuserUrl, owner, draft);
      await prepareDatabase({ superuserUrl, adminUrl, url: databaseUrl(superuserUrl, application, draft) });
      await deployMigrations(adminUrl);
      await superuser.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
    }
  } finally {
    await superuser.end();
  }
  return { superuserUrl, template, owner, application };
}

/** The same server seen by another role and database. */
export function databaseUrl(superuserUrl: string, role: TestRole, database: string): string {
  const url = new URL(superuserUrl);
  url.username = role.name;
  url.password = role.password;
  url.pathname = `/${database}`;
  return url.href;
}

function migrationsHash(): string {
  const folder = new URL('../../../prisma/', import.meta.url);
  const hash = createHash('sha256').update(readFileSync(new URL('src/roles.ts', folder)));
  for (const file of readdirSync(new URL('migrations/', folder), {
    recursive: true,
    encoding: 'utf8',
  }).sort()) {
    if (file.endsWith('.sql')) hash.update(file).update(readFileSync(new URL(`migrations/${file}`, folder)));
  }
  return hash.digest('hex').slice(0, 12);
}
