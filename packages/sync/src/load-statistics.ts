// Keeps the planner's statistics near the truth while a load fills tables that were empty a moment ago.
import type { Db } from '@stockbook/db';

/** Looks again at the tables that have doubled since they were last looked at; mostly none, which costs next to nothing. */
export async function renewStatistics(db: Db): Promise<void> {
  await db.prisma.$executeRawUnsafe('SELECT stockbook_analyse()');
}
