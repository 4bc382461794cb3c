// Counts calls within one window: fixed ones that begin at another moment for each owner, or one that rolls with the clock.
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** [number of the window, calls in it]. */
export const windowCount = z.tuple([z.number(), z.number()]);
type WindowCount = z.infer<typeof windowCount>;

export type Counter = {
  add(nowMs: number): void;
  count(nowMs: number): number;
  /** How long until a call leaves the window or the window ends. */
  untilFreeMs(nowMs: number): number;
  /** The fixed window as it is now; a copy, because it goes on counting. */
  window(): WindowCount;
  /** The instants of the calls in the rolling window. */
  times(): number[];
  /** Takes over a fixed window, and `times` into the rolling one. */
  restore(window: WindowCount, times: readonly number[]): void;
  clear(): void;
};

/** `owner` decides when its fixed windows begin, as Xero's begin at a moment of the organisation. */
export function createCounter(lengthMs: number, owner: string, isRolling: () => boolean): Counter {
  const offsetMs = offsetOf(owner) % lengthMs;
  const numberAt = (nowMs: number): number => Math.floor((nowMs - offsetMs) / lengthMs);
  let fixed: WindowCount = [0, 0];
  let times: number[] = [];
  const turn = (nowMs: number): void => {
    const number = numberAt(nowMs);
    if (fixed[0] !== number) fixed = [number, 0];
  };
  const leave = (nowMs: number): void => {
    const gone = times.findIndex((atMs) => atMs > nowMs - lengthMs);
    if (gone < 0) times = [];
    else if (gone > 0) times.splice(0, gone);
  };
  return {
    add(nowMs) {
      turn(nowMs);
      fixed[1] += 1;
      if (isRolling()) times.push(nowMs);
    },
    count(nowMs) {
      turn(nowMs);
      leave(nowMs);
      return isRolling() ? times.length : fixed[1];
    },
    untilFreeMs(nowMs) {
      leave(nowMs);
      return isRolling()
        ? (times[0] ?? nowMs) + lengthMs - nowMs
        : (numberAt(nowMs) + 1) * lengthMs + offsetMs - nowMs;
    },
    window: () => [fixed[0], fixed[1]],
    times: () => [...times],
    restore(window, some) {
      fixed = [window[0], window[1]];
      if (isRolling()) times.push(...some);
    },
    clear() {
      fixed = [fixed[0], 0];
      times = [];
    },
  };
}

function offsetOf(owner: string): number {
  return createHash('sha256').update(owner).digest().readUInt32BE(0);
}
