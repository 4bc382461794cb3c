// How long to wait before a call is tried again.

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** Doubles with each attempt up to a minute, with jitter so that many do not return at once; `chance` is in [0, 1). */
export function backOffMs(attempts: number, chance: number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, attempts - 1));
  return Math.round(full / 2 + (full / 2) * chance);
}
