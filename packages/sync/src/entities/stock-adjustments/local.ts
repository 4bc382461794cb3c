// Stock adjustments in the database: they move levels and are not exported yet.
import type { ModelTx } from '@stockbook/db';
import type { Dependant, Reader } from '../../entity.ts';
import { writeRecords } from '../../record.ts';
import { idsOf, inOrder, readRows, writeRows } from '../../rows.ts';
import { moveStock } from '../../stock.ts';
import { goodsAmong } from '../../stock-goods.ts';
import { type StockAdjustment, stockAdjustmentListed } from './model.ts';

type Row = Omit<StockAdjustment, 'lines'>;
type LineRow = { document: string; itemId: string; quantity: string };

export async function load(
  reader: Reader,
  organisation: string,
  ids: readonly string[],
): Promise<StockAdjustment[]> {
  const rows = await readRows<Row>(
    reader,
    `SELECT id, number, date::text, reason, source_hash AS "sourceHash"
       FROM stock_adjustment WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    organisation,
    ids,
  );
  const lines = await readRows<LineRow>(
    reader,
    `SELECT document_id AS document, item_id AS "itemId", trim_scale(quantity)::text AS quantity
       FROM stock_adjustment_line WHERE organisation_id = $1::uuid AND document_id = ANY(${idsOf('$2')}) ORDER BY document_id, position`,
    organisation,
    ids,
  );
  return inOrder(rows, ids).map((row) => ({
    ...row,
    lines: lines
      .filter((line) => line.document === row.id)
      .map(({ itemId, quantity }) => ({ itemId, quantity })),
  }));
}

export async function apply(tx: ModelTx, adjustments: readonly StockAdjustment[]): Promise<void> {
  await writeRows(
    tx,
    `INSERT INTO stock_adjustment (organisation_id, id, number, date, reason, source_hash)
     SELECT $1::uuid, x.id, x.number, x.date, x.reason, x."sourceHash"
       FROM json_to_recordset($2::json) AS x(id uuid, number text, date date, reason text, "sourceHash" text)
     ON CONFLICT (organisation_id, id) DO UPDATE SET number = excluded.number, date = excluded.date, reason = excluded.reason,
       source_hash = excluded.source_hash, updated_at = (SELECT stockbook_now())`,
    adjustments.map(({ lines: _lines, ...adjustment }) => adjustment),
  );
  await writeLines(tx, adjustments);
  await writeRecords(tx, 'stock-adjustments', adjustments.map(stockAdjustmentListed), {
    state: 'skipped',
    problem: 'not exported yet',
  });
  const goods = await goodsAmong(
    tx,
    adjustments.flatMap((adjustment) => adjustment.lines.map((line) => line.itemId)),
  );
  const movements = adjustments.flatMap((adjustment) =>
    adjustment.lines
      .filter((line) => goods.has(line.itemId))
      .map((line) => ({
        recordId: adjustment.id,
        itemId: line.itemId,
        quantity: line.quantity,
        date: adjustment.date,
      })),
  );
  await moveStock(
    tx,
    'stock-adjustments',
    adjustments.map((adjustment) => adjustment.id),
    movements,
  );
}

async function writeLines(tx: ModelTx, adjustments: readonly StockAdjustment[]): Promise<void> {
  await writeRows(
    tx,
    `DELETE FROM stock_adjustment_line WHERE organisation_id = $1::uuid AND document_id = ANY(${idsOf('$2')})`,
    adjustments.map((adjustment) => adjustment.id),
  );
  await writeRows(
    tx,
    `INSERT INTO stock_adjustment_line (organisation_id, document_id, position, item_id, quantity)
     SELECT $1::uuid, x.document, x.position, x."itemId", x.quantity
       FROM json_to_recordset($2::json) AS x(document uuid, position int, "itemId" uuid, quantity numeric)`,
    adjustments.flatMap((adjustment) =>
      adjustment.lines.map((line, index) => ({ ...line, document: adjustment.id, position: index + 1 })),
    ),
  );
}

export async function dependants(): Promise<Dependant[]> {
  return [];
}
