// Do not sync: a person keeps a record from going to Xero or coming from it, with a reason (A71 to A74).
import type { ModelTx } from '@stockbook/db';
import type { Entity } from './entity.ts';
import { record } from './outbox.ts';

export interface Exclusion {
  noExport?: boolean;
  noExportReason?: string | null;
  noImport?: boolean;
  noImportReason?: string | null;
}

/** Sets the flags; what waits is skipped with the reason, and a flag that is lifted sends the record again. False for an unknown record. */
export async function setDoNotSync(
  tx: ModelTx,
  entities: readonly Entity[],
  actor: string,
  id: string,
  want: Exclusion,
): Promise<boolean> {
  const key = { organisationId_id: { organisationId: tx.organisation, id } };
  const before = await tx.prisma.record.findUnique({ where: key });
  if (before === null) return false;
  const noExport = want.noExport ?? before.noExport;
  const noImport = want.noImport ?? before.noImport;
  const noExportReason = noExport ? given(want.noExportReason, before.noExportReason) : null;
  const noImportReason = noImport ? given(want.noImportReason, before.noImportReason) : null;
  await tx.prisma.record.update({ where: key, data: { noExport, noImport, noExportReason, noImportReason } });
  if (noExport) await skipWaiting(tx, id, noExportReason ?? 'Do not sync');
  const entity = entities.find((one) => one.name === before.entity);
  if (before.noExport && !noExport && entity?.exports === 'yes') record(tx, { entity: before.entity, id });
  const words = [
    noExport ? `not exported${because(noExportReason)}` : 'exported',
    noImport ? `not imported${because(noImportReason)}` : 'imported',
  ];
  tx.events.push({
    kind: 'do-not-sync',
    actor,
    entity: before.entity,
    records: [id],
    text: `Set to be ${words.join(' and ')}`,
  });
  tx.records.add(id);
  tx.topics.set('queue', undefined);
  return true;
}

function given(wanted: string | null | undefined, before: string | null): string | null {
  if (wanted === undefined) return before;
  return wanted === null || wanted.trim() === '' ? null : wanted.trim();
}

function because(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}

async function skipWaiting(tx: ModelTx, id: string, reason: string): Promise<void> {
  await tx.sql.execute(
    `WITH gone AS (UPDATE change SET state = 'skipped', held = NULL, reason = $3, settled_at = stockbook_now()
        WHERE organisation_id = $1::uuid AND record_id = $2::uuid AND state IN ('pending', 'rejected') RETURNING 1)
     UPDATE record SET sync_state = 'skipped', problem = $3
      WHERE organisation_id = $1::uuid AND id = $2::uuid AND sync_state IN ('new', 'pending', 'held', 'conflict', 'failed', 'skipped')`,
    tx.organisation,
    id,
    reason,
  );
}
