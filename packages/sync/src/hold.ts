// Holding and releasing changes: the reason is written when it arises and cleared when it ends, never worked out again at a claim.
import type { Tx } from '@stockbook/db';
import type { Dependant, Entity, Waiting } from './entity.ts';
import { idsOf, writeRows } from './rows.ts';

export interface Hold {
  recordId: string;
  held: 'parent' | 'account';
  reason: string;
}

/** Holds the waiting changes of these records; a conflict stays one, whatever else it would wait for. */
export async function holdChanges(tx: Tx, holds: readonly Hold[]): Promise<void> {
  const rows = `json_to_recordset($2::json) AS x("recordId" uuid, held text, reason text)`;
  await writeRows(
    tx,
    `UPDATE record r SET sync_state = 'held', problem = x.reason FROM ${rows}
      WHERE r.organisation_id = $1::uuid AND r.id = x."recordId" AND r.sync_state IN ('pending', 'sending', 'held')`,
    holds,
  );
  await writeRows(
    tx,
    `UPDATE change c SET held = x.held, reason = x.reason FROM ${rows}
      WHERE c.organisation_id = $1::uuid AND c.record_id = x."recordId" AND c.state = 'pending'
        AND c.held IS DISTINCT FROM 'conflict'`,
    holds,
  );
  for (const { recordId } of holds) tx.records.add(recordId);
}

/** Releases the changes of these records held for `held`, and sets the marks back to the lowest of them. */
export async function releaseChanges(
  tx: Tx,
  held: 'parent' | 'account',
  recordIds: readonly string[],
): Promise<void> {
  await releaseWhere(tx, `held = '${held}' AND record_id = ANY(${idsOf('$2')})`, JSON.stringify(recordIds));
}

/**
 * Releases every change held for an account or tax type: those that still lack one are held again when they are claimed. A claim
 * under way may hold some for what it could not see chosen: it stands under the connection's row and is waited for.
 */
export async function releaseAccounts(tx: Tx): Promise<void> {
  await tx.sql.query('SELECT 1 FROM connection WHERE organisation_id = $1::uuid FOR UPDATE', tx.organisation);
  await releaseWhere(tx, `held = 'account' AND $2::text IS NOT NULL`, '');
}

async function releaseWhere(tx: Tx, condition: string, parameter: string): Promise<void> {
  const where = `organisation_id = $1::uuid AND state = 'pending' AND held IS NOT NULL AND ${condition}`;
  // Records before their changes, as whoever edits one of them locks them.
  await tx.sql.query(
    `WITH locked AS (SELECT 1 FROM record WHERE organisation_id = $1::uuid AND id IN (SELECT record_id FROM change WHERE ${where})
       ORDER BY id FOR NO KEY UPDATE) SELECT count(*) FROM locked`,
    tx.organisation,
    parameter,
  );
  const released = await tx.sql.query<{ recordId: string }>(
    `WITH freed AS (
       UPDATE change SET held = NULL, reason = NULL WHERE ${where}
        RETURNING organisation_id, entity, action, number, record_id),
     shown AS (
       UPDATE record r SET sync_state = 'pending', problem = NULL FROM freed f
        WHERE r.organisation_id = f.organisation_id AND r.id = f.record_id RETURNING 1),
     low AS (SELECT organisation_id, entity, action, min(number) - 1 AS number FROM freed GROUP BY 1, 2, 3),
     marked AS (${lowering})
     SELECT record_id AS "recordId" FROM freed LIMIT ${releasedMax}`,
    tx.organisation,
    parameter,
  );
  if (released.length === 0) return;
  for (const { recordId } of released) tx.records.add(recordId);
  tx.topics.set('queue', undefined);
}

/** More are not told of one by one. */
const releasedMax = 100;

/** Where nobody has set a mark it is at the beginning and stays there: below what is released, others may wait that nobody has come to yet. */
const lowering = `INSERT INTO water_mark AS w (organisation_id, entity, action, number, version)
     SELECT organisation_id, entity, action, 0, 1 FROM low
     ON CONFLICT (organisation_id, entity, action) DO UPDATE SET version = w.version + 1,
       number = least(w.number, (SELECT low.number FROM low WHERE low.entity = w.entity AND low.action = w.action))`;

/** Sets the marks back so that these changes can be claimed again. */
export async function lowerMarks(tx: Tx, numbers: readonly string[]): Promise<void> {
  await writeRows(
    tx,
    `WITH low AS (
       SELECT organisation_id, entity, action, min(number) - 1 AS number FROM change
        WHERE organisation_id = $1::uuid AND number = ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text($2::json))) GROUP BY 1, 2, 3)
     ${lowering}`,
    numbers,
  );
}

/** Entities that cannot go without `parent`. */
export function childrenOf(entities: readonly Entity[], parent: string): Entity[] {
  return entities.filter((entity) => entity.exports === 'yes' && entity.after.includes(parent));
}

/** The records of every later entity that wait and cannot go without one of `parents`, once for each of these. */
export async function dependantsOf(
  tx: Tx,
  entities: readonly Entity[],
  parent: string,
  parents: readonly string[],
  waiting: Waiting,
): Promise<Dependant[]> {
  const found: Dependant[] = [];
  for (const entity of childrenOf(entities, parent))
    for (const one of await entity.dependants(tx.sql, tx.organisation, parents, waiting)) found.push(one);
  return found;
}
