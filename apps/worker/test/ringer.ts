// Starts workers of the alarm clock as processes of their own, and waits for what they say.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface RingerJob {
  name: string;
  every: string;
  lockLifetimeMs: number;
  given: unknown;
  takesMs?: number;
}

const line = z.object({
  ready: z.optional(z.boolean()),
  stopped: z.optional(z.boolean()),
  ring: z.optional(z.string()),
  rung: z.optional(z.string()),
  at: z.optional(z.number()),
  name: z.optional(z.string()),
  log: z.optional(z.object({ job: z.optional(z.string()), msg: z.string() })),
});

export type Line = z.infer<typeof line>;

export interface Ringer {
  lines: Line[];
  /** Waits until `found` answers true. Throws with all that was said when the process ends before, or 30 s are over. */
  until(what: string, found: (lines: Line[]) => boolean): Promise<void>;
  /** Ends it with `signal` and answers its exit code. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

const program = fileURLToPath(new URL('ringer.mjs', import.meta.url));
const LIMIT_MS = 30_000;

export function startRinger(store: { url: string; adminUrl: string }, jobs: readonly RingerJob[]): Ringer {
  const name = `ringer-${randomUUID()}`;
  const env = { ...process.env, RINGER: JSON.stringify({ ...store, name, jobs }) };
  const options = ['--disable-warning=ExperimentalWarning', program];
  const child = spawn(process.execPath, options, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  const hearers = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(line.parse(JSON.parse(text)));
    for (const hear of hearers) hear();
  });
  return {
    lines,
    until: (what, found) => until(child, lines, hearers, what, found),
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, 'close');
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

function until(
  child: ChildProcess,
  lines: Line[],
  hearers: Set<() => void>,
  what: string,
  found: (lines: Line[]) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (problem?: string) => {
      clearTimeout(timer);
      hearers.delete(look);
      child.off('close', ended);
      if (problem) reject(new Error(`${problem} before ${what}; it said ${JSON.stringify(lines)}`));
      else resolve();
    };
    const look = () => {
      if (found(lines)) settle();
    };
    const ended = () => settle('The worker ended');
    const timer = setTimeout(() => settle(`${LIMIT_MS / 1000} s were over`), LIMIT_MS);
    hearers.add(look);
    child.once('close', ended);
    look();
  });
}
