// Which items are goods: only they have stock.
import type { Tx } from '@stockbook/db';
import { idsOf, readRows } from './rows.ts';

export async function goodsAmong(tx: Tx, itemIds: readonly string[]): Promise<Set<string>> {
  const rows = await readRows<{ id: string }>(
    tx.sql,
    `SELECT id FROM item WHERE organisation_id = $1::uuid AND kind = 'goods' AND id = ANY(${idsOf('$2')})`,
    tx.organisation,
    [...new Set(itemIds)],
  );
  return new Set(rows.map((row) => row.id));
}
