// A conflict as a person sees it: field by field, ours beside Xero's and what was agreed.
import { type Difference, listDifferences } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import { readAgreed } from './agreed.ts';
import type { Entity } from './entity.ts';
import { freezeClaimed } from './freeze.ts';

export interface ShownConflict {
  seenAt: Date | null;
  /** Whether Xero no longer has the record. */
  gone: boolean;
  differences: Difference[];
}

/** Worked out from what would be sent now; undefined where the record is unknown or not in Xero. */
export async function readConflict(
  db: Db,
  entity: Entity,
  organisation: string,
  recordId: string,
): Promise<ShownConflict | undefined> {
  const known = (await readAgreed(db.sql, organisation, [recordId])).get(recordId);
  const { remote } = entity;
  if (known === undefined || remote === undefined) return undefined;
  const { theirs, theirsAt: seenAt } = known;
  if (theirs === null) return { seenAt, gone: true, differences: [] };
  const { wires } = await freezeClaimed(db.sql, organisation, entity, 'update', [{ number: '0', recordId }]);
  const ours = remote.fields(wires[0] ?? {});
  const read = (text: string) => remote.fields(JSON.parse(text));
  return { seenAt, gone: false, differences: listDifferences(read(known.agreed), read(theirs), ours) };
}
