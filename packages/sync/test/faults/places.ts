// The places of a simulation's workers and of its person: their connections last from one schedule to the next.
import { createSlot, type Slot } from './simulated-worker.ts';
import type { Stage } from './stage.ts';

export interface Places {
  workers: Slot[];
  person: Slot;
}

export function createPlaces(stage: Stage, workers: number): Places {
  const names = Array.from({ length: workers }, (_, n) => `worker ${n + 1}`);
  return { workers: names.map((name) => createSlot(stage, name)), person: createSlot(stage, 'person') };
}

export async function closePlaces({ workers, person }: Places): Promise<void> {
  await Promise.all([...workers, person].map(({ db }) => db.close()));
}
