// The one clock: what stockbook_now() says, and waiting by it, so that a simulated hour is a simulated hour everywhere.
import type { Db } from '@stockbook/db';

export interface Clock {
  /** Milliseconds since 1970 in simulated time. */
  now(): Promise<number>;
  /** Waits until that instant, or until `signal` says stop; a clock that is stepped is noticed. */
  until(atMs: number, signal: AbortSignal): Promise<void>;
  /** Waits so many simulated milliseconds, less if `signal` is raised or the clock stands; asks the database nothing it could do without. */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
  /** How much faster than real time simulated time runs. */
  scale(): Promise<number>;
}

const lookMs = 200;

export function createClock(db: Db): Clock {
  let lastScale = 1;
  async function scale(): Promise<number> {
    const row = await db.prisma.clock.findFirst({ select: { scale: true } });
    lastScale = row?.scale ?? 1;
    return lastScale;
  }
  async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
    // A database that is away must not end a heartbeat: the scale is what it was.
    const rate = await scale().catch(() => lastScale);
    // A clock that stands is looked at again soon.
    await pause(rate > 0 ? delayMs / rate : lookMs, signal);
  }
  async function now(): Promise<number> {
    return (await db.now()).getTime();
  }
  async function until(atMs: number, signal: AbortSignal): Promise<void> {
    const rate = await scale();
    for (;;) {
      const leftMs = (atMs - (await now())) / rate;
      if (leftMs <= 0 || signal.aborted) return;
      await pause(Math.min(leftMs, lookMs), signal);
    }
  }
  return { now, until, wait, scale };
}

/** A timer of Node's that is to last longer goes off at once. */
const timerMaxMs = 2 ** 31 - 1;

/** Waits so many real milliseconds, less if `signal` is raised, and 24 days at most. */
export function pause(realMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(Math.max(1, realMs), timerMaxMs));
    signal.addEventListener('abort', done, { once: true });
  });
}
