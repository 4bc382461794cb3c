// The Xero sandbox as a process of its own, with the limits, the clock and the answer time that a part of the bench asks for.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createSandboxClient, type SandboxClient, type SandboxSummary } from '@stockbook/sandbox/client';
import { createOauth, type Oauth } from '@stockbook/xero';
import type { Endings } from './endings.ts';

export interface SandboxWanted {
  limits: string;
  latencyMs: number;
  /** Up to so much more or less, from the sandbox's seed; none where absent. */
  latencyJitterMs?: number;
  clock: { realMs: number; simulatedMs: number; scale: number };
}

export interface Sandbox {
  client: SandboxClient;
  oauth: Oauth;
  pid: number;
  url: string;
  /** Ends it before the endings do. */
  end(): Promise<void>;
}

/** How long Xero takes to answer, simulated (GOALS 1). */
export const answerTime = { latencyMs: 120, latencyJitterMs: 40 };

const sandboxRoot = new URL('../../../apps/sandbox/', import.meta.url);
const program = fileURLToPath(new URL('dist/src/main.js', sandboxRoot));
/** As everybody starts it. */
const nodeOptions: string[] = JSON.parse(readFileSync(new URL('node-options.json', sandboxRoot), 'utf8'));
const identity = { clientId: 'sandbox-client', clientSecret: 'sandbox-secret' };

/** Ends with its starter, and leaves nothing behind once `endings` have run. */
export async function startSandbox(endings: Endings, wanted: SandboxWanted): Promise<Sandbox> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stockbook-bench-'));
  endings.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const child = spawn(process.execPath, [...nodeOptions, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SANDBOX_PORT: '0',
      DATA_DIR: folder,
      SANDBOX_LIMITS: wanted.limits,
      SANDBOX_LATENCY_MS: String(wanted.latencyMs),
      SANDBOX_LATENCY_JITTER_MS: String(wanted.latencyJitterMs ?? 0),
      SANDBOX_CLIENT_ID: identity.clientId,
      SANDBOX_CLIENT_SECRET: identity.clientSecret,
      CLOCK_REAL_MS: String(wanted.clock.realMs),
      CLOCK_SIMULATED_MS: String(wanted.clock.simulatedMs),
      CLOCK_SCALE: String(wanted.clock.scale),
      STARTER_PID: String(process.pid),
    },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  endings.add(end);
  const url = await readUrl(child);
  if (child.pid === undefined) throw new Error('The sandbox has no process id.');
  return {
    client: createSandboxClient(url),
    oauth: createOauth({ ...identity, sandboxUrl: url }),
    pid: child.pid,
    url,
    end,
  };
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /ready: (\S+)/.exec(line)?.[1];
      if (url !== undefined) return url;
    }
  }
  throw new Error('The sandbox ended before it was ready: its words stand above.');
}

/** The only organisation of a fresh sandbox. */
export function onlyOrganisation(
  summary: SandboxSummary,
): SandboxSummary['organisations'][string] & { tenantId: string } {
  const [entry, ...others] = Object.entries(summary.organisations);
  if (entry === undefined || others.length > 0) throw new Error('The sandbox has not one organisation');
  return { tenantId: entry[0], ...entry[1] };
}

/** Throws unless the sandbox holds `documents` documents, none of them twice. */
export function assertPosted(summary: SandboxSummary, documents: number): void {
  const { Contacts, Items, Invoices, CreditNotes } = onlyOrganisation(summary);
  const posted = Invoices.count + CreditNotes.count;
  const twice = Contacts.duplicates + Items.duplicates + Invoices.duplicates + CreditNotes.duplicates;
  if (posted === documents && twice === 0) return;
  throw new Error(`The sandbox holds ${posted} documents instead of ${documents}, ${twice} records twice`);
}
