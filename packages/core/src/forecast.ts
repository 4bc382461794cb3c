// When the queue clears and how long the day's calls last, from what is left and the pace that was measured; nothing where nothing is known.
import { type Day, nextAskMs, usableToday } from './day.ts';

export interface Outlook {
  /** Calls that what waits still takes. */
  callsNeeded: number;
  /** As measured; null while there is no pace to go by. */
  callsPerMinute: number | null;
  /** Calls of today that ordinary work may use; null while Xero has not told. */
  usableToday: number | null;
  /** Of a whole day. */
  usablePerDay: number;
  /** When calls go on: now, or the end of a wait. */
  startMs: number;
  /** When the present day ends, at the latest. */
  dayEndsMs: number;
}

export interface Forecast {
  clearsAtMs: number | null;
  /** When the day's calls are used up at this pace; null where they outlast the day, or where none is left. */
  lastsUntilMs: number | null;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

export function forecast(outlook: Outlook): Forecast {
  const { callsNeeded, callsPerMinute, usableToday, usablePerDay, startMs, dayEndsMs } = outlook;
  if (callsPerMinute === null || callsPerMinute <= 0 || callsNeeded <= 0)
    return { clearsAtMs: null, lastsUntilMs: null };
  const span = (calls: number) => (calls / callsPerMinute) * minuteMs;
  if (usableToday === null) return { clearsAtMs: startMs + span(callsNeeded), lastsUntilMs: null };
  const usedUpMs = startMs + span(usableToday);
  const outlasts = usedUpMs >= dayEndsMs;
  const lastsUntilMs = outlasts || usableToday <= 0 ? null : usedUpMs;
  if (callsNeeded <= usableToday || outlasts)
    return { clearsAtMs: startMs + span(callsNeeded), lastsUntilMs };
  if (usablePerDay <= 0) return { clearsAtMs: null, lastsUntilMs };
  const rest = callsNeeded - usableToday;
  const wholeDays = Math.ceil(rest / usablePerDay) - 1;
  const clearsAtMs = dayEndsMs + wholeDays * dayMs + span(rest - wholeDays * usablePerDay);
  return { clearsAtMs, lastsUntilMs };
}

/** Whether ordinary work has used up the day's calls, and when they come back: null where that is not known. A day that may be over says nothing. */
export function usedUp(day: Day, nowMs: number): { usedUp: boolean; returnsAtMs: number | null } {
  const askMs = nextAskMs(day);
  if (usableToday(day, false) !== 0 || nowMs >= askMs) return { usedUp: false, returnsAtMs: null };
  return { usedUp: true, returnsAtMs: day.toMs - day.fromMs <= minuteMs ? askMs : null };
}
