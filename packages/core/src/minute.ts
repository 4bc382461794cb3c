// The minute's calls: never more than sixty in any sixty seconds, less what somebody else uses by Xero's headers (XERO.md 2).
// That is safe and uses all there are whether windows are fixed, wherever they begin, or roll.

export const minuteMax = 60;
export const inFlightMax = 5;
const minuteMs = 60_000;
/** Clocks differ: a little later is safe. */
const marginMs = 100;
const lateMs = 2_000;
/** What somebody else's calls come to is not told from fewer than this. */
const seenMs = 20_000;

export interface Minute {
  /** When our calls of the last minute were answered, oldest first: by then Xero had counted them. */
  answeredMs: readonly number[];
  /** When those were sent that are not answered yet, and how long answers took of late. */
  sentMs: readonly number[];
  tookMs: number;
  /** What was last heard to be left; null while nothing was. */
  heard: number | null;
  /** So many answers in a row counted not even their own call. */
  whole: number;
  window: Window | null;
  /** Whether calls come back one by one, as far as the headers have shown; in doubt they come back all at once. */
  rolls: boolean;
  /** How many calls a millisecond somebody else makes, as far as the headers tell. */
  foreignPerMs: number;
}

/** A window of Xero's as the headers showed it, from the first that told of it. */
interface Window {
  sinceMs: number;
  heardAtMs: number;
  /** What its first header said was left, and the least that any said. */
  left: number;
  lowest: number;
  /** Our calls that were answered since, the first one not counted, and how many were surely somebody else's. */
  own: number;
  foreign: number;
}

export function openMinute(): Minute {
  return {
    ...{ answeredMs: [], sentMs: [], tookMs: 0, heard: null, whole: 0, window: null },
    ...{ rolls: false, foreignPerMs: 0 },
  };
}

/** The minute as it was last heard of: what a run before this one used counts as used by somebody else. */
export function resumeMinute(left: number, heardAtMs: number): Minute {
  const window = { sinceMs: heardAtMs, heardAtMs, left, lowest: left, own: 0, foreign: 0 };
  return { ...openMinute(), heard: left, window, foreignPerMs: (minuteMax - left) / minuteMs };
}

export interface MinuteWant {
  inFlight: number;
  /** How many a minute fall to this organisation. */
  share: number;
  /** One call where nothing is said, and so many at once with it. */
  calls?: number;
  /** Whether it was kept for this call when an earlier one went. */
  kept?: boolean;
}

/** The instant at which a call may go, not before now. */
export function planMinute(minute: Minute, nowMs: number, want: MinuteWant): number {
  const { heard, answeredMs, whole } = minute;
  const more = (want.calls ?? 1) - 1;
  // Answers that count not even their own call: this minute has no limit, unless it is only that a window turned while they were on their way.
  if (whole > inFlightMax && want.share >= minuteMax) return nowMs;
  const most = Math.min(want.share, minuteMax);
  const recent = answeredMs.filter((atMs) => atMs > nowMs - minuteMs - marginMs);
  const free = most - recent.length - want.inFlight - more;
  if (free <= 0) return Math.max(nowMs + marginMs, (recent[-free] ?? nowMs) + minuteMs + marginMs);
  // At the start and near the end one call at a time: only with none in flight does an answer tell who else calls.
  const alone = !want.kept && want.inFlight > 0;
  if (alone && (heard ?? 0) - want.inFlight - more <= 0) return nowMs + marginMs;
  return planShared(minute, nowMs, want.inFlight + more);
}

/** Where somebody else calls too: what the headers said is left, less what may be gone by the time that a call arrives. */
function planShared(minute: Minute, nowMs: number, inFlight: number): number {
  const { window, foreignPerMs, rolls, answeredMs, tookMs } = minute;
  if (window === null || (foreignPerMs === 0 && !rolls)) return nowMs;
  const overMs = (rolls ? window.heardAtMs : window.sinceMs) + minuteMs + marginMs;
  if (nowMs >= overMs) return nowMs;
  const gone = mostOf(foreignPerMs * (nowMs - window.heardAtMs + tookMs)) + inFlight;
  if (!rolls) return window.lowest > gone ? nowMs : overMs;
  // Answers of calls in flight together come in any order: the last one may tell of an earlier moment than one before it.
  const disorder = inFlight > 0 && foreignPerMs >= rareForeign ? disorderMax : 0;
  const left = (minute.heard ?? 0) - gone - disorder;
  const backMs = answeredMs
    .map((atMs) => atMs + minuteMs + marginMs)
    .filter((atMs) => atMs > window.heardAtMs + marginMs);
  const back = backMs.filter((atMs) => atMs <= nowMs).length;
  return left + back > 0 ? nowMs : Math.min(overMs, backMs[back] ?? overMs);
}

/** So many calls hardly ever come where so many are expected. */
function mostOf(expected: number): number {
  return expected < negligible ? 0 : Math.ceil(expected + 1.5 * Math.sqrt(expected));
}

const negligible = 0.02;
const disorderMax = 2;
const rareForeign = 0.05 / minuteMs;

/** The minute once a call has gone. */
export function spendMinute(minute: Minute, nowMs: number): Minute {
  return { ...minute, sentMs: [...minute.sentMs, nowMs] };
}

/** The minute once an answer came; `said` calls are left by its headers, `inFlight` are those that are not answered yet. */
export function hearMinute(
  minute: Minute,
  said: number | null,
  call: { nowMs: number; inFlight: number; refused: boolean },
): Minute {
  const { nowMs, inFlight, refused } = call;
  // A refusal says that nothing is left, which tells nothing of who used it: Xero refuses for reasons of its own, too.
  const heard = refused && !minute.rolls ? null : said;
  const [firstMs = nowMs, ...sentMs] = minute.sentMs.slice(-(inFlight + 1));
  const answeredMs = [...minute.answeredMs.filter((atMs) => atMs > nowMs - 2 * minuteMs), nowMs];
  const tookMs = Math.max(nowMs - firstMs, fading * minute.tookMs);
  const next = { ...minute, answeredMs, sentMs, tookMs, whole: refused ? 0 : minute.whole };
  if (heard === null) return next;
  const whole = heard >= minuteMax ? minute.whole + 1 : 0;
  return { ...next, heard, whole, ...hearWindow(next, heard, nowMs, inFlight) };
}

/** The minute once Xero refused a call and said when calls go again: whoever used it up, nobody waits longer. */
export function refuseMinute(minute: Minute, nowMs: number, untilMs: number): Minute {
  const first = minute.answeredMs.find((atMs) => atMs > nowMs - minuteMs);
  // Where windows roll, a call is free no later than our own first one is a minute old.
  const rolls = minute.rolls && first !== undefined && untilMs <= first + minuteMs + lateMs;
  return rolls && minute.foreignPerMs > 0 ? minute : { ...minute, window: null, heard: null, rolls };
}

type Learnt = Pick<Minute, 'window' | 'rolls' | 'foreignPerMs'>;

/** What an answer's header teaches: of the window, of how calls come back, and of who else calls. */
function hearWindow(minute: Minute, heard: number, nowMs: number, inFlight: number): Learnt {
  const { window, rolls, foreignPerMs } = minute;
  const own = (sinceMs: number) => minute.answeredMs.filter((atMs) => atMs > nowMs - sinceMs).length;
  const foreignIn = (sinceMs: number) => Math.max(0, minuteMax - heard - own(sinceMs) - inFlight);
  const fresh = { sinceMs: nowMs, heardAtMs: nowMs, left: heard, lowest: heard, own: 0, foreign: 0 };
  // What was answered a little earlier may have been counted in the same minute.
  const seen = foreignIn(minuteMs + lateMs) / minuteMs;
  if (window === null) return { window: fresh, rolls, foreignPerMs: Math.max(foreignPerMs, seen) };
  const ageMs = nowMs - window.sinceMs;
  // Answers of calls in flight together come in any order; more than that, and calls have come back.
  const cameBack = heard > window.left - window.own - 1 + inFlightMax;
  const isWhole = heard > minuteMax - own(minuteMs - lateMs) + 1;
  if (cameBack ? !isWhole && (rolls || isPart(minute, window, heard, { nowMs, inFlight })) : rolls) {
    const rolling = foreignIn(minuteMs) / minuteMs;
    return { window: fresh, rolls: true, foreignPerMs: Math.max(rolling, fading * foreignPerMs) };
  }
  const perMs = (foreign: number) => Math.max(foreign / Math.max(ageMs, seenMs), seen);
  if (cameBack || ageMs >= minuteMs + marginMs)
    return { window: fresh, rolls: false, foreignPerMs: perMs(window.foreign) };
  const lowest = Math.min(window.lowest, heard);
  const foreign = Math.max(window.foreign, window.left - lowest - window.own - 1 - inFlight);
  const on = { ...window, heardAtMs: nowMs, lowest, own: window.own + 1, foreign };
  return { window: on, rolls: false, foreignPerMs: Math.max(foreignPerMs, perMs(foreign)) };
}

/** Whether so little came back that windows roll: a new window would have brought all but what somebody else can have used since. */
function isPart(
  minute: Minute,
  window: Window,
  heard: number,
  call: { nowMs: number; inFlight: number },
): boolean {
  const since = Math.max(minute.foreignPerMs, busyForeign) * (call.nowMs - window.heardAtMs);
  return minuteMax - heard > call.inFlight + 4 + since + 3 * Math.sqrt(since);
}

const busyForeign = 30 / minuteMs;
/** With each answer, so that what was seen once is forgotten within some minutes. */
const fading = 0.98;
