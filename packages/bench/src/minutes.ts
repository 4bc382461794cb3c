// Xero's minutes as its headers tell them: how many calls each window allowed, and how many of them were used.

import { minuteMax } from '@stockbook/core';

export interface Minute {
  calls: number;
  /** The lowest number of calls that an answer said were left. */
  left: number;
}

export interface Minutes {
  /** An answer said that so many calls are left in this minute. */
  hear(leftThisMinute: number | null): void;
  read(): readonly Minute[];
}

/** Answers of calls in flight together come in any order, so that many places apart. */
const inFlightMax = 5;

/** What is left only sinks within a window: a jump upwards opens the next, a late answer still counts to the one before. */
export function createMinutes(): Minutes {
  const minutes: Minute[] = [];
  return {
    hear(left) {
      if (left === null) return;
      const last = minutes.at(-1);
      const before = minutes.at(-2);
      if (last === undefined || left > last.left + inFlightMax) minutes.push({ calls: 1, left });
      else if (before !== undefined && left < last.left - inFlightMax) count(before, left);
      else count(last, left);
    },
    read: () => minutes,
  };
}

function count(minute: Minute, left: number): void {
  minute.calls += 1;
  minute.left = Math.min(minute.left, left);
}

/** Calls made and calls allowed in the windows that ended while work waited: all but the last. */
export function usedWhileWaiting(minutes: readonly Minute[]): {
  used: number;
  allowed: number;
  minutes: number;
} {
  const whole = minutes.slice(0, -1);
  const used = whole.reduce((sum, minute) => sum + minute.calls, 0);
  // A call that goes as one window ends is answered in the next one, and counts there beside its sixty.
  const allowed = whole.reduce((sum, { calls, left }) => sum + Math.min(minuteMax, calls + left), 0);
  return { used, allowed, minutes: whole.length };
}
