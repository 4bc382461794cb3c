// What is known of an organisation's calls: read when a run begins, and its share of what all organisations have.
import { type Budget, minuteMax, resumeBudget } from '@stockbook/core';
import type { Db } from '@stockbook/db';

/** What is known of the calls to one Xero organisation: its limits are its own. */
export interface KnownBudget {
  tenantId: string | null;
  budget: Budget;
}

/** As it was written last; or as it is `kept` by who carried a run that broke off, where nobody has written since what it heard. */
export async function readBudget(db: Db, organisation: string, kept?: KnownBudget): Promise<KnownBudget> {
  const row = await db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  const tenantId = row?.tenantId ?? null;
  const heardAtMs = row?.budgetAt?.getTime() ?? null;
  const written = resumeBudget({
    leftThisMinute: row?.leftThisMinute ?? null,
    heardAtMs,
    day: {
      left: row?.leftToday ?? null,
      heardAtMs,
      most: row?.dayMost ?? 0,
      fromMs: row?.dayFrom?.getTime() ?? 0,
      toMs: row?.dayTo?.getTime() ?? 0,
    },
    closedUntilMs: row?.closedUntil?.getTime() ?? 0,
    failures: row?.failures ?? 0,
  });
  if (kept?.tenantId !== tenantId) return { tenantId, budget: written };
  const isLater = (kept.budget.day.heardAtMs ?? 0) > (heardAtMs ?? 0);
  // None of its calls is on its way any more.
  const heard = isLater ? { ...kept.budget, inFlight: 0, comparing: 0, following: 0, trying: 0 } : written;
  const closedUntilMs = Math.max(written.closedUntilMs, kept.budget.closedUntilMs);
  return { tenantId, budget: { ...heard, closedUntilMs } };
}

/** Xero's limit over all organisations of one app, a minute. */
export const appMinuteMax = 10_000;
const shareEveryMs = 5_000;

/** An even share for each organisation that is being worked, so that no one's backlog uses up what all have together; asked anew now and then. */
export function createShare(db: Db, appMax: number): (nowMs: number) => Promise<number> {
  let asked: { atMs: number; share: number } | undefined;
  return async (nowMs) => {
    if (asked !== undefined && Math.abs(nowMs - asked.atMs) < shareEveryMs) return asked.share;
    const [row] = await db.sql.query<{ working: number }>(
      `SELECT count(*)::int AS working FROM connection c WHERE lease_until >= stockbook_now() OR (state = 'connected' AND EXISTS (
         SELECT 1 FROM run r WHERE r.organisation_id = c.organisation_id AND r.state IN ('waiting', 'running')))`,
    );
    const share = Math.max(1, Math.min(minuteMax, Math.floor(appMax / Math.max(1, row?.working ?? 1))));
    asked = { atMs: nowMs, share };
    return share;
  };
}
