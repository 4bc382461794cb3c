// The bare HTTP echo from outside: where it is, and its process.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Endings } from './endings.ts';

export interface Echo {
  url: string;
  pid: number;
}

export async function startEcho(endings: Endings): Promise<Echo> {
  const child = fork(fileURLToPath(new URL('./echo-server.js', import.meta.url)), { execArgv: [] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  endings.add(async () => {
    if (child.connected) child.disconnect();
    await exited;
  });
  const port = await new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('The echo ended before it was ready: its words stand above.')));
  });
  if (typeof port !== 'number' || child.pid === undefined) throw new Error('The echo has no port.');
  return { url: `http://127.0.0.1:${port}`, pid: child.pid };
}
