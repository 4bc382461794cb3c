// When the outbox opens a run by itself (automatic runs, off until a person switches them on): decided from figures alone.

/** What waits in one organisation, and since when, in milliseconds by one clock. */
export interface Waiting {
  oldestAtMs: number;
  newestAtMs: number;
  /** Of the kind that has most. */
  mostOfOneKind: number;
  urgent: boolean;
}

export const quietMs = 2_000;
const OLDEST_MS = 60_000;
/** A full batch need not wait for more. */
const BATCH = 50;

/** The kind of run to open now, or undefined to wait for more. */
export function decideOpening(waiting: Waiting, nowMs: number): 'instant' | 'auto' | undefined {
  if (waiting.urgent) return 'instant';
  const quiet = nowMs - waiting.newestAtMs >= quietMs;
  const old = nowMs - waiting.oldestAtMs >= OLDEST_MS;
  return quiet || old || waiting.mostOfOneKind >= BATCH ? 'auto' : undefined;
}
