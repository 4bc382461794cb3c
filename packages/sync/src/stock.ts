// Stock: movements by documents, and the level of each item at each location that follows from them.
import type { Tx } from '@stockbook/db';
import { createId } from '@stockbook/db';
import { idsOf, writeRows } from './rows.ts';

export interface Movement {
  recordId: string;
  itemId: string;
  /** Positive raises the level. */
  quantity: string;
  /** 'YYYY-MM-DD' */
  date: string;
}

/** Where stock is kept while there is one place. */
const mainLocation = 'MAIN';

/** Gives the documents `recordIds` exactly these movements, in place of those they had; levels follow, below zero too. */
export async function moveStock(
  tx: Tx,
  entity: string,
  recordIds: readonly string[],
  movements: readonly Movement[],
): Promise<void> {
  await writeRows(
    tx,
    `WITH gone AS (DELETE FROM stock_movement WHERE organisation_id = $1::uuid AND record_id = ANY(${idsOf('$2')})
       RETURNING item_id, location, quantity)
     UPDATE stock_level l SET quantity = l.quantity - g.quantity
       FROM (SELECT item_id, location, sum(quantity) AS quantity FROM gone GROUP BY 1, 2) g
      WHERE l.organisation_id = $1::uuid AND l.item_id = g.item_id AND l.location = g.location`,
    recordIds,
  );
  const rows = movements.map((movement) => ({
    id: createId(),
    item: movement.itemId,
    location: mainLocation,
    quantity: movement.quantity,
    date: movement.date,
    entity,
    record: movement.recordId,
  }));
  await writeRows(
    tx,
    `WITH made AS (INSERT INTO stock_movement (organisation_id, id, item_id, location, quantity, date, entity, record_id)
       SELECT $1::uuid, x.id, x.item, x.location, x.quantity, x.date, x.entity, x.record
         FROM json_to_recordset($2::json) AS x(id uuid, item uuid, location text, quantity numeric, date date, entity text, record uuid)
       RETURNING item_id, location, quantity)
     INSERT INTO stock_level (organisation_id, item_id, location, quantity)
     SELECT $1::uuid, item_id, location, sum(quantity) FROM made GROUP BY item_id, location ORDER BY item_id
     ON CONFLICT (organisation_id, item_id, location) DO UPDATE SET quantity = stock_level.quantity + excluded.quantity`,
    rows,
  );
}
