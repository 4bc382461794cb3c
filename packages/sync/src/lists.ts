// The read-only lists: read whole from Xero, stored in one transaction with their cursors.
import type { Failure } from '@stockbook/core';
import type { ModelTx } from '@stockbook/db';
import type { ReadResult, XeroLists } from '@stockbook/xero';
import type { Entity } from './entity.ts';

/** A list that was read and is not stored yet. */
export interface ReadList {
  entity: string;
  store(tx: ModelTx): Promise<void>;
}

/** Reads every read-only list among `entities`; one call each, no transaction open. */
export async function readLists(
  entities: readonly Entity[],
  api: XeroLists,
): Promise<{ kind: 'read'; lists: ReadList[] } | { kind: 'failed'; failure: Failure }> {
  const lists: ReadList[] = [];
  for (const entity of entities) {
    const read = await readList(entity, api);
    if (read === undefined) continue;
    if (read.kind === 'failed') return read;
    lists.push(read.value);
  }
  return { kind: 'read', lists };
}

async function readList<R extends { id: string }>(
  entity: Entity<R>,
  api: XeroLists,
): Promise<ReadResult<ReadList> | undefined> {
  const whole = entity.wholeList;
  if (whole === undefined) return undefined;
  const read = await whole.list(api);
  if (read.kind === 'failed') return read;
  const records = read.value;
  const store = async (tx: ModelTx) => {
    await entity.apply(tx, records);
    await whole.retire(tx, records);
  };
  return { ...read, value: { entity: entity.name, store } };
}

/** Stores lists with how far each was read. */
export async function storeLists(tx: ModelTx, lists: readonly ReadList[]): Promise<void> {
  for (const list of lists) {
    await list.store(tx);
    await tx.sql.execute(
      `INSERT INTO cursor (organisation_id, entity, read_at) VALUES ($1::uuid, $2, stockbook_now())
       ON CONFLICT (organisation_id, entity) DO UPDATE SET read_at = excluded.read_at`,
      tx.organisation,
      list.entity,
    );
  }
  tx.topics.set('record', undefined);
}
