// The sandbox as it is run, a process of its own: where a test looks at the memory of what is tested, Xero's ledger must not be in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { StageSandbox } from './stage.ts';

const program = fileURLToPath(new URL('../../../../apps/sandbox/dist/src/main.js', import.meta.url));

/** Without limits, with the client that tests use. It ends with this process. */
export async function startSandboxProgram(): Promise<StageSandbox> {
  if (!existsSync(program)) throw new Error('The sandbox’s process runs what is built: npx turbo run build');
  const folder = await mkdtemp(path.join(tmpdir(), 'stockbook-faults-'));
  const env = {
    ...{ PATH: process.env.PATH, DATA_DIR: folder, STARTER_PID: String(process.pid) },
    ...{ SANDBOX_PORT: '0', SANDBOX_LIMITS: 'off' },
  };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await readUrl(createInterface({ input: child.stdout }));
  return {
    url,
    port: Number(new URL(url).port),
    close: async () => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What it says further is read and dropped: a pipe that nobody reads would stop it. */
async function readUrl(lines: AsyncIterable<string> & NodeJS.EventEmitter): Promise<string> {
  const [line] = await once(lines, 'line');
  const url = /ready: (\S+)/.exec(String(line))?.[1];
  if (url === undefined) throw new Error(`The sandbox said '${line}' and not where it is.`);
  return url;
}
