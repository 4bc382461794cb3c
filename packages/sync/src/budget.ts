// What is known of an organisation's calls when a run begins: what Xero's headers said to the one before it.
import { type Budget, resumeBudget } from '@stockbook/core';
import type { Db } from '@stockbook/db';

export async function readBudget(db: Db, organisation: string): Promise<Budget> {
  const row = await db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  return resumeBudget({
    leftThisMinute: row?.leftThisMinute ?? null,
    leftToday: row?.leftToday ?? null,
    heardAtMs: row?.budgetAt?.getTime() ?? null,
    closedUntilMs: row?.closedUntil?.getTime() ?? 0,
  });
}
