// The day's calls: what is left of them, what is kept back for urgent work, and when the next day begins, as far as the headers tell (XERO.md 2).

export interface Day {
  /** As last heard, and when; null while nothing was heard. */
  left: number | null;
  heardAtMs: number | null;
  /** The most that was heard of in this day: 1,000 or 5,000 by the tier, less where the day was under way. A smaller tier is not learnt before a whole day without a call. */
  most: number;
  /** The present day began after `fromMs` and no later than `toMs`. */
  fromMs: number;
  toMs: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** A tenth stays untouched until something urgent asks for it. */
const reserveShare = 0.1;
const jump = 10;

export function openDay(): Day {
  return { left: null, heardAtMs: null, most: 0, fromMs: 0, toMs: 0 };
}

/** Calls kept back for urgent work, rounded up: a few calls of the day went before its headers were first heard. */
export function reserveOf(day: Day): number {
  return Math.ceil(day.most * reserveShare);
}

/** Calls that may go today; null while nothing was heard. */
export function usableToday(day: Day, urgent: boolean): number | null {
  return day.left === null ? null : Math.max(0, day.left - (urgent ? 0 : reserveOf(day)));
}

/** The instant at which a call may go, not before now: when the day's calls are used up, a single one asks at each likely beginning of the next. */
export function planDay(day: Day, nowMs: number, want: { inFlight: number; urgent: boolean }): number {
  const usable = usableToday(day, want.urgent);
  // What is in flight may not be counted yet.
  if (usable === null || usable > want.inFlight) return nowMs;
  if (usable > 0) return nowMs + 200;
  const askMs = nextAskMs(day);
  if (nowMs < askMs) return askMs;
  return want.inFlight === 0 ? nowMs : nowMs + 200;
}

/** When a call next tells something: at the next day's beginning where that is known, else at a quarter of what is open. */
export function nextAskMs(day: Day): number {
  const openMs = Math.max(0, day.toMs - day.fromMs);
  const heardAtMs = day.heardAtMs ?? day.toMs;
  const stepMs = Math.max(minuteMs, openMs / 4);
  if (openMs <= minuteMs && heardAtMs < day.toMs + dayMs) return day.toMs + dayMs + 1_000;
  const firstMs = day.fromMs + dayMs;
  const steps = Math.max(1, Math.floor((heardAtMs - firstMs) / stepMs) + 1);
  return firstMs + steps * stepMs;
}

/** The day once an answer said that so many calls are left. */
export function hearDay(day: Day, left: number, nowMs: number): Day {
  const heard = { left, heardAtMs: nowMs };
  if (day.left === null || day.heardAtMs === null)
    return { ...heard, most: Math.max(day.most, left + 1), fromMs: nowMs - dayMs, toMs: nowMs };
  // After a whole day without a call all have come back, whatever the tier is by now.
  const isRested = nowMs - day.heardAtMs >= dayMs;
  if (isRested || left > day.left + jump) {
    // Where days roll, calls come back a few at a time; a new day brings most of them at once.
    if (!isRested && left <= day.most / 2) return { ...day, ...heard };
    return { ...heard, most: left + 1, ...beganBetween(day, Math.max(day.heardAtMs, nowMs - dayMs), nowMs) };
  }
  return { ...day, ...heard, left: Math.min(day.left, left), most: Math.max(day.most, left + 1) };
}

/** A new day began after `fromMs` and no later than `toMs`: what was known of earlier days narrows it, unless it does not fit. */
function beganBetween(day: Day, fromMs: number, toMs: number): Pick<Day, 'fromMs' | 'toMs'> {
  // So many days later what was known fits in at the earliest, and at the latest.
  const first = Math.floor((fromMs - day.toMs) / dayMs) + 1;
  const last = Math.floor((toMs - day.fromMs) / dayMs);
  const known = { fromMs: day.fromMs + first * dayMs, toMs: day.toMs + first * dayMs };
  if (first > last) return { fromMs, toMs };
  if (first === last) return { fromMs: Math.max(fromMs, known.fromMs), toMs: Math.min(toMs, known.toMs) };
  // At both ends: either is true, and the narrower tells more.
  return toMs - fromMs <= known.toMs - known.fromMs ? { fromMs, toMs } : known;
}

/** Xero said when the day ends: from now on its beginning is known. */
export function closeDay(day: Day, nowMs: number, untilMs: number): Day {
  const beganMs = untilMs - dayMs;
  return { ...day, left: 0, heardAtMs: nowMs, fromMs: beganMs, toMs: beganMs };
}
