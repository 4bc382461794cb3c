// Giving up an export that certainly was not carried out: its changes wait again, as if nobody had claimed them.
import type { Member } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import type { Carriage } from './carriage.ts';
import type { ExportRow } from './export-row.ts';
import { lowerMarks } from './hold.ts';
import { fence } from './lease.ts';
import { idsOf, readRows, writeRows } from './rows.ts';
import { closeExport } from './settle.ts';
import { committing } from './step.ts';

export async function giveUp(it: Carriage, row: ExportRow): Promise<void> {
  const at = { organisation: it.lease.organisation, act: 'give up', entity: row.entity } as const;
  await committing(it.db, it.step, at, async (tx) => {
    await fence(tx, it.lease);
    await close(tx, { ...row, runId: it.run.id });
  });
}

interface Unsent {
  id: string;
  entity: string;
  runId: string;
  members: readonly Pick<Member, 'number' | 'recordId'>[];
}

/**
 * Gives up whatever is claimed and certainly was not carried out: never sent, refused for a limit, or stopped before it reached Xero. To be
 * called where no worker holds the organisation's lease but the caller, whose calls have all come back. What may have landed stays claimed.
 */
export async function giveUpUnsent(tx: Tx): Promise<void> {
  const unsent = await tx.sql.query<Unsent>(
    `SELECT e.id, e.entity, e.run_id AS "runId", json_agg(json_build_object('number', c.number::text, 'recordId', c.record_id)) AS members
       FROM export e JOIN change c ON c.organisation_id = e.organisation_id AND c.export_id = e.id AND c.state = 'claimed'
      WHERE e.organisation_id = $1::uuid AND e.state IN ('prepared', 'retrying') AND NOT e.unknown GROUP BY e.id, e.entity, e.run_id ORDER BY e.id`,
    tx.organisation,
  );
  for (const one of unsent) await close(tx, one);
}

async function close(tx: Tx, unsent: Unsent): Promise<void> {
  await closeExport(tx, unsent, 'failed');
  await giveBack(tx, unsent.members);
  await tellTried(tx, unsent);
  for (const { recordId } of unsent.members) tx.records.add(recordId);
  tx.topics.set('queue', undefined);
}

/** One event for an export that was tried, which keeps its attempts on the pages of its records. */
async function tellTried(tx: Tx, { id, entity, runId, members }: Unsent): Promise<void> {
  const [tried] = await tx.sql.query<object>(
    `SELECT 1 FROM attempt WHERE organisation_id = $1::uuid AND export_id = $2::uuid LIMIT 1`,
    tx.organisation,
    id,
  );
  if (tried === undefined) return;
  const records = members.map(({ recordId }) => recordId);
  const text = `${records.length} ${records.length === 1 ? 'record' : 'records'} not sent, and waiting again`;
  tx.events.push({ kind: 'export', actor: 'Stockbook', entity, runId, exportId: id, records, text });
}

/**
 * Those of `members`, whose records are locked, that may still go. What a person has excluded since it was claimed is given back: to be
 * called where nothing of them has landed.
 */
export async function giveBackExcluded(
  tx: Tx,
  { id, entity, runId }: Omit<Unsent, 'members'>,
  members: readonly Member[],
): Promise<readonly Member[]> {
  const rows = await readRows<{ id: string }>(
    tx.sql,
    `SELECT id FROM record WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')}) AND no_export`,
    tx.organisation,
    members.map((member) => member.recordId),
  );
  if (rows.length === 0) return members;
  const kept = new Set(rows.map((row) => row.id));
  const excluded = members.filter((member) => kept.has(member.recordId));
  await giveBack(tx, excluded);
  const records = excluded.map(({ recordId }) => recordId);
  for (const one of records) tx.records.add(one);
  const text = `${records.length} ${records.length === 1 ? 'record' : 'records'} not sent again: set not to be exported`;
  tx.events.push({ kind: 'export', actor: 'Stockbook', entity, runId, exportId: id, records, text });
  return members.filter((member) => !kept.has(member.recordId));
}

/** Gives claimed changes back, whose records are locked, with nothing landed: a newer change of the record takes their place where there is one. */
async function giveBack(tx: Tx, members: Unsent['members']): Promise<void> {
  const numbers = members.map((member) => member.number);
  await writeRows(
    tx,
    `UPDATE change c SET export_id = NULL, state = CASE WHEN EXISTS (SELECT 1 FROM change n WHERE n.organisation_id = c.organisation_id
              AND n.record_id = c.record_id AND n.number > c.number AND n.state = 'pending') THEN 'superseded'
            WHEN EXISTS (SELECT 1 FROM record r WHERE r.organisation_id = c.organisation_id AND r.id = c.record_id AND r.no_export)
            THEN 'skipped' ELSE 'pending' END
      WHERE c.organisation_id = $1::uuid AND c.state = 'claimed'
        AND c.number = ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text($2::json)))`,
    numbers,
  );
  await writeRows(
    tx,
    `UPDATE record SET sync_state = CASE WHEN no_export THEN 'skipped' ELSE 'pending' END,
            problem = CASE WHEN no_export THEN coalesce(no_export_reason, 'Do not sync') END WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    members.map((member) => member.recordId),
  );
  await lowerMarks(tx, numbers);
}
