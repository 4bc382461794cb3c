// Runs the starter's programs as a person does: as processes with an environment, in a scratch folder PostgreSQL's user can enter.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { fileURLToPath } from 'node:url';

export const starterFolder = fileURLToPath(new URL('..', import.meta.url));

export type Ended = { code: number | null; output: string };
export type Running = {
  child: ChildProcess;
  /** Resolves with the line that fits, or throws with all that was said when the program ends before. */
  says: (pattern: RegExp) => Promise<string>;
  ended: Promise<Ended>;
};

/** Starts a Node program; what this process has been told by npm or the tests' own settings does not reach it. */
export function run(args: string[], env: Record<string, string> = {}): Running {
  const settings = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', OPEN: '0', ...env };
  const child = spawn(process.execPath, args, { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let looking: (() => void)[] = [];
  const hear = (text: string) => {
    output += text;
    for (const look of looking) look();
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, output })));
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const line = output.split('\n').find((one) => pattern.test(one));
        if (line === undefined) return;
        looking = looking.filter((one) => one !== look);
        resolve(line);
      };
      looking.push(look);
      look();
      void ended.then(() => reject(new Error(`It ended without saying ${pattern}:\n${output}`)));
    });
  return { child, says, ended };
}

/** `run.mjs start` with the given environment. */
export function runStart(env: Record<string, string>): Running {
  return run([`${starterFolder}run.mjs`, 'start'], env);
}

/** A fresh folder, mode 755, for a DATA_DIR. */
export function scratchFolder(): string {
  const folder = mkdtempSync('/var/tmp/stockbook-test-start-');
  chmodSync(folder, 0o755);
  return folder;
}

/** Listens on a port of its own on all addresses, as a stranger's program does. */
export async function openStranger(): Promise<{ port: number; close: () => void }> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return { port: address.port, close: () => server.close() };
}

export async function freePort(): Promise<number> {
  const stranger = await openStranger();
  stranger.close();
  return stranger.port;
}

/** Waits until a condition holds; throws with its name after the limit. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 100_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A zombie, which nobody has buried yet, is not alive. */
export function isAlive(pid: number): boolean {
  if (process.platform !== 'linux') return spawnSync('ps', ['-p', String(pid)]).status === 0;
  const status = `/proc/${pid}/status`;
  return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
}
