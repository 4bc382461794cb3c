// The whole product for a test: `npm start` in a data folder of its own, its command line, its sandbox, and its end.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runner = path.join(root, 'apps/start/run.mjs');
const readyLimitMs = 120_000;

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export interface Stack {
  url: string;
  sandboxUrl: string;
  dataDir: string;
  /** The one-time sign-in link that the start printed, if it printed one. */
  link: string | undefined;
  /** `stockbook ...` as a person would type it. */
  cli(...args: string[]): Promise<Ran>;
  pid(part: string): number;
  /** Ends the starter as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends the starter as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const dataDir = mkdtempSync('/var/tmp/stockbook-e2e-');
  // As root PostgreSQL runs as a user of its own, who must be able to enter.
  chmodSync(dataDir, 0o755);
  const ports = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
  const all = { ...inherited(), OPEN: '0', LOG_LEVEL: 'warn', DATA_DIR: dataDir, ...ports, ...env };
  let started = await start(all).catch((failure: unknown) => {
    rmSync(dataDir, { recursive: true, force: true });
    throw failure;
  });
  const stack: Stack = {
    url: `http://localhost:${ports.PORT}`,
    sandboxUrl: `http://localhost:${ports.SANDBOX_PORT}`,
    dataDir,
    link: started.link,
    cli: (...args) => run(['cli', ...args], all),
    pid: (part) => pidOf(dataDir, part),
    stop: () => end(started.child, 'SIGTERM'),
    kill: () => end(started.child, 'SIGKILL'),
    restart: async () => {
      started = await start(all);
    },
    remove: async () => {
      await end(started.child, 'SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return stack;
}

/** The caller's environment without what would point the product elsewhere. */
function inherited(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined &&
      !/^(DATABASE_|TEST_|XERO_|VITEST|NODE_ENV|STOCKBOOK_|CLOCK_|SANDBOX_)/.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']));
}

function start(env: Record<string, string>): Promise<{ child: ChildProcess; link: string | undefined }> {
  const child = spawn(process.execPath, [runner, 'start'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('was not ready in time'), readyLimitMs);
    function fail(why: string): void {
      clearTimeout(timer);
      child.kill('SIGTERM');
      reject(new Error(`npm start ${why}:\n${said}`));
    }
    function hear(chunk: Buffer): void {
      said += chunk.toString();
      if (!/Stockbook is ready: \S+[\s\S]*\n/.test(said)) return;
      clearTimeout(timer);
      // The link stands beside the ready line; what is printed in the same breath is waited for.
      setTimeout(() => resolve({ child, link: /https?:\/\/\S*token=\S+/.exec(said)?.[0] }), 100);
    }
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => fail('ended'));
  });
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

export function run(args: string[], env: Record<string, string>): Promise<Ran> {
  const child = spawn(process.execPath, [runner, ...args], {
    cwd: root,
    env: { ...env, INIT_CWD: root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** The pid of a part, from the file that the starter keeps. */
function pidOf(dataDir: string, part: string): number {
  const text = readFileSync(path.join(dataDir, 'run.json'), 'utf8');
  const found = new RegExp(`"${part}":\\s*(?:\\{[^}]*"pid":\\s*)?(\\d+)`).exec(text)?.[1];
  if (found === undefined) throw new Error(`run.json has no pid of ${part}: ${text}`);
  return Number(found);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
