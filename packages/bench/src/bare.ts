// The baseline's process from outside: given a window of work, it answers what the window came to.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BareWindow, Window } from './bare-loop.ts';
import type { Endings } from './endings.ts';

export interface Bare {
  work(window: BareWindow): Promise<Window>;
}

/** A process of its own, since Stockbook's use of xero-node changes the axios of the process it runs in. */
export function startBare(endings: Endings): Bare {
  const child = fork(fileURLToPath(new URL('./bare-loop.js', import.meta.url)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  endings.add(async () => {
    if (child.connected) child.disconnect();
    await exited;
  });
  return {
    work: (window) =>
      new Promise((resolve, reject) => {
        child.once('message', (said) => resolve(parseWindow(said)));
        child.once('exit', () => reject(new Error('The bare loop broke off: its words stand above.')));
        child.send(window);
      }),
  };
}

function parseWindow(said: unknown): Window {
  if (
    typeof said === 'object' &&
    said !== null &&
    'documents' in said &&
    'seconds' in said &&
    'cpuMs' in said
  ) {
    const { documents, seconds, cpuMs } = said;
    if (typeof documents === 'number' && typeof seconds === 'number' && typeof cpuMs === 'number')
      return { documents, seconds, cpuMs };
  }
  throw new Error(`The bare loop said ${JSON.stringify(said)}, not what its window came to.`);
}
