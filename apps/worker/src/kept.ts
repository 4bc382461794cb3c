// Work that goes on beside the looking that began it: counted, waited for at the end, and never lost in silence.
import type { Logger } from 'pino';
import { logBroken } from './broken.ts';

export interface Kept {
  readonly size: number;
  /** `broken` is what the log says if it fails; a later look takes it up again. */
  keep(work: Promise<void>, broken: string): void;
  /** Resolves when all of it has ended. */
  ended(): Promise<void>;
}

export function createKept(log: Logger): Kept {
  const going = new Set<Promise<void>>();
  return {
    get size() {
      return going.size;
    },
    keep(work, broken) {
      const kept = work
        .catch((error: unknown) => logBroken(log, error, broken))
        .finally(() => going.delete(kept));
      going.add(kept);
    },
    async ended() {
      await Promise.all(going);
    },
  };
}
