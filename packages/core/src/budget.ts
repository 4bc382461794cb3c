// The budget of calls: what Xero's headers said is left, and when the next call may go (XERO.md 2).
import type { Allowance } from './failure.ts';

export interface Budget {
  /** Calls left in this minute's window, as last heard, less what was sent since. */
  left: number;
  /** An upper bound of when the present window began. */
  windowAtMs: number;
  leftToday: number | null;
  closedUntilMs: number;
  inFlight: number;
}

export type Permission = { kind: 'go' } | { kind: 'wait'; untilMs: number };

export const minuteMax = 60;
export const inFlightMax = 5;
const windowMs = 60_000;
/** Windows are Xero's, clocks differ: a little later is safe. */
const marginMs = 250;

/** No call has gone in the present window yet: the next one bounds when it began. */
const unseen = Number.NEGATIVE_INFINITY;

export function openBudget(): Budget {
  return { left: minuteMax, windowAtMs: unseen, leftToday: null, closedUntilMs: 0, inFlight: 0 };
}

/** The budget as it was last heard of; what was heard in a window that is over says nothing, and the next call finds out. */
export function resumeBudget(heard: {
  leftThisMinute: number | null;
  leftToday: number | null;
  heardAtMs: number | null;
  closedUntilMs: number;
}): Budget {
  const { leftThisMinute, leftToday, heardAtMs, closedUntilMs } = heard;
  const budget = { ...openBudget(), leftToday, closedUntilMs };
  if (leftThisMinute === null || heardAtMs === null) return budget;
  // The window began no later than when it was heard of; spendCall begins a new one once that one must be over.
  return { ...budget, left: leftThisMinute, windowAtMs: heardAtMs };
}

/** Whether a call may go now, or the instant at which to ask again. */
export function planCall(budget: Budget, nowMs: number): Permission {
  if (budget.closedUntilMs > nowMs) return { kind: 'wait', untilMs: budget.closedUntilMs };
  const windowEndMs = budget.windowAtMs + windowMs + marginMs;
  if (budget.left <= 0 && nowMs < windowEndMs) return { kind: 'wait', untilMs: windowEndMs };
  return { kind: 'go' };
}

/** The budget once a call has gone. */
export function spendCall(budget: Budget, nowMs: number): Budget {
  const fresh = nowMs >= budget.windowAtMs + windowMs;
  return {
    ...budget,
    left: (fresh ? minuteMax : budget.left) - 1,
    windowAtMs: fresh ? nowMs : budget.windowAtMs,
    inFlight: budget.inFlight + 1,
  };
}

/** The budget once an answer is in; `sentAtMs` is when its call went. A jump upwards means that a new window began. */
export function hearAnswer(budget: Budget, allowance: Allowance, sentAtMs: number): Budget {
  const inFlight = Math.max(0, budget.inFlight - 1);
  if (allowance.leftThisMinute === null) return { ...budget, inFlight };
  const left = allowance.leftThisMinute - inFlight;
  const fresh = left > budget.left + inFlightMax;
  return {
    ...budget,
    inFlight,
    left: fresh ? left : Math.min(left, budget.left),
    windowAtMs: fresh ? Math.max(sentAtMs, budget.windowAtMs) : budget.windowAtMs,
    leftToday: allowance.leftToday ?? budget.leftToday,
  };
}

/** No call before `untilMs`; the minute's count begins anew with the next one. */
export function closeBudget(budget: Budget, untilMs: number): Budget {
  return {
    ...budget,
    closedUntilMs: Math.max(budget.closedUntilMs, untilMs),
    left: minuteMax,
    windowAtMs: untilMs,
  };
}
