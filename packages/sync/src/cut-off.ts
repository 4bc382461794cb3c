// Calls that were cut off because their worker ended: nobody knows what became of them, and that is kept and shown.
import type { Tx } from '@stockbook/db';

const words = 'The worker ended before an answer came';

/** To be called where no worker holds the organisation's lease but the caller. */
export async function writeCutOff(tx: Tx): Promise<void> {
  const cut = await tx.sql.query<{ id: string }>(
    `WITH cut AS (
       UPDATE export SET state = 'retrying', unknown = true WHERE organisation_id = $1::uuid AND state = 'sending' RETURNING id),
     ended AS (
       UPDATE attempt SET ended_at = stockbook_now(), outcome = 'unknown-outcome', message = $2
        WHERE organisation_id = $1::uuid AND ended_at IS NULL AND export_id = ANY(ARRAY(SELECT id FROM export
          WHERE organisation_id = $1::uuid AND state IN ('prepared', 'sending', 'retrying')))
        RETURNING export_id),
     shown AS (
       UPDATE record SET sync_state = 'checking' WHERE organisation_id = $1::uuid AND id = ANY(ARRAY(SELECT c.record_id FROM change c
          WHERE c.organisation_id = $1::uuid AND c.export_id = ANY(ARRAY(SELECT id FROM cut)) AND c.state = 'claimed')))
     SELECT id FROM cut UNION SELECT export_id FROM ended`,
    tx.organisation,
    words,
  );
  if (cut.length === 0) return;
  for (const { id } of cut) tx.records.add(id);
  tx.topics.set('queue', undefined);
}
