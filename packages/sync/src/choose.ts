// The two ways out of a conflict: what Xero holds stays, or what stands here goes over it. A person chooses.
import type { Db, ModelTx } from '@stockbook/db';
import { type Agreed, readAgreed } from './agreed.ts';
import type { Entity } from './entity.ts';
import { lowerMarks } from './hold.ts';

export type Kept = 'ours' | 'theirs';

export type Chosen = { kind: 'chosen' } | { kind: 'missing' } | { kind: 'no-conflict' };

/** Settles the conflict of a record. `missing` for an unknown record, `no-conflict` where nothing is to be chosen. */
export async function chooseSide(
  db: Db,
  entities: readonly Entity[],
  organisation: string,
  actor: string,
  choice: { recordId: string; keep: Kept },
): Promise<Chosen> {
  const { recordId, keep } = choice;
  return db.write(organisation, async (tx): Promise<Chosen> => {
    const key = { organisationId_id: { organisationId: organisation, id: recordId } };
    const row = await tx.prisma.record.findUnique({ where: key });
    const entity = entities.find((one) => one.name === row?.entity);
    if (row === null || entity === undefined) return { kind: 'missing' };
    const number = await lockConflict(tx, recordId);
    const known = (await readAgreed(tx.sql, organisation, [recordId])).get(recordId);
    if (number === undefined || known === undefined) return { kind: 'no-conflict' };
    if (keep === 'ours') await sendOurs(tx, number, known);
    else await keepTheirs(tx, entity, number, known, row.problem);
    tx.events.push({
      kind: 'conflict',
      actor,
      entity: entity.name,
      records: [recordId],
      text: keep === 'ours' ? 'Chose to send ours over what Xero holds' : 'Chose to keep what Xero holds',
    });
    tx.records.add(recordId);
    tx.topics.set('queue', undefined);
    return { kind: 'chosen' };
  });
}

async function lockConflict(tx: ModelTx, recordId: string): Promise<string | undefined> {
  const [change] = await tx.sql.query<{ number: bigint }>(
    `SELECT number FROM change WHERE organisation_id = $1::uuid AND record_id = $2::uuid AND state = 'pending' AND held = 'conflict'
      ORDER BY number DESC LIMIT 1 FOR UPDATE`,
    tx.organisation,
    recordId,
  );
  return change === undefined ? undefined : String(change.number);
}

/** What Xero holds counts as agreed from now on, so that one more change there is one more conflict. What it no longer has is made anew. */
async function sendOurs(tx: ModelTx, number: string, { recordId, theirs }: Agreed): Promise<void> {
  const gone = theirs === null;
  await tx.sql.execute(
    gone
      ? `DELETE FROM mapping WHERE organisation_id = $1::uuid AND record_id = $2::uuid`
      : `UPDATE mapping SET agreed = theirs, updated_at = stockbook_now(), theirs = NULL, theirs_at = NULL WHERE organisation_id = $1::uuid AND record_id = $2::uuid`,
    tx.organisation,
    recordId,
  );
  await tx.sql.execute(
    `UPDATE change SET held = NULL, reason = NULL, action = CASE WHEN $3 THEN 'create' ELSE action END
      WHERE organisation_id = $1::uuid AND number = $2::bigint`,
    tx.organisation,
    number,
    gone,
  );
  await tx.sql.execute(
    `UPDATE record SET sync_state = 'pending', problem = NULL, xero_id = CASE WHEN $3 THEN NULL ELSE xero_id END
      WHERE organisation_id = $1::uuid AND id = $2::uuid`,
    tx.organisation,
    recordId,
    gone,
  );
  await lowerMarks(tx, [number]);
}

/**
 * Ours is not sent. Where Xero's can be taken over, both sides agree again; where it cannot, the record says how Xero holds it, and
 * what was agreed stays, so that the next change here asks again.
 */
async function keepTheirs(
  tx: ModelTx,
  entity: Entity,
  number: string,
  known: Agreed,
  problem: string | null,
): Promise<void> {
  const adopted = await adoptTheirs(tx, entity, known);
  await tx.sql.execute(
    `UPDATE mapping SET agreed = CASE WHEN $3 THEN theirs ELSE agreed END,
            updated_at = CASE WHEN $3 THEN stockbook_now() ELSE updated_at END, theirs = NULL, theirs_at = NULL
      WHERE organisation_id = $1::uuid AND record_id = $2::uuid`,
    tx.organisation,
    known.recordId,
    adopted,
  );
  await tx.sql.execute(
    `UPDATE change SET state = 'skipped', held = NULL, reason = 'Kept as it is in Xero', settled_at = stockbook_now()
      WHERE organisation_id = $1::uuid AND number = $2::bigint`,
    tx.organisation,
    number,
  );
  const differs = `Kept as it is in Xero. ${(problem ?? '').replace(/\. Choose what holds$|: choose what holds$/, '')}`;
  await tx.sql.execute(
    `UPDATE record SET sync_state = CASE WHEN $3 THEN 'completed' ELSE 'warning' END, problem = CASE WHEN $3 THEN NULL ELSE $4 END,
            last_import_at = CASE WHEN $3 THEN stockbook_now() ELSE last_import_at END
      WHERE organisation_id = $1::uuid AND id = $2::uuid`,
    tx.organisation,
    known.recordId,
    adopted,
    differs.trim(),
  );
}

async function adoptTheirs(tx: ModelTx, entity: Entity, { recordId, theirs }: Agreed): Promise<boolean> {
  const [ours] = await entity.load(tx.sql, tx.organisation, [recordId]);
  if (theirs === null || ours === undefined || entity.remote === undefined) return false;
  const adopted = entity.adopt?.(ours, entity.remote.fields(JSON.parse(theirs)));
  if (adopted === undefined) return false;
  await entity.apply(tx, [adopted]);
  return true;
}
