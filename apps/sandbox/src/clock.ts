// The simulated clock: every rule and every wait of the sandbox goes by it.

export type ClockSetting = { readonly realMs: number; readonly simulatedMs: number; readonly scale: number };

export type Clock = {
  /** The simulated instant, whole ms since 1970. */
  now(): number;
  /** Resolves when that much simulated time has gone by, also when the clock is stepped meanwhile, or at `gone`. */
  wait(delayMs: number, gone?: AbortSignal): Promise<void>;
  read(): ClockSetting;
  set(setting: ClockSetting): void;
};

/** A clock for which simulated now = simulatedMs + (real now - realMs) * scale. */
export function createClock(initial: ClockSetting): Clock {
  let setting = initial;
  const sleepers = new Set<() => void>();
  const now = (): number => Math.floor(setting.simulatedMs + (Date.now() - setting.realMs) * setting.scale);
  return {
    now,
    read: () => setting,
    set(next) {
      setting = next;
      for (const look of [...sleepers]) look();
    },
    wait(delayMs, gone) {
      if (delayMs <= 0 || gone?.aborted === true) return Promise.resolve();
      const until = now() + delayMs;
      return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const look = (): void => {
          clearTimeout(timer);
          const leftMs = until - now();
          if (leftMs <= 0 || gone?.aborted === true) {
            sleepers.delete(look);
            gone?.removeEventListener('abort', look);
            resolve();
          } else timer = setTimeout(look, Math.min(Math.ceil(leftMs / setting.scale), realWaitMaxMs));
        };
        gone?.addEventListener('abort', look);
        sleepers.add(look);
        look();
      });
    },
  };
}

/** The clock that is simply the time. */
export function realClock(): ClockSetting {
  const realMs = Date.now();
  return { realMs, simulatedMs: realMs, scale: 1 };
}

/** Longer timers overflow in Node, so a long wait looks again in between. */
const realWaitMaxMs = 3_600_000;
