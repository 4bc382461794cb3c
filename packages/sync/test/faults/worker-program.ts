// The worker as it is run: a process of its own on the test's database and sandbox, killed by the test and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { channel } from '@stockbook/db';
import { access } from '../world.ts';
import type { Stage } from './stage.ts';

export interface WorkerProgram {
  /** Ends it as a power cut does, and starts another in its place. */
  replace(): Promise<void>;
  stop(): Promise<void>;
  /** Whether the process that was started last still runs. */
  isAlive(): boolean;
  /** What it said that was no warning, to be shown where a test fails. */
  said(): string;
}

const program = fileURLToPath(new URL('../../../../apps/worker/dist/main.js', import.meta.url));
/** A worker looks by itself every ten seconds of real time; the hint lets it look as often as it would on a clock of its own. */
const hintEveryMs = 250;

export function startWorkerProgram(stage: Stage): WorkerProgram {
  if (!existsSync(program)) throw new Error('Worker processes run what is built: npx turbo run build');
  const { database, sandbox, owner } = stage;
  const env = {
    ...{ PATH: process.env.PATH, DATABASE_URL: database.url, DATABASE_ADMIN_URL: database.adminUrl },
    ...{ TOKEN_SECRET: access.secret.toString('hex'), XERO_SANDBOX_URL: sandbox.url, LOG_LEVEL: 'error' },
  };
  let said = '';
  const launch = (): ChildProcess => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], { env });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece) => {
        said += String(piece);
      });
    return child;
  };
  let child = launch();
  const ringing = new AbortController();
  const rings = ring(owner, ringing.signal);
  const kill = async () => {
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  };
  return {
    replace: async () => {
      await kill();
      child = launch();
    },
    stop: async () => {
      ringing.abort();
      await Promise.all([rings, kill()]);
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    said: () => said,
  };
}

async function ring(owner: Stage['owner'], stop: AbortSignal): Promise<void> {
  const hint = JSON.stringify({ organisation: 'any', topic: 'run' });
  while (!stop.aborted) {
    // A database that is away passes no hints on.
    await owner.query('SELECT pg_notify($1, $2)', [channel, hint]).catch(() => undefined);
    await delay(hintEveryMs, undefined, { signal: stop }).catch(() => undefined);
  }
}
