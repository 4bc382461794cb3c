// A throwaway PostgreSQL for tests: prints its superuser URL as one line of JSON, and goes away with its files when its input closes.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startPostgres, superuserUrl } from './postgres.mjs';
import { postgresBinaries } from './postgres-user.mjs';
import { orSentence } from './sentence.mjs';

/** What is lost in a power cut is only a test's: no waiting for the disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  max_wal_size: '4GB',
};

/** Answers `{ url, stop() }`; `stop` removes the files. The folder stands where PostgreSQL's own user can enter. */
export async function startTestPostgres() {
  const folder = mkdtempSync(`/var/tmp/stockbook-test-${postgresBinaries().version}-`);
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const postgres = await startPostgres(folder, SETTINGS);
    const stop = async () => {
      await postgres.stop();
      remove();
    };
    return { url: superuserUrl(postgres), stop };
  } catch (error) {
    remove();
    throw error;
  }
}

async function main() {
  const postgres = await startTestPostgres();
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await postgres.stop();
    process.exit(0);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
  process.stdin.on('end', stop).on('error', stop).resume();
  console.log(JSON.stringify({ url: postgres.url }));
}

if (process.argv[1] && import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href)
  await orSentence(main);
