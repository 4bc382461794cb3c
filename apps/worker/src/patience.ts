// Tries what needs a database until it works: one that is restarted comes back, and a worker need not end for it.
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/** Throws the last error when `stop` is raised, or after `triesMax`. */
export async function withPatience<Result>(
  what: string,
  work: () => Promise<Result>,
  { log, stop, triesMax = 6 }: { log: Logger; stop: AbortSignal; triesMax?: number },
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (stop.aborted || tries >= triesMax) throw error;
      const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
      log.warn({ err: error, waitMs }, `${what} failed and is tried again`);
      await delay(waitMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}
