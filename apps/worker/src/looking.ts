// Looks again and again: when woken, and every so often should a hint be lost. Many wakes while it looks are one more look.
import type { Logger } from 'pino';
import { logBroken } from './broken.ts';

export interface Looking {
  wake(): void;
  /** Looks without resting first: for what is known to be there. */
  wakeAtOnce(): void;
  /** Looks no more; resolves when the look it is in has ended. */
  stop(): Promise<void>;
}

export interface LookingOptions {
  /** What is looked at, for the log. */
  what: string;
  look(): Promise<void>;
  everyMs: number;
  /** Between two looks, so that a storm of hints is no storm of questions. */
  restMs?: number;
  log: Logger;
}

const REST_MS = 100;

export function keepLooking({ what, look, everyMs, restMs = REST_MS, log }: LookingOptions): Looking {
  let stopped = false;
  let wanted = false;
  let atOnce = false;
  let endRest: (() => void) | undefined;
  let current: Promise<void> | undefined;

  async function lookOften(): Promise<void> {
    while (wanted && !stopped) {
      wanted = false;
      atOnce = false;
      await look().catch((error: unknown) =>
        logBroken(log, error, `Looking at ${what} failed; it is looked at again`),
      );
      if (wanted && !stopped && !atOnce) await rest();
    }
    current = undefined;
  }

  async function rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, restMs);
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    endRest = undefined;
  }

  function wake(): void {
    if (stopped) return;
    wanted = true;
    current ??= lookOften();
  }

  function wakeAtOnce(): void {
    atOnce = true;
    wake();
    endRest?.();
  }

  const timer = setInterval(wake, everyMs);
  return {
    wake,
    wakeAtOnce,
    async stop() {
      stopped = true;
      clearInterval(timer);
      endRest?.();
      await current;
    },
  };
}
