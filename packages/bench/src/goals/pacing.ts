// The loops at the limits from outside: given batches and a style, they answer what they came to.
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Batch } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { takeFolder } from '../folder.ts';
import type { Pace, Paced } from './pacer.ts';

export interface Pacing {
  /** Posts the batches in the style of `pace`. Rejects when the loop breaks off. */
  work(pace: Omit<Pace, 'file'>, batches: readonly Batch[]): Promise<Paced>;
}

/** A process of its own, so that its calls cost the engine nothing but the machine. */
export async function startPacing(endings: Endings): Promise<Pacing> {
  const folder = await takeFolder(endings);
  const child = fork(fileURLToPath(new URL('./pacer.js', import.meta.url)), { execArgv: [] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  endings.add(async () => {
    if (child.connected) child.disconnect();
    await exited;
  });
  return {
    work: async (pace, batches) => {
      const file = path.join(folder, `${pace.name}.json`);
      await writeFile(file, JSON.stringify(batches));
      return new Promise((resolve, reject) => {
        child.once('message', (said) => resolve(parsePaced(said)));
        child.once('exit', () => reject(new Error('The loop broke off: its words stand above.')));
        child.send({ ...pace, file });
      });
    },
  };
}

function parsePaced(said: unknown): Paced {
  if (
    typeof said === 'object' &&
    said !== null &&
    'documents' in said &&
    'throttled' in said &&
    'calls' in said &&
    'endMs' in said
  ) {
    const { documents, throttled, calls, endMs } = said;
    if (
      typeof documents === 'number' &&
      typeof throttled === 'number' &&
      typeof endMs === 'number' &&
      Array.isArray(calls)
    )
      return { documents, throttled, calls: calls.map(parseCall), endMs };
  }
  throw new Error(`The loop said ${JSON.stringify(said)}, not what it came to.`);
}

function parseCall(said: unknown): Paced['calls'][number] {
  if (typeof said === 'object' && said !== null && 'atMs' in said && 'documents' in said) {
    const { atMs, documents } = said;
    if (typeof atMs === 'number' && typeof documents === 'number') return { atMs, documents };
  }
  throw new Error(`The loop told a call as ${JSON.stringify(said)}.`);
}
