// The worker's process: starts, says that it is ready, and ends in order when it is told to or its starter is gone.
import { createLog } from '@stockbook/sync';
import { type Env, parseEnv } from './env.ts';
import { startWorker, type Worker } from './worker.ts';

const STARTER_LOOK_MS = 1_000;
/** What has not settled by then is left to its lease: the next worker looks at Xero before it sends again. */
const STOP_LIMIT_MS = 10_000;

const outcome = parseEnv(process.env);
if (outcome.kind === 'refused') {
  console.error(outcome.problem);
  process.exit(1);
}
await run(outcome.env);

async function run(env: Env): Promise<void> {
  const log = createLog('worker', env.logLevel);
  let worker: Worker | undefined;
  let stopping = false;

  async function stop(why: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'The worker stops');
    setTimeout(() => {
      log.warn('The worker ends with calls in flight');
      process.exit(0);
    }, STOP_LIMIT_MS);
    await worker?.stop();
    // Agenda leaves a timer for every job that has rung: nothing else would end the process.
    process.exit(0);
  }

  process.on('SIGTERM', () => void stop('it was told to'));
  process.on('SIGINT', () => void stop('it was told to'));
  followStarter(env, () => void stop('its starter is gone'));
  worker = await startWorker(env, log).catch((error: unknown) => {
    console.error(sentenceOf(error));
    log.debug({ err: error }, 'The worker could not start');
    process.exit(1);
  });
  if (stopping) return;
  log.info('The worker is ready');
  process.send?.({ kind: 'ready' });
}

function followStarter({ starterPid }: Env, gone: () => void): void {
  if (starterPid === undefined) return;
  setInterval(() => {
    if (!alive(starterPid)) gone();
  }, STARTER_LOOK_MS).unref();
  process.on('disconnect', gone);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What a person can do about a start that failed. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '28P01' || code === '3D000')
    return `The database does not answer (${message || code}): check DATABASE_URL and that PostgreSQL is running.`;
  if (error instanceof Error && error.name === 'MongoServerSelectionError')
    return `MongoDB does not answer (${message}): check AGENDA_URL.`;
  if (code === '42501')
    return `The alarm clock’s schema cannot be made (${message}): set DATABASE_ADMIN_URL to a role that may.`;
  return `The worker could not start: ${message}`;
}
