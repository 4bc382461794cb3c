// A conflict: Xero's record was changed there since both sides last agreed. Nothing goes over it until a person chooses.
import type { Member } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import type { Entity } from './entity.ts';
import type { ExportRow } from './export-row.ts';
import { writeRows } from './rows.ts';

export interface Conflict {
  member: Member;
  /** What Xero holds, as JSON text; null where it no longer has the record. */
  theirs: string | null;
  words: string;
}

/** Claimed changes, whose records are locked, wait again, held for a person; one that a newer change replaced, or whose record was excluded meanwhile, does not. */
export async function writeConflicts(
  tx: Tx,
  runId: string,
  entity: Entity,
  row: ExportRow,
  conflicts: readonly Conflict[],
): Promise<void> {
  if (conflicts.length === 0) return;
  const rows = conflicts.map(({ member, theirs, words }) => ({
    number: member.number,
    record: member.recordId,
    theirs,
    words,
  }));
  await writeStates(tx, rows);
  await tx.sql.execute(
    `UPDATE run_total SET held = held + $4 WHERE organisation_id = $1::uuid AND run_id = $2::uuid AND entity = $3`,
    tx.organisation,
    runId,
    entity.name,
    rows.length,
  );
  const many = rows.length !== 1;
  tx.events.push({
    kind: 'conflict',
    actor: 'Stockbook',
    entity: entity.name,
    runId,
    exportId: row.id,
    records: rows.map((one) => one.record),
    text: `${rows.length} ${(many ? entity.label : entity.singular).toLowerCase()} not sent: ${many ? 'they were' : 'it was'} changed in Xero`,
  });
  tx.topics.set('record', row.id);
  tx.topics.set('run', runId);
  tx.topics.set('queue', undefined);
}

async function writeStates(
  tx: Tx,
  rows: readonly { number: string; record: string; theirs: string | null; words: string }[],
): Promise<void> {
  const from = `json_to_recordset($2::json) AS x(number bigint, record uuid, theirs text, words text)`;
  await writeRows(
    tx,
    `UPDATE mapping m SET theirs = x.theirs, theirs_at = stockbook_now() FROM ${from}
      WHERE m.organisation_id = $1::uuid AND m.record_id = x.record`,
    rows,
  );
  await writeRows(
    tx,
    `UPDATE change c SET export_id = NULL, state = x.state, reason = x.words,
            held = CASE x.state WHEN 'pending' THEN 'conflict' END
       FROM (SELECT number, words, CASE
               WHEN EXISTS (SELECT 1 FROM change n WHERE n.organisation_id = $1::uuid AND n.record_id = record
                 AND n.number > x.number AND n.state = 'pending') THEN 'superseded'
               WHEN EXISTS (SELECT 1 FROM record r WHERE r.organisation_id = $1::uuid AND r.id = record AND r.no_export)
               THEN 'skipped' ELSE 'pending' END AS state FROM ${from}) x
      WHERE c.organisation_id = $1::uuid AND c.number = x.number AND c.state = 'claimed'`,
    rows,
  );
  await writeRows(
    tx,
    `UPDATE record r SET sync_state = CASE WHEN r.no_export THEN 'skipped' WHEN c.state = 'pending' THEN 'conflict' ELSE 'pending' END,
            problem = CASE WHEN r.no_export THEN coalesce(r.no_export_reason, 'Do not sync') WHEN c.state = 'pending' THEN x.words END
       FROM ${from} JOIN change c ON c.organisation_id = $1::uuid AND c.number = x.number
      WHERE r.organisation_id = $1::uuid AND r.id = x.record`,
    rows,
  );
}
