// The minute's calls: never more than sixty in any sixty seconds, less what somebody else used by Xero's headers (XERO.md 2).
// That is safe and uses all there are whether windows are fixed, wherever they begin, or roll.

export const minuteMax = 60;
export const inFlightMax = 5;
const minuteMs = 60_000;
/** Clocks differ: a little later is safe. */
const marginMs = 100;
const lateMs = 2_000;

export interface Minute {
  /** When our calls of the last minute were answered, oldest first: by then Xero had counted them. */
  answeredMs: readonly number[];
  /** While somebody else uses the same window: since when, what is surely left of it, and the least that was heard. */
  others: { sinceMs: number; left: number; lowest: number } | null;
  /** What was last heard to be left; null while nothing was. */
  heard: number | null;
}

export function openMinute(): Minute {
  return { answeredMs: [], others: null, heard: null };
}

/** The minute as it was last heard of: what a run before this one used counts as used by somebody else. */
export function resumeMinute(left: number, heardAtMs: number): Minute {
  return { answeredMs: [], others: { sinceMs: heardAtMs, left, lowest: left }, heard: left };
}

/** The instant at which a call may go, not before now. `share` is how many a minute fall to this organisation. */
export function planMinute(minute: Minute, nowMs: number, want: { inFlight: number; share: number }): number {
  // An answer that counts not even its own call: this minute has no limit.
  if (minute.heard !== null && minute.heard >= minuteMax && want.share >= minuteMax) return nowMs;
  const most = Math.min(want.share, minuteMax);
  const recent = minute.answeredMs.filter((atMs) => atMs > nowMs - minuteMs - marginMs);
  const free = most - recent.length - want.inFlight;
  if (free <= 0) return Math.max(nowMs + marginMs, (recent[-free] ?? nowMs) + minuteMs + marginMs);
  // At the start and near the end one call at a time: only with none in flight does an answer tell who else calls.
  if (want.inFlight > 0 && (minute.heard ?? 0) - want.inFlight <= 0) return nowMs + marginMs;
  const { others } = minute;
  const overMs = others === null ? 0 : others.sinceMs + minuteMs + marginMs;
  return others !== null && others.left <= 0 && nowMs < overMs ? overMs : nowMs;
}

/** The minute once a call has gone. */
export function spendMinute(minute: Minute, nowMs: number): Minute {
  const { others } = minute;
  if (others === null || nowMs >= others.sinceMs + minuteMs + marginMs) return { ...minute, others: null };
  return { ...minute, others: { ...others, left: others.left - 1 } };
}

/** The minute once an answer came; `heard` calls are left by its headers, `inFlight` are those that are not answered yet. */
export function hearMinute(
  minute: Minute,
  heard: number | null,
  call: { nowMs: number; inFlight: number },
): Minute {
  const { nowMs, inFlight } = call;
  const answeredMs = [...minute.answeredMs.filter((atMs) => atMs > nowMs - 2 * minuteMs), nowMs];
  if (heard === null) return { ...minute, answeredMs };
  // What was answered a little earlier may have been counted in the same minute.
  const own = answeredMs.filter((atMs) => atMs > nowMs - minuteMs - lateMs).length;
  const foreign = minuteMax - heard - own - inFlight > 0;
  const { others } = minute;
  // Answers of calls in flight together come in any order; a rise beyond that is a new window.
  const began = others === null || heard > others.lowest + 2 * inFlightMax;
  if (began) {
    const left = heard - inFlight;
    return { answeredMs, heard, others: foreign ? { sinceMs: nowMs, left, lowest: heard } : null };
  }
  const lowest = Math.min(others.lowest, heard);
  // Whatever was counted after the least that was heard is still in flight.
  const surely = lowest - inFlight;
  const left = others.left > lowest ? surely : Math.max(others.left, surely);
  return { answeredMs, heard, others: { ...others, left, lowest } };
}
