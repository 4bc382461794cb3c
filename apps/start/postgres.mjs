// The embedded PostgreSQL of one data folder: made once, started, found again after a crash, stopped.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  assertUsable,
  binary,
  keepPort,
  makeCluster,
  placeOf,
  readKept,
  spawnOptions,
} from './postgres-cluster.mjs';
import { commandLine, freePort, gone, portIsFree, signal } from './processes.mjs';
import { Sentence } from './sentence.mjs';

const START_LIMIT_MS = 60_000;
const LOG_LIMIT_BYTES = 5_000_000;
/** A dead postmaster's last children hold its memory for a moment: then starting again is worth a second try. */
const TRY_AGAIN = /pre-existing shared memory|lock file "postmaster.pid"|Address already in use/;

/**
 * Starts the cluster in `folder`/postgres, or takes over the one that still runs there.
 * Answers `{ port, pid, passwords, reused, stop() }`; `settings` are passed to a fresh postmaster as `-c name=value`.
 */
export async function startPostgres(folder, settings = {}) {
  assertUsable(folder);
  const place = placeOf(folder);
  const kept = readKept(place) ?? (await makeCluster(place));
  const living = await livingPostmaster(place);
  if (living) return { ...running(living), passwords: kept.passwords, reused: true };
  return { ...running(await startTried(place, kept, settings)), passwords: kept.passwords, reused: false };
}

/** The cluster that runs in `folder` now: `{ port, passwords }`, or undefined. */
export async function findPostgres(folder) {
  const place = placeOf(folder);
  const kept = readKept(place);
  const living = kept && (await livingPostmaster(place));
  return living && { port: living.port, passwords: kept.passwords };
}

/** The superuser's connection string, for set-up only. */
export function superuserUrl({ port, passwords }) {
  return `postgresql://postgres:${passwords.superuser}@127.0.0.1:${port}/postgres`;
}

function running({ pid, port }) {
  const stop = async () => {
    signal(pid, 'SIGINT'); // a fast shutdown: connections are ended, everything is written
    if (await gone(pid, 20_000)) return;
    signal(pid, 'SIGQUIT');
    await gone(pid, 5_000);
  };
  return { pid, port, stop };
}

async function livingPostmaster(place) {
  const noted = readPidFile(place);
  if (!noted) return undefined;
  const isOurs = () => commandLine(noted.pid).includes(place.cluster);
  const deadline = Date.now() + START_LIMIT_MS;
  while (isOurs() && Date.now() < deadline) {
    const now = readPidFile(place);
    if (now?.status === 'ready') return now;
    if (now?.status === 'stopping') await gone(noted.pid, START_LIMIT_MS);
    await delay(50);
  }
  // Another process bears the pid by now: PostgreSQL would take it for a postmaster and refuse.
  if (!isOurs() && commandLine(noted.pid) !== '')
    rmSync(path.join(place.cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

function readPidFile(place) {
  const file = path.join(place.cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] };
}

async function startTried(place, kept, settings) {
  for (let attempt = 1; ; attempt++) {
    const port = (await portIsFree(kept.port)) ? kept.port : await freePort();
    const failure = await startOnce(place, port, settings);
    if (failure === '') {
      keepPort(place, kept, port);
      return readPidFile(place);
    }
    if (attempt === 20 || !TRY_AGAIN.test(failure))
      throw new Sentence(`PostgreSQL did not start: ${failure}`);
    await delay(500);
  }
}

/** '' when it is ready, else the end of its log. */
async function startOnce(place, port, settings) {
  const log = openLog(place);
  const fixed = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const flags = Object.entries({ ...fixed, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // Detached: a Ctrl-C at the terminal goes to the starter alone, which stops the database last.
  const options = { ...spawnOptions(place), stdio: ['ignore', log.fd, log.fd], detached: true };
  const child = spawn(
    binary(place, 'postgres'),
    ['-D', place.cluster, '-p', String(port), ...flags],
    options,
  );
  closeSync(log.fd);
  child.unref();
  let ended = '';
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code) => (ended ||= `it ended with code ${code}`));
  const deadline = Date.now() + START_LIMIT_MS;
  while (ended === '' && Date.now() < deadline) {
    const noted = readPidFile(place);
    if (noted?.pid === child.pid && noted.status === 'ready') return '';
    await delay(10);
  }
  const said = readFileSync(place.log, 'utf8').slice(log.from).trim().split('\n').slice(-10).join('\n');
  return `${ended || 'it was not ready in time'}\n${said}`;
}

function openLog(place) {
  const size = statSync(place.log, { throwIfNoEntry: false })?.size ?? 0;
  const fresh = size > LOG_LIMIT_BYTES;
  return { fd: openSync(place.log, fresh ? 'w' : 'a', 0o600), from: fresh ? 0 : size };
}
