// What Xero took: changes sent, the mapping with the agreed record, and the record's row, a statement per table.
import type { Tx } from '@stockbook/db';
import type { Entity } from './entity.ts';
import { lowerMarks } from './hold.ts';
import { writeRows } from './rows.ts';
import type { Settled } from './settle.ts';

export async function writeSent(tx: Tx, entity: Entity, sent: Settled['sent']): Promise<void> {
  const agreed = sent.map(({ member, reply, wireHash }) => ({
    record: member.recordId,
    entity: entity.name,
    xero: reply.xeroId,
    agreed: reply.element.text,
    hash: wireHash,
  }));
  await writeRows(
    tx,
    `INSERT INTO mapping (organisation_id, record_id, entity, xero_id, agreed, hash, updated_at)
     SELECT $1::uuid, x.record, x.entity, x.xero, x.agreed, x.hash, stockbook_now()
       FROM json_to_recordset($2::json) AS x(record uuid, entity text, xero uuid, agreed text, hash text)
     ON CONFLICT (organisation_id, record_id) DO UPDATE SET xero_id = excluded.xero_id, agreed = excluded.agreed,
       hash = excluded.hash, updated_at = excluded.updated_at`,
    agreed,
  );
  const rows = sent.map(({ member, reply, warning }) => ({
    number: member.number,
    record: member.recordId,
    xero: reply.xeroId,
    code: reply.element.number ?? reply.element.code ?? reply.element.name,
    state: warning === undefined ? 'completed' : 'warning',
    problem: warning ?? null,
  }));
  const from = `json_to_recordset($2::json) AS x(number bigint, record uuid, xero uuid, code text, state text, problem text)`;
  await writeRows(
    tx,
    `UPDATE change c SET state = 'sent', held = NULL, reason = x.problem, settled_at = stockbook_now() FROM ${from}
      WHERE c.organisation_id = $1::uuid AND c.number = x.number AND c.state = 'claimed'`,
    rows,
  );
  const later = await turnIntoUpdates(
    tx,
    rows.map((row) => row.record),
  );
  await writeRows(
    tx,
    `UPDATE record r SET xero_id = x.xero, accounting_code = x.code, last_export_at = stockbook_now(),
            sync_state = CASE WHEN x.later THEN 'pending' ELSE x.state END, problem = CASE WHEN NOT x.later THEN x.problem END
       FROM json_to_recordset($2::json) AS x(record uuid, xero uuid, code text, state text, problem text, later boolean)
      WHERE r.organisation_id = $1::uuid AND r.id = x.record`,
    rows.map((row) => ({ ...row, later: later.has(row.record) })),
  );
}

/** A change made while its record was in flight goes on as an update: it may lie below the updates' mark, which is set back. */
async function turnIntoUpdates(tx: Tx, recordIds: readonly string[]): Promise<Set<string>> {
  const later = await tx.sql.query<{ number: bigint; recordId: string }>(
    `UPDATE change SET action = 'update' WHERE organisation_id = $1::uuid AND state = 'pending'
        AND record_id = ANY(ARRAY(SELECT value::uuid FROM json_array_elements_text($2::json)))
     RETURNING number, record_id AS "recordId"`,
    tx.organisation,
    JSON.stringify(recordIds),
  );
  await lowerMarks(
    tx,
    later.map((change) => String(change.number)),
  );
  return new Set(later.map((change) => change.recordId));
}
