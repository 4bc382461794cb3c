// An outage of Xero: when one begins, and when an organisation next asks whether it is over.

/** So many calls in a row that Xero did not answer are an outage. */
export const outageAfter = 5;
const firstWaitMs = 10_000;
/** Doubled so many times, then each organisation has its turn. */
const doublings = 3;
/** An hour's outage costs an organisation at most thirty calls. Where three share the turns, one of them asks each 56 s. */
export const turnEveryMs = 168_000;
/** Whatever Xero says, it is asked again within an hour. */
const longestWaitMs = 3_600_000;

export interface Asking {
  nowMs: number;
  /** In [0, 1): where in the round of all organisations this one's turn is. */
  turn: number;
  /** In [0, 1), so that many do not ask at once. */
  chance: number;
  /** What Xero said, with a 503. */
  retryAfterMs?: number | undefined;
}

/** The instant at which one call asks whether the outage is over, after so many calls without an answer. */
export function nextAskingMs(failures: number, { nowMs, turn, chance, retryAfterMs }: Asking): number {
  const doubled = failures - outageAfter;
  const ownMs =
    doubled < doublings
      ? nowMs + firstWaitMs * 2 ** doubled * (1 - chance / 10)
      : nextTurnMs(nowMs + turnEveryMs / 4, turn);
  if (retryAfterMs === undefined) return ownMs;
  return Math.max(ownMs, nowMs + Math.min(retryAfterMs, longestWaitMs));
}

function nextTurnMs(fromMs: number, turn: number): number {
  return (Math.ceil(fromMs / turnEveryMs - turn) + turn) * turnEveryMs;
}
