// A throwaway PostgreSQL for tests, as a process: prints its superuser URL as one line of JSON, and goes away with its files when its input closes.
// At a line `restart` it stops as `pg_ctl stop -m immediate` does, starts again, and prints the line once more; with `--lasting` what was committed is there then.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startPostgres, superuserUrl } from './postgres.mjs';
import { postgresBinaries } from './postgres-user.mjs';
import { gone, signal } from './processes.mjs';
import { orSentence, Sentence } from './sentence.mjs';

/** Starts the process; answers `{ url, stop() }`. It ends also when this process is killed. */
export async function spawnTestPostgres() {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) return { ...JSON.parse(line), stop };
  throw new Sentence('The test PostgreSQL ended before it was ready: the reason stands above.');
}

const program = fileURLToPath(import.meta.url);

/** What is lost in a power cut is only a test's: no waiting for the disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  max_wal_size: '4GB',
};

/** A server that is stopped at once keeps what it acknowledged only if each commit waits for the log to be written. */
const LASTING = { synchronous_commit: 'on', full_page_writes: 'on' };

/** The folder stands where PostgreSQL's own user can enter. */
async function startHere(settings) {
  const folder = mkdtempSync(`/var/tmp/stockbook-test-${postgresBinaries().version}-`);
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const start = () => startPostgres(folder, settings);
    return { postgres: await start(), start, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function main() {
  const lasting = process.argv.includes('--lasting') ? LASTING : {};
  const here = await startHere({ ...SETTINGS, ...lasting });
  let { postgres } = here;
  const tell = () => console.log(JSON.stringify({ url: superuserUrl(postgres) }));
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await postgres.stop();
    here.remove();
    process.exit(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
  process.stdin.on('error', stop);
  createInterface({ input: process.stdin })
    .on('close', stop)
    .on('line', async (line) => {
      if (line !== 'restart') return;
      signal(postgres.pid, 'SIGQUIT');
      await gone(postgres.pid, 20_000);
      postgres = await here.start();
      tell();
    });
  tell();
}

if (process.argv[1] && realpathSync(process.argv[1]) === program) await orSentence(main);
