// The loops at the limits from outside: given batches and a style, they answer what they came to.
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Batch } from '../batches.ts';
import type { Endings } from '../endings.ts';
import { takeFolder } from '../folder.ts';
import type { Pace, Paced } from './pacer.ts';
import type { Place } from './place.ts';

export interface Pacing {
  /**
   * Posts the batches in the style of `pace` with a fresh token, from `startMs` on: whoever calls some real seconds earlier has the
   * loop's making ready outside of its time. Rejects when the loop breaks off.
   */
  work(pace: Wanted, batches: readonly Batch[]): Promise<Paced>;
}

type Wanted = Omit<Pace, 'file' | 'clock' | 'apiUrl' | 'tenantId' | 'token'>;

/** A process of its own, so that its calls cost the engine nothing but the machine. */
export async function startPacing(endings: Endings, { bare, clock }: Place): Promise<Pacing> {
  const folder = await takeFolder(endings);
  const child = fork(fileURLToPath(new URL('./pacer.js', import.meta.url)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  endings.add(async () => {
    if (child.connected) child.disconnect();
    await exited;
  });
  return {
    work: async (pace, batches) => {
      const file = path.join(folder, `${pace.name}.json`);
      await writeFile(file, JSON.stringify(batches));
      const { apiUrl, tenantId } = bare;
      const token = await bare.takeToken();
      const said = new Promise<Paced>((resolve, reject) => {
        child.once('message', (message) => resolve(parsePaced(message)));
        exited.then(() => reject(new Error('The loop broke off: its words stand above.')), reject);
      });
      child.send({ ...pace, apiUrl, tenantId, token, clock, file });
      return said;
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
