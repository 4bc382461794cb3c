// Parents that come to be in Xero while their children are claimed: no child is held for a parent that is there.
import type { Tx } from '@stockbook/db';
import type { Entity } from './entity.ts';
import type { Action } from './export-row.ts';
import { type Frozen, freezeClaimed } from './freeze.ts';
import { idsOf, readRows } from './rows.ts';

/**
 * Maps what is claimed. Whoever is just settling a parent that seems to be missing releases those that are held for it, and does
 * not see one that is about to be: it has ended then, or begins when this transaction has.
 */
export async function freezeLocked(
  tx: Tx,
  entity: Entity,
  action: Action,
  picked: readonly { number: string; recordId: string }[],
): Promise<Frozen> {
  const frozen = await freezeClaimed(tx.sql, tx.organisation, entity, action, picked);
  const waiting = frozen.holds.flatMap(({ held, recordId }) => {
    const made = held === 'parent' ? frozen.records.get(recordId) : undefined;
    return made === undefined ? [] : [entity.parents(made)];
  });
  const missing = await lockMissing(tx, [...new Set(waiting.flat())]);
  const isLate = waiting.some((parents) => !parents.some((parent) => missing.has(parent)));
  return isLate ? freezeClaimed(tx.sql, tx.organisation, entity, action, picked) : frozen;
}

/** Those of `parents` that are not in Xero, when nobody is settling them any more. */
async function lockMissing(tx: Tx, parents: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await readRows<{ id: string }>(
    tx.sql,
    `SELECT id FROM record WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')}) AND xero_id IS NULL ORDER BY id FOR SHARE`,
    tx.organisation,
    parents,
  );
  return new Set(rows.map(({ id }) => id));
}
