// Keeps the planner's statistics near the truth while a load fills tables that were empty a moment ago.
import type { Db } from '@stockbook/db';

/** A load of fewer rows leaves the plans as they are. */
const rowsWorthwhile = 1000;

/** Statistics are taken after steps 1, 2, 4, 8, …, so that tables at most double in between, and once at the end for the sync that follows. */
export function createStatistics(db: Db, rows: number) {
  let steps = 0;
  async function take(): Promise<void> {
    await db.prisma.$executeRawUnsafe('SELECT stockbook_analyse()');
  }
  return {
    async afterStep(): Promise<void> {
      steps += 1;
      if (rows >= rowsWorthwhile && Math.log2(steps) % 1 === 0) await take();
    },
    async atEnd(): Promise<void> {
      if (rows >= rowsWorthwhile) await take();
    },
  };
}
