// The API's process: starts, says that it serves, and ends in order when it is told to or its starter is gone.
import { parseClock, setClock } from '@stockbook/db/clock';
import { createLog } from '@stockbook/sync';
import { type Env, parseEnv } from './env.ts';
import { startApi } from './server.ts';

const starterLookMs = 1_000;

const outcome = parseEnv(process.env);
if (outcome.kind === 'refused') {
  console.error(outcome.problem);
  process.exit(1);
}
await run(outcome.env);

async function run(env: Env): Promise<void> {
  const log = createLog('api', env.logLevel);
  const api = await start().catch((error: unknown) => {
    console.error(sentenceOf(error, env));
    log.debug({ err: error }, 'The API could not start.');
    process.exit(1);
  });

  async function start() {
    await setClock(env.databaseUrl, parseClock(process.env));
    return startApi(env, log);
  }

  let stopping = false;
  async function stop(why: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'The API stops.');
    await api.stop();
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop('it was told to'));
  process.on('SIGINT', () => void stop('it was told to'));
  if (env.starterPid !== undefined) {
    const pid = env.starterPid;
    setInterval(() => {
      if (!alive(pid)) void stop('its starter is gone');
    }, starterLookMs).unref();
    process.on('disconnect', () => void stop('its starter is gone'));
  }
  log.info({ origin: env.origin }, 'The API serves.');
  process.send?.({ kind: 'ready', ...(api.link === undefined ? {} : { link: api.link }) });
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
function sentenceOf(error: unknown, env: Env): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${env.port} is used by another program: end it, or set PORT to another one.`;
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOENT')
    return `The data folder ${env.dataDir} cannot be written: set DATA_DIR to one that can.`;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return 'The database does not answer: check DATABASE_URL and that PostgreSQL is running.';
  return `The API could not start: ${error instanceof Error ? error.message : String(error)}`;
}
