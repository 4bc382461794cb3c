// What Xero took: changes sent, the mapping with the agreed record, and the record's row, all in one statement.
import type { Tx } from '@stockbook/db';
import type { Entity } from './entity.ts';
import { lowerMarks } from './hold.ts';
import type { Settled } from './settle.ts';

/** A change made while its record was in flight goes on as an update: it may lie below the updates' mark, which is set back. */
export async function writeSent(tx: Tx, entity: Entity, sent: Settled['sent']): Promise<void> {
  if (sent.length === 0) return;
  const later = await tx.sql.query<{ number: bigint }>(
    `WITH x AS (SELECT * FROM json_to_recordset($2::json)
        AS x(number bigint, record uuid, xero uuid, agreed text, hash text, code text, state text, problem text)),
     later AS (
       UPDATE change SET action = 'update' WHERE organisation_id = $1::uuid AND state = 'pending'
          AND record_id = ANY(ARRAY(SELECT record FROM x)) RETURNING number, record_id),
     sent AS (
       UPDATE change c SET state = 'sent', held = NULL, reason = x.problem, settled_at = stockbook_now() FROM x
        WHERE c.organisation_id = $1::uuid AND c.number = x.number AND c.state = 'claimed'),
     agreed AS (
       INSERT INTO mapping (organisation_id, record_id, entity, xero_id, agreed, hash, updated_at)
       SELECT $1::uuid, x.record, $3, x.xero, x.agreed, x.hash, stockbook_now() FROM x
       ON CONFLICT (organisation_id, record_id) DO UPDATE SET xero_id = excluded.xero_id, agreed = excluded.agreed,
         hash = excluded.hash, updated_at = excluded.updated_at),
     shown AS (
       UPDATE record r SET xero_id = x.xero, accounting_code = x.code, last_export_at = stockbook_now(),
              sync_state = CASE WHEN l.number IS NULL THEN x.state ELSE 'pending' END,
              problem = CASE WHEN l.number IS NULL THEN x.problem END
         FROM x LEFT JOIN later l ON l.record_id = x.record
        WHERE r.organisation_id = $1::uuid AND r.id = ANY(ARRAY(SELECT record FROM x)) AND r.id = x.record)
     SELECT number FROM later`,
    tx.organisation,
    JSON.stringify(sent.map(rowOf)),
    entity.name,
  );
  await lowerMarks(
    tx,
    later.map((change) => String(change.number)),
  );
}

function rowOf({ member, reply, wireHash, warning }: Settled['sent'][number]) {
  return {
    number: member.number,
    record: member.recordId,
    xero: reply.xeroId,
    agreed: reply.element.text,
    hash: wireHash,
    code: reply.element.number ?? reply.element.code ?? reply.element.name,
    state: warning === undefined ? 'completed' : 'warning',
    problem: warning ?? null,
  };
}
