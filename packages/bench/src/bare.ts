// The baselines' processes from outside: given a window of work, each answers what the window came to.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AgendaWindow } from './agenda-loop.ts';
import type { BareWindow, Window } from './bare-loop.ts';
import type { Endings } from './endings.ts';

export interface Loop<Wanted> {
  work(window: Wanted): Promise<Window>;
}

export type Bare = Loop<BareWindow>;

export function startBare(endings: Endings): Bare {
  return startLoop<BareWindow>(endings, './bare-loop.js');
}

export function startAgenda(endings: Endings): Loop<AgendaWindow> {
  return startLoop<AgendaWindow>(endings, './agenda-loop.js');
}

/** A process of its own, since Stockbook's use of xero-node changes the axios of the process it runs in. */
function startLoop<Wanted extends BareWindow>(endings: Endings, program: string): Loop<Wanted> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  endings.add(async () => {
    if (child.connected) child.disconnect();
    await exited;
  });
  return {
    work: (window) =>
      new Promise((resolve, reject) => {
        child.once('message', (said) => resolve(parseWindow(said)));
        child.once('exit', () => reject(new Error('The loop broke off: its words stand above.')));
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
  throw new Error(`The loop said ${JSON.stringify(said)}, not what its window came to.`);
}
