// A throwaway PostgreSQL for tests, as a process: prints its superuser URL as one line of JSON, and goes away with its files when its input closes.
// At a line `restart` it stops as `pg_ctl stop -m immediate` does, starts again, and prints the line once more; with `--lasting` what was committed is there then.
// With `--volume=192m` all its files lie on a volume of that size, whose folder stands beside the URL; where none can be mounted it says why as `missing`, and ends. At a line `start` it comes up where it ended, as soon as there is room; what it says while it waits comes as `said`.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startPostgres, superuserUrl } from './postgres.mjs';
import { postgresBinaries } from './postgres-user.mjs';
import { gone, signal } from './processes.mjs';
import { startWithRoom } from './room.mjs';
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

/** On a small volume the log keeps few old segments to be written over: what it needs more must find room. */
const SMALL = { min_wal_size: '32MB' };

/** The folder stands where PostgreSQL's own user can enter. */
async function startHere(settings, size) {
  const folder = mkdtempSync(`/var/tmp/stockbook-test-${postgresBinaries().version}-`);
  chmodSync(folder, 0o755);
  const remove = () => {
    if (size) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const missing = size && mountSmall(folder, size);
    if (missing) {
      rmSync(folder, { recursive: true });
      return { missing };
    }
    const start = () => startPostgres(folder, settings);
    const startAgain = () =>
      startWithRoom(folder, settings, {
        say: (said) => console.log(JSON.stringify({ said })),
        isStopping: () => false,
      });
    return { folder, postgres: await start(), startAgain, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Why no volume could be mounted; '' when one is. */
function mountSmall(folder, size) {
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'stockbook-test', folder], {
    encoding: 'utf8',
  });
  if (made.status === 0) return '';
  return `no volume can be mounted here: ${(made.error?.message ?? made.stderr).trim()}`;
}

async function main() {
  const lasting = process.argv.includes('--lasting') ? LASTING : {};
  const size = process.argv.find((text) => text.startsWith('--volume='))?.slice('--volume='.length);
  const here = await startHere({ ...SETTINGS, ...lasting, ...(size ? SMALL : {}) }, size);
  if (here.missing) {
    console.log(JSON.stringify({ missing: here.missing }));
    return;
  }
  let { postgres } = here;
  const tell = () => console.log(JSON.stringify({ url: superuserUrl(postgres), folder: here.folder }));
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
      if (line === 'restart') {
        signal(postgres.pid, 'SIGQUIT');
        await gone(postgres.pid, 20_000);
      } else if (line !== 'start') return;
      postgres = await here.startAgain();
      tell();
    });
  tell();
}

if (process.argv[1] && realpathSync(process.argv[1]) === program) await orSentence(main);
