// Retry: a person lets what Xero refused go once more (X4). Nothing else does.
import type { Db, Tx } from '@stockbook/db';
import { lowerMarks } from './hold.ts';
import { writeRows } from './rows.ts';

export type Selection =
  | { kind: 'all' }
  | { kind: 'records'; ids: readonly string[] }
  | { kind: 'reason'; entity: string; reason: string };

/** Sets refused changes back to pending; the number of changes that now wait again. */
export async function retryChanges(
  db: Db,
  organisation: string,
  actor: string,
  selection: Selection,
): Promise<number> {
  return db.write(organisation, async (tx) => {
    const rejected = await readRejected(tx, selection);
    const numbers = rejected.map((change) => String(change.number));
    await writeRows(
      tx,
      `UPDATE change SET state = 'pending', reason = NULL, settled_at = NULL, export_id = NULL
        WHERE organisation_id = $1::uuid AND state = 'rejected' AND number = ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text($2::json)))`,
      numbers,
    );
    const records = rejected.map((change) => change.recordId);
    await writeRows(
      tx,
      `UPDATE record SET sync_state = 'pending', problem = NULL WHERE organisation_id = $1::uuid
          AND id = ANY(ARRAY(SELECT value::uuid FROM json_array_elements_text($2::json)))`,
      records,
    );
    await lowerMarks(tx, numbers);
    if (records.length > 0) {
      tx.events.push({
        kind: 'retry',
        actor,
        records,
        text: `${records.length} refused ${records.length === 1 ? 'record' : 'records'} to be tried again`,
      });
      tx.topics.set('queue', undefined);
      for (const id of records) tx.records.add(id);
    }
    return records.length;
  });
}

function readRejected(tx: Tx, selection: Selection): Promise<{ number: bigint; recordId: string }[]> {
  const ids = selection.kind === 'records' ? JSON.stringify(selection.ids) : null;
  const reason = selection.kind === 'reason' ? selection.reason : null;
  const entity = selection.kind === 'reason' ? selection.entity : null;
  return tx.sql.query(
    `SELECT number, record_id AS "recordId" FROM change WHERE organisation_id = $1::uuid AND state = 'rejected'
        AND NOT EXISTS (SELECT 1 FROM record r WHERE r.organisation_id = $1::uuid AND r.id = change.record_id AND r.no_export)
        AND ($2::json IS NULL OR record_id = ANY(ARRAY(SELECT value::uuid FROM json_array_elements_text($2::json))))
        AND ($3::text IS NULL OR reason = $3) AND ($4::text IS NULL OR entity = $4) ORDER BY number FOR UPDATE`,
    tx.organisation,
    ids,
    reason,
    entity,
  );
}
