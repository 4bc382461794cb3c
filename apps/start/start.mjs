// `npm start`: from a bare clone or a running folder to "Stockbook is ready", and back down in order.
import { spawn } from 'node:child_process';
import { keepAlive } from './children.mjs';
import { makeDataFolder, readClock, readSecrets, writeRun } from './data-folder.mjs';
import { embeddedUrls, migrate, openDatabase, watchPostgres } from './database.mjs';
import { parseEnvironment } from './environment.mjs';
import { cleanEnvironment, ensureBuilt } from './install.mjs';
import { assertPortsFree, clearLeftovers } from './leftovers.mjs';
import { assertUsable } from './postgres-cluster.mjs';
import { signal } from './processes.mjs';
import { startWithRoom } from './room.mjs';
import { Sentence } from './sentence.mjs';

/** npm passes a terminal's Ctrl-C on beside the terminal itself: two signals so close are one. */
const ONE_KEY_PRESS_MS = 1_000;

export async function start() {
  const settings = parseEnvironment(process.env);
  makeDataFolder(settings.dataDir);
  if (!settings.databaseUrl) assertUsable(settings.dataDir);
  await clearLeftovers(settings.dataDir);
  await assertPortsFree(portsOf(settings));
  const stack = {
    settings,
    children: new Map(),
    run: { url: `http://localhost:${settings.port}`, starter: process.pid },
  };
  writeRun(settings.dataDir, stack.run);
  ensureBuilt();
  stopOnSignals(stack);
  try {
    await up(stack);
  } catch (error) {
    await down(stack);
    throw error;
  }
}

function portsOf({ port, sandboxPort, realXero }) {
  return realXero ? { PORT: port } : { PORT: port, SANDBOX_PORT: sandboxPort };
}

async function up(stack) {
  const { settings } = stack;
  const { urls, postgres } = await openDatabase(settings, console.error);
  if (postgres) adoptPostgres(stack, postgres);
  const clock = readClock(settings.dataDir, settings.clockScale);
  await migrate({ ...urls, ...clock }, ['--clock']);
  stack.env = childEnvironment(settings, { ...urls, ...clock, ...readSecrets(settings.dataDir) });
  if (!settings.realXero) await startChild(stack, 'sandbox');
  const { link } = await startChild(stack, 'api');
  await startChild(stack, 'worker');
  console.log(`Stockbook is ready: ${stack.run.url}`);
  if (link) console.log(`Sign in once with this link: ${link}`);
  if (settings.open) openBrowser(link ?? stack.run.url);
}

/** Everything parsed, once more as text; the children add nothing to it. The superuser stays here. */
export function childEnvironment(settings, { DATABASE_SUPERUSER_URL: _, ...more }) {
  const env = {
    ...cleanEnvironment(),
    ...more,
    PORT: String(settings.port),
    SANDBOX_PORT: String(settings.sandboxPort),
    DATA_DIR: settings.dataDir,
    LOG_LEVEL: settings.logLevel,
    SANDBOX_LIMITS: settings.sandboxLimits,
    SANDBOX_LATENCY_MS: String(settings.sandboxLatencyMs),
    AGENDA_URL: settings.agendaUrl ?? more.DATABASE_URL,
    ORIGIN: `http://localhost:${settings.port}`,
    STARTER_PID: String(process.pid),
  };
  if (settings.realXero) delete env.XERO_SANDBOX_URL;
  else env.XERO_SANDBOX_URL = `http://localhost:${settings.sandboxPort}`;
  return env;
}

function startChild(stack, name) {
  const events = {
    started: (pid) => noteRun(stack, { [name]: pid }),
    says: (sentence) => console.error(sentence),
    givesUp: (sentence) => endBecause(stack, sentence),
  };
  const child = keepAlive(name, stack.env, events);
  stack.children.set(name, child);
  return child.ready;
}

function adoptPostgres(stack, postgres) {
  stack.postgres = postgres;
  noteRun(stack, { postgres: postgres.pid });
  stack.stopWatching = watchPostgres(postgres, () => restartPostgres(stack));
}

/** On the port it had, so that the others find it again; where that is gone, they start again with the new one. */
async function restartPostgres(stack) {
  if (stack.stopping) return;
  console.error('PostgreSQL ended; it starts again.');
  const portBefore = stack.postgres.port;
  const waiting = { say: (sentence) => console.error(sentence), isStopping: () => stack.stopping === true };
  try {
    const postgres = await startWithRoom(stack.settings.dataDir, { max_connections: '200' }, waiting);
    if (postgres === undefined) return;
    adoptPostgres(stack, postgres);
  } catch (error) {
    return endBecause(stack, error instanceof Sentence ? error.message : String(error));
  }
  if (stack.postgres.port === portBefore || !stack.env) return;
  stack.env = childEnvironment(stack.settings, { ...stack.env, ...embeddedUrls(stack.postgres) });
  for (const name of ['worker', 'api']) {
    await stack.children.get(name)?.stop();
    startChild(stack, name).catch((error) => endBecause(stack, error.message));
  }
}

function noteRun(stack, pids) {
  Object.assign(stack.run, pids);
  writeRun(stack.settings.dataDir, stack.run);
}

function stopOnSignals(stack) {
  // A terminal that is gone takes no more words; that is no reason to leave anything running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let firstAt;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, async () => {
      if (firstAt !== undefined) {
        if (Date.now() - firstAt > ONE_KEY_PRESS_MS) killAll(stack);
        return;
      }
      firstAt = Date.now();
      console.log('Stopping ...');
      await down(stack);
      process.exit(0);
    });
  }
}

async function endBecause(stack, sentence) {
  if (stack.stopping) return;
  console.error(sentence);
  await down(stack);
  process.exit(1);
}

/** The worker settles what it has in flight while all it needs is still there; the database goes last. */
async function down(stack) {
  stack.stopping = true;
  stack.stopWatching?.();
  for (const name of ['worker', 'api', 'sandbox']) await stack.children.get(name)?.stop();
  await stack.postgres?.stop();
}

function killAll(stack) {
  for (const child of stack.children.values()) child.kill();
  if (stack.postgres) signal(stack.postgres.pid, 'SIGQUIT');
  process.exit(1);
}

function openBrowser(url) {
  const program = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  const headless = program === 'xdg-open' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (headless) return;
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}
