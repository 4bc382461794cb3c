// What Xero took: changes sent, the mapping with the agreed record, and the record's row, all in one statement.
import type { Tx } from '@stockbook/db';
import type { Entity } from './entity.ts';
import { lowerMarks } from './hold.ts';
import type { Settled } from './settle.ts';

/** A change made while its record was in flight goes on as an update: it may lie below the updates' mark, which is set back. */
export async function writeSent(tx: Tx, entity: Entity, sent: Settled['sent']): Promise<void> {
  if (sent.length === 0) return;
  const { rows, agreed } = rowsOf(sent);
  const later = await tx.sql.query<{ number: bigint }>(
    `WITH x AS (SELECT t.*, convert_from(substring($4::bytea FROM at FOR size), 'UTF8') AS agreed, (SELECT stockbook_now()) AS now
        FROM json_to_recordset($2::json)
          AS t(number bigint, record uuid, xero uuid, at int, size int, hash text, code text, state text, problem text)),
     later AS (
       UPDATE change SET action = 'update' WHERE organisation_id = $1::uuid AND state = 'pending'
          AND record_id = ANY(ARRAY(SELECT record FROM x)) RETURNING number, record_id),
     sent AS (
       UPDATE change c SET state = 'sent', held = NULL, reason = x.problem, settled_at = x.now FROM x
        WHERE c.organisation_id = $1::uuid AND c.number = x.number AND c.state = 'claimed'),
     agreed AS (
       INSERT INTO mapping (organisation_id, record_id, entity, xero_id, agreed, hash, updated_at)
       SELECT $1::uuid, x.record, $3, x.xero, x.agreed, x.hash, x.now FROM x
       ON CONFLICT (organisation_id, record_id) DO UPDATE SET xero_id = excluded.xero_id, agreed = excluded.agreed,
         hash = excluded.hash, updated_at = excluded.updated_at),
     shown AS (
       UPDATE record r SET xero_id = x.xero, accounting_code = x.code, last_export_at = x.now,
              sync_state = CASE WHEN l.number IS NULL THEN x.state ELSE 'pending' END,
              problem = CASE WHEN l.number IS NULL THEN x.problem END
         FROM x LEFT JOIN later l ON l.record_id = x.record
        WHERE r.organisation_id = $1::uuid AND r.id = ANY(ARRAY(SELECT record FROM x)) AND r.id = x.record)
     SELECT number FROM later`,
    tx.organisation,
    JSON.stringify(rows),
    entity.name,
    agreed,
  );
  await lowerMarks(
    tx,
    later.map((change) => String(change.number)),
  );
}

/** The texts stand one after the other in bytes of their own: as JSON they would be escaped here and read again there. */
function rowsOf(sent: Settled['sent']) {
  const texts = sent.map(({ reply }) => Buffer.from(reply.element.text));
  let at = 1;
  const rows = sent.map(({ member, reply, wireHash, warning }, index) => {
    const size = texts[index]?.length ?? 0;
    const row = {
      number: member.number,
      record: member.recordId,
      xero: reply.xeroId,
      at,
      size,
      hash: wireHash,
      code: reply.element.number ?? reply.element.code ?? reply.element.name,
      state: warning === undefined ? 'completed' : 'warning',
      problem: warning ?? null,
    };
    at += size;
    return row;
  });
  return { rows, agreed: Buffer.concat(texts) };
}
