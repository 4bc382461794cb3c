// The end of an attempt: what it came to, with the whole answer only where not every element was well and the beginning of one that failed, and what the headers said.
import type { Budget } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import type { Lease } from './lease.ts';

export interface AttemptEnd {
  id: string;
  look: boolean;
  /** Requests beyond the one that was counted before it went: pages of a look, and a repeat with another token; -1 where none went. */
  moreCalls: number;
  outcome: string;
  status: number | null;
  message: string | null;
  /** The whole answer where not every element was well; of a call that failed `{ body }`, its beginning. */
  answer: string | null;
}

/** The last statement of a settlement, since settlements of an organisation queue up behind its connection. */
export async function endAttempt(
  tx: Tx,
  lease: Lease,
  runId: string,
  attempt: AttemptEnd,
  { budget, leftThisMinute }: { budget: Budget; leftThisMinute: number | null },
): Promise<void> {
  const throttled = attempt.status === 429 ? 1 : 0;
  if (attempt.moreCalls !== 0 || throttled > 0)
    await tx.sql.execute(
      `UPDATE run SET reads = reads + $3, calls = calls + $4, throttled = throttled + $5 WHERE organisation_id = $1::uuid AND id = $2::uuid`,
      tx.organisation,
      runId,
      attempt.look ? attempt.moreCalls : 0,
      attempt.look ? 0 : attempt.moreCalls,
      throttled,
    );
  const { day, failures, closedUntilMs } = budget;
  await tx.sql.execute(
    `WITH ended AS (
       UPDATE attempt SET ended_at = stockbook_now(), outcome = $4, status = $5, message = $6, answer = $7
        WHERE organisation_id = $1::uuid AND id = $3::uuid)
     UPDATE connection SET left_this_minute = coalesce($8, left_this_minute), left_today = coalesce($9, left_today),
            budget_at = CASE WHEN $8 IS NULL THEN budget_at ELSE stockbook_now() END, failures = $10, day_most = $11,
            day_from = to_timestamp($12), day_to = to_timestamp($13), closed_until = greatest(closed_until, to_timestamp($14))
      WHERE organisation_id = $1::uuid AND lease_token = $2`,
    tx.organisation,
    lease.token,
    attempt.id,
    attempt.outcome,
    attempt.status,
    attempt.message,
    attempt.answer,
    leftThisMinute,
    day.left,
    failures,
    day.most,
    day.fromMs / 1000,
    day.toMs / 1000,
    closedUntilMs === 0 ? null : closedUntilMs / 1000,
  );
}
