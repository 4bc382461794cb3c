// A real mongod for the tests: MONGOD_BINARY, else one on the PATH.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Mongod {
  url: string;
  stop(): Promise<void>;
}

export const noMongod = 'there is no mongod: set MONGOD_BINARY or put one on the PATH';

export function findMongod(): string | undefined {
  const given = process.env.MONGOD_BINARY;
  const places = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'mongod'));
  return given || places.find(isProgram);
}

/** Starts it on an empty folder and a free port. Throws its last words when it ends before it listens. */
export async function startMongod(binary: string): Promise<Mongod> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stockbook-mongod-'));
  const port = await freePort();
  const args = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'close');
  const said: string[] = [];
  let listens = false;
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    listens = line.includes('Waiting for connections');
    if (listens) break;
  }
  if (!listens) throw new Error(`${binary} did not start: ${said.slice(-5).join('\n')}`);
  child.stdout.resume();
  child.stderr.resume();
  return {
    url: `mongodb://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
