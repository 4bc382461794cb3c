// Keeps the planner's statistics near the truth while a load or a run fills tables that did not know the organisation a moment ago.
import type { Db } from '@stockbook/db';

/** Looks again at the tables that have doubled since they were last looked at, and at those that hold much of an organisation they do not know; mostly none, which costs next to nothing. */
export async function renewStatistics(db: Db, organisation: string): Promise<void> {
  await db.sql.execute('SELECT stockbook_analyse($1::uuid)', organisation);
}
