// The end of an attempt: what it came to, with the whole answer only where not every element was well.
import type { Tx } from '@stockbook/db';

export interface AttemptEnd {
  id: string;
  look: boolean;
  /** Pages of a look beyond the first. */
  moreReads: number;
  outcome: string;
  status: number | null;
  message: string | null;
  answer: string | null;
}

export async function endAttempt(tx: Tx, runId: string, attempt: AttemptEnd): Promise<void> {
  await tx.sql.execute(
    `UPDATE attempt SET ended_at = stockbook_now(), outcome = $3, status = $4, message = $5, answer = $6
      WHERE organisation_id = $1::uuid AND id = $2::uuid`,
    tx.organisation,
    attempt.id,
    attempt.outcome,
    attempt.status,
    attempt.message,
    attempt.answer,
  );
  const throttled = attempt.status === 429 ? 1 : 0;
  if (attempt.moreReads + throttled === 0) return;
  await tx.sql.execute(
    `UPDATE run SET reads = reads + $3, throttled = throttled + $4 WHERE organisation_id = $1::uuid AND id = $2::uuid`,
    tx.organisation,
    runId,
    attempt.moreReads,
    throttled,
  );
}
