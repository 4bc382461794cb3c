// The one clock of product, sandbox and baselines, as the bench itself reads it.
import { setTimeout as delay } from 'node:timers/promises';

export interface SimClock {
  realMs: number;
  simulatedMs: number;
  scale: number;
}

export function simulatedNow({ realMs, simulatedMs, scale }: SimClock): number {
  return simulatedMs + (Date.now() - realMs) * scale;
}

/** Waits until a simulated instant; at once where it is past. */
export async function untilSimulated(clock: SimClock, atMs: number): Promise<void> {
  const leftMs = (atMs - simulatedNow(clock)) / clock.scale;
  if (leftMs > 0) await delay(leftMs);
}
