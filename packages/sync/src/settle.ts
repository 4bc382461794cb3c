// Writing what became of an export: changes, records, mappings, the attempt and one event, in one transaction.
import type { Member, Reply } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import type { Element } from '@stockbook/xero';
import type { Entity } from './entity.ts';
import type { ExportRow } from './export-row.ts';
import { childrenOf, dependantsOf, holdChanges, releaseChanges } from './hold.ts';
import { LeaseLost } from './lease.ts';
import { idsOf, lockedRecords, readRows, writeRows } from './rows.ts';
import { writeSent } from './sent.ts';

export interface ElementReply extends Reply {
  element: Element;
}

export interface Settled {
  sent: { member: Member; reply: ElementReply; wireHash: string; warning: string | undefined }[];
  rejected: { member: Member; reason: string }[];
  /** Those that go on as exports of their own, and the words for why. */
  onward: { members: readonly Member[]; words: string };
}

/** Moves the export on, if it is still open: whoever comes late changes nothing. Its records are locked with it. */
export async function closeExport(
  tx: Tx,
  { id, members }: { id: string; members: readonly { recordId: string }[] },
  state: 'sent' | 'split' | 'failed',
): Promise<void> {
  const closed = await tx.sql.execute(
    `WITH locked AS (${lockedRecords('$4')})
     UPDATE export SET state = $3, settled_at = stockbook_now() WHERE organisation_id = $1::uuid AND id = $2::uuid
        AND state IN ('prepared', 'sending', 'retrying') AND (SELECT count(*) FROM locked) >= 0`,
    tx.organisation,
    id,
    state,
    JSON.stringify(members.map((member) => member.recordId)),
  );
  if (closed === 0) throw new LeaseLost(tx.organisation);
}

/** Writes the verdicts of an export's members, whose records its closing has locked. */
export async function writeVerdicts(
  tx: Tx,
  run: { id: string; entities: readonly Entity[] },
  entity: Entity,
  row: ExportRow,
  settled: Settled,
): Promise<void> {
  await writeSent(tx, entity, settled.sent);
  await writeRejected(tx, settled.rejected);
  await writeTotals(tx, run.id, row, settled);
  await holdChildren(tx, run.entities, entity, settled.rejected);
  await releaseChildren(tx, run.entities, entity, settled.sent);
  tellExport(tx, run.id, entity, row, settled);
}

/** One event for the export, which keeps its attempts on the page of every record that leaves it; none where none does. */
export function tellExport(
  tx: Tx,
  runId: string,
  entity: Entity,
  row: ExportRow,
  { sent, rejected, onward }: Settled,
): void {
  const left = [...sent.map(({ member }) => member), ...rejected.map(({ member }) => member)];
  const members = [...left, ...onward.members];
  if (members.length > 0)
    tx.events.push({
      kind: 'export',
      actor: 'Stockbook',
      entity: entity.name,
      runId,
      exportId: row.id,
      records: members.map((member) => member.recordId),
      text: [
        counted(entity, sent.length, 'sent'),
        counted(entity, rejected.length, 'refused'),
        counted(entity, onward.members.length, onward.words),
      ]
        .filter((part) => part !== '')
        .join(', '),
      data: JSON.stringify({ sent: sent.length, rejected: rejected.length, action: row.action }),
    });
  tx.topics.set('record', row.id);
  tx.topics.set('run', runId);
  tx.topics.set('queue', undefined);
}

/** Such as '48 invoices sent', '1 contact refused', or nothing for none. */
function counted(entity: Entity, count: number, done: string): string {
  if (count === 0) return '';
  return `${count} ${(count === 1 ? entity.singular : entity.label).toLowerCase()} ${done}`;
}

async function writeRejected(tx: Tx, rejected: Settled['rejected']): Promise<void> {
  const rows = rejected.map(({ member, reason }) => ({
    number: member.number,
    record: member.recordId,
    reason,
  }));
  const from = 'json_to_recordset($2::json) AS x(number bigint, record uuid, reason text)';
  await writeRows(
    tx,
    `UPDATE change c SET state = CASE WHEN EXISTS (SELECT 1 FROM change n WHERE n.organisation_id = c.organisation_id
              AND n.record_id = c.record_id AND n.number > c.number AND n.state <> 'skipped') THEN 'superseded' ELSE 'rejected' END,
            reason = x.reason, settled_at = (SELECT stockbook_now()) FROM ${from}
      WHERE c.organisation_id = $1::uuid AND c.number = x.number AND c.state = 'claimed'`,
    rows,
  );
  // What was in flight gave way to a newer change: the record is shown as that one stands.
  await writeRows(
    tx,
    `UPDATE record r SET sync_state = CASE WHEN c.state = 'rejected' THEN 'failed' WHEN r.no_export THEN 'skipped'
              WHEN n.held IS NULL THEN 'pending' WHEN n.held = 'conflict' THEN 'conflict' ELSE 'held' END,
            problem = CASE WHEN c.state = 'rejected' THEN x.reason
              WHEN r.no_export THEN coalesce(r.no_export_reason, 'Do not sync') ELSE n.reason END
       FROM ${from} JOIN change c ON c.organisation_id = $1::uuid AND c.number = x.number
       LEFT JOIN change n ON n.organisation_id = $1::uuid AND n.record_id = x.record AND n.state = 'pending'
      WHERE r.organisation_id = $1::uuid AND r.id = x.record AND (c.state = 'rejected'
        OR (c.state = 'superseded' AND n.number IS NOT NULL AND r.sync_state IN ('sending', 'checking')))`,
    rows,
  );
}

/** Counts what was carried; whatever the run waited for, it moves again. */
async function writeTotals(tx: Tx, runId: string, row: ExportRow, settled: Settled): Promise<void> {
  const carried = settled.sent.length + settled.rejected.length;
  await tx.sql.execute(
    `WITH moving AS (
       UPDATE run SET reason = NULL, hindrance = NULL WHERE organisation_id = $1::uuid AND id = $2::uuid AND reason IS NOT NULL AND asked IS NULL)
     INSERT INTO run_total AS t (organisation_id, run_id, entity, total, sent, rejected, creates, updates)
     VALUES ($1::uuid, $2::uuid, $3, $6, $4, $5, $7, $8)
     ON CONFLICT (organisation_id, run_id, entity) DO UPDATE SET sent = t.sent + $4, rejected = t.rejected + $5,
       creates = t.creates + $7, updates = t.updates + $8`,
    tx.organisation,
    runId,
    row.entity,
    settled.sent.length,
    settled.rejected.length,
    carried,
    row.action === 'create' ? carried : 0,
    row.action === 'update' ? carried : 0,
  );
}

/** A parent that is in Xero already holds nobody: its children go with it as it is there. */
async function holdChildren(
  tx: Tx,
  entities: readonly Entity[],
  entity: Entity,
  rejected: Settled['rejected'],
): Promise<void> {
  if (rejected.length === 0) return;
  const keys = new Map(rejected.map(({ member }) => [member.recordId, member.key]));
  const missing = await readRows<{ id: string }>(
    tx.sql,
    `SELECT id FROM record WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')}) AND xero_id IS NULL`,
    tx.organisation,
    [...keys.keys()],
  );
  const parents = missing.map(({ id }) => id);
  // One that needs several of them names one.
  const needed = new Map<string, string>();
  for (const { id, parent } of await dependantsOf(tx, entities, entity.name, parents, 'pending'))
    needed.set(id, keys.get(parent) ?? '');
  await holdChanges(
    tx,
    [...needed].map(([recordId, key]) => ({
      ...{ recordId, held: 'parent' },
      reason: `Waits for ${entity.singular.toLowerCase()} ${key}, which Xero refused`,
    })),
  );
}

async function releaseChildren(
  tx: Tx,
  entities: readonly Entity[],
  entity: Entity,
  sent: Settled['sent'],
): Promise<void> {
  if (sent.length === 0 || childrenOf(entities, entity.name).length === 0) return;
  const [held] = await tx.sql.query<unknown>(
    `SELECT 1 FROM change WHERE organisation_id = $1::uuid AND held = 'parent' AND state = 'pending' LIMIT 1`,
    tx.organisation,
  );
  if (held === undefined) return;
  const parents = sent.map((one) => one.member.recordId);
  const children = await dependantsOf(tx, entities, entity.name, parents, 'held for a parent');
  await releaseChanges(tx, 'parent', [...new Set(children.map(({ id }) => id))]);
}
