// Items in the database.
import type { ModelTx } from '@stockbook/db';
import type { Reader } from '../../entity.ts';
import { writeRecords } from '../../record.ts';
import { idsOf, inOrder, readRows, writeRows } from '../../rows.ts';
import { type Item, itemListed } from './model.ts';

export async function load(reader: Reader, organisation: string, ids: readonly string[]): Promise<Item[]> {
  const rows = await readRows<Item>(
    reader,
    `SELECT id, code, name, name_source AS "nameSource", description, kind
       FROM item WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    organisation,
    ids,
  );
  return inOrder(rows, ids);
}

export async function apply(tx: ModelTx, items: readonly Item[]): Promise<void> {
  await writeRows(
    tx,
    `INSERT INTO item (organisation_id, id, code, name, name_source, description, kind)
     SELECT $1::uuid, x.id, x.code, x.name, x."nameSource", x.description, x.kind
       FROM json_to_recordset($2::json) AS x(id uuid, code text, name text, "nameSource" text, description text, kind text)
     ON CONFLICT (organisation_id, id) DO UPDATE SET code = excluded.code, name = excluded.name,
       name_source = excluded.name_source, description = excluded.description, kind = excluded.kind, updated_at = stockbook_now()`,
    items,
  );
  await writeRecords(tx, 'items', items.map(itemListed));
}
