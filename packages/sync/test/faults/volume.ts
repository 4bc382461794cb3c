// A volume that is filled to the brim, and has room again: what else frees a little meanwhile is filled up anew.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface Ballast {
  /** Takes what room is left, to the last page. */
  fill(): void;
  /** Gives it all back. */
  drop(): void;
}

const piece = Buffer.alloc(1024 * 1024);

/** The ballast of a volume, a file in its folder. */
export function createBallast(folder: string): Ballast {
  const file = path.join(folder, 'ballast');
  return {
    fill: () => {
      const open = openSync(file, 'a');
      try {
        // A write that finds some room takes it; only one that finds none is refused.
        for (;;) writeSync(open, piece);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(open);
      }
    },
    drop: () => rmSync(file, { force: true }),
  };
}
