// The budget of calls of one organisation: its minute, its day, what is in flight, and how long an outage has lasted (XERO.md 2).
import { closeDay, type Day, hearDay, openDay, planDay } from './day.ts';
import type { Allowance, Limit } from './failure.ts';
import type { Hindrance } from './hindrance.ts';
import {
  hearMinute,
  inFlightMax,
  type Minute,
  minuteMax,
  openMinute,
  planMinute,
  refuseMinute,
  resumeMinute,
  spendMinute,
} from './minute.ts';
import { nextAskingMs, outageAfter } from './outage.ts';

export interface Budget {
  minute: Minute;
  day: Day;
  closedUntilMs: number;
  inFlight: number;
  /** Comparisons in flight, and updates that follow an answered one at once: each has a call of the minute kept for it, an update its place too. */
  comparing: number;
  following: number;
  /** Calls in a row that Xero did not answer: an outage from `outageAfter` on. */
  failures: number;
  /** How many calls at once Xero lets through, and when it last refused one for that, or one more was last tried. */
  slots: number;
  triedAtMs: number;
  /** One more is tried after so long, and so many answers tell whether it went through: those that were in flight, and its own. */
  backMs: number;
  trying: number;
}

export type WaitReason = Extract<Hindrance, 'limit' | 'reserve' | 'day' | 'outage'>;
export type Permission = { kind: 'go' } | { kind: 'wait'; untilMs: number; why: WaitReason };

/** Who asks for a call: whether it is urgent, and how many calls a minute fall to its organisation. */
export interface Want {
  urgent: boolean;
  share: number;
  /**
   * A comparison goes only where the minute holds the update that follows it, too; such an update uses what was kept for it. One
   * request more of a call that is under way waits for nothing that is kept: it may be for its own update, which comes after it.
   */
  as?: 'comparison' | 'update' | 'again';
}

export const ordinary: Want = { urgent: false, share: minuteMax };

/** One place more is tried after so long; after twice as long each time that it is refused. */
const slotBackMs = 5_000;
const slotBackMaxMs = 60_000;
const placeMs = 200;

export function openBudget(): Budget {
  const minute = openMinute();
  const flight = { inFlight: 0, comparing: 0, following: 0 };
  const places = { slots: inFlightMax, triedAtMs: 0, backMs: slotBackMs, trying: 0 };
  return { minute, day: openDay(), ...flight, ...places, closedUntilMs: 0, failures: 0 };
}

/** The budget as it was last heard of; what was heard in a window that is over says nothing, and the next call finds out. */
export function resumeBudget(heard: {
  leftThisMinute: number | null;
  heardAtMs: number | null;
  day: Day;
  closedUntilMs: number;
  failures: number;
}): Budget {
  const { leftThisMinute, heardAtMs, day, closedUntilMs, failures } = heard;
  const known = leftThisMinute !== null && heardAtMs !== null;
  const minute = known ? resumeMinute(leftThisMinute, heardAtMs) : openMinute();
  return { ...openBudget(), minute, day, closedUntilMs, failures };
}

/** Whether a call may go now, or the instant at which to ask again. */
export function planCall(budget: Budget, nowMs: number, want: Want = ordinary): Permission {
  const { closedUntilMs, day } = budget;
  const own = want.as === 'update' ? 1 : 0;
  const placed = budget.inFlight + budget.following - own;
  // What is kept for updates counts as if it were in flight.
  const inFlight = placed + (want.as === 'again' ? 0 : budget.comparing);
  const outage = budget.failures >= outageAfter;
  if (closedUntilMs > nowMs) {
    const why = day.left === 0 ? 'day' : 'limit';
    return { kind: 'wait', untilMs: closedUntilMs, why: outage ? 'outage' : why };
  }
  if (placed >= placesOf(budget, nowMs))
    return { kind: 'wait', untilMs: nowMs + placeMs, why: outage ? 'outage' : 'limit' };
  const dayMs = planDay(day, nowMs, { inFlight, urgent: want.urgent });
  if (dayMs > nowMs) return { kind: 'wait', untilMs: dayMs, why: day.left === 0 ? 'day' : 'reserve' };
  const minuteMs = planMinute(budget.minute, nowMs, minuteOf(want, inFlight));
  return minuteMs > nowMs ? { kind: 'wait', untilMs: minuteMs, why: 'limit' } : { kind: 'go' };
}

/** A share of one would never hold a comparison with its update. */
function minuteOf({ share, as }: Want, inFlight: number) {
  const pair = { inFlight, share: Math.max(2, share) };
  if (as === 'comparison') return { ...pair, calls: 2 };
  return as === 'update' ? { ...pair, kept: true } : { inFlight, share };
}

/** How many calls may be on their way at once. In an outage a single one asks whether it is over, and before it no more go than tell of one. */
function placesOf({ slots, triedAtMs, backMs, failures }: Budget, nowMs: number): number {
  const more = nowMs - triedAtMs >= backMs ? 1 : 0;
  return Math.max(1, Math.min(inFlightMax, slots + more, outageAfter - failures));
}

/** The budget once a call has gone. */
export function spendCall(budget: Budget, nowMs: number, as?: Want['as']): Budget {
  const following = budget.following - (as === 'update' ? 1 : 0);
  const placed = budget.inFlight + following;
  const more = { slots: placed + 1, triedAtMs: nowMs, trying: budget.inFlight + 1 };
  const tried = placed < budget.slots ? {} : more;
  return {
    ...budget,
    ...tried,
    minute: spendMinute(budget.minute, nowMs),
    inFlight: budget.inFlight + 1,
    comparing: budget.comparing + (as === 'comparison' ? 1 : 0),
    following,
  };
}

/** The budget once a comparison is over: where its update is to follow at once, that keeps its call and the place. */
export function endComparison(budget: Budget, follows: boolean): Budget {
  return { ...budget, comparing: budget.comparing - 1, following: budget.following + (follows ? 1 : 0) };
}

/** The budget once an update that was to follow does not. */
export function dropUpdate(budget: Budget): Budget {
  return { ...budget, following: budget.following - 1 };
}

/** What a call came to, as far as the limits go. */
export interface Heard {
  allowance: Allowance;
  nowMs: number;
  /** Whether Xero gave no answer that can be trusted: it is down, or cannot be reached. */
  lost: boolean;
  /** In [0, 1), so that many organisations do not return at once. */
  chance: number;
  /** In [0, 1): where this organisation's turn is among those that ask in an outage; drawn where nobody says. */
  turn?: number | undefined;
  /** For which limit Xero refused the call, if it did. */
  refused?: Limit | undefined;
  /** When Xero wants to be asked again, where it said so without an answer. */
  retryAfterMs?: number | undefined;
}

/** The budget once an answer is in, or is known to be lost. */
export function hearAnswer(budget: Budget, heard: Heard): Budget {
  const { allowance, nowMs, lost } = heard;
  const inFlight = Math.max(0, budget.inFlight - 1);
  const { leftThisMinute, leftToday } = allowance;
  const minute = hearMinute(budget.minute, leftThisMinute, {
    ...{ nowMs, inFlight, refused: heard.refused === 'minute' },
  });
  const day = leftToday === null ? budget.day : hearDay(budget.day, leftToday, nowMs);
  const open = { ...budget, ...hearPlace(budget, heard.refused), inFlight, minute, day, failures: 0 };
  if (!lost) return open;
  const { retryAfterMs, chance, turn = chance } = heard;
  // Who says when to come again is down, and need not be asked five times.
  const failures = Math.max(budget.failures + 1, retryAfterMs === undefined ? 0 : outageAfter);
  if (failures < outageAfter) return { ...open, failures };
  const askMs = nextAskingMs(failures, { nowMs, turn, chance, retryAfterMs });
  return { ...open, failures, closedUntilMs: Math.max(budget.closedUntilMs, askMs) };
}

function hearPlace({ trying, backMs }: Budget, refused: Limit | undefined) {
  if (trying === 0 || refused === 'concurrent') return { trying, backMs };
  return { trying: trying - 1, backMs: trying === 1 ? slotBackMs : backMs };
}

/** Xero answers others again: this organisation asks at once. */
export function reopenBudget(budget: Budget, nowMs: number): Budget {
  return { ...budget, closedUntilMs: Math.min(budget.closedUntilMs, nowMs) };
}

/** No call before `untilMs`: Xero refused one for its limit, or a wait was set. */
export function closeBudget(
  budget: Budget,
  untilMs: number,
  refused?: { limit: Limit; nowMs: number },
): Budget {
  const closed = { ...budget, closedUntilMs: Math.max(budget.closedUntilMs, untilMs) };
  if (refused === undefined) return closed;
  const { limit, nowMs } = refused;
  if (limit === 'day') return { ...closed, day: closeDay(budget.day, nowMs, untilMs) };
  if (limit === 'minute') return { ...closed, minute: refuseMinute(budget.minute, nowMs, untilMs) };
  if (limit !== 'concurrent') return closed;
  // Those that were refused at once were no try of one more.
  const backMs = budget.trying > 0 ? Math.min(slotBackMaxMs, 2 * budget.backMs) : budget.backMs;
  return { ...budget, slots: Math.max(1, budget.inFlight), triedAtMs: nowMs, backMs, trying: 0 };
}
