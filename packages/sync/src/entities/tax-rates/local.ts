// The tax rates in the database.
import type { ModelTx } from '@stockbook/db';
import type { Reader } from '../../entity.ts';
import { writeReadRecords } from '../../read-record.ts';
import { idsOf, inOrder, readRows } from '../../rows.ts';
import { type TaxRate, taxRateListed } from './model.ts';

export async function load(reader: Reader, organisation: string, ids: readonly string[]): Promise<TaxRate[]> {
  const rows = await readRows<TaxRate>(
    reader,
    `SELECT id, tax_type AS "taxType", name, trim_scale(rate)::text AS rate, status, on_revenue AS "onRevenue",
            on_expenses AS "onExpenses", on_assets AS "onAssets", on_liabilities AS "onLiabilities", on_equity AS "onEquity"
       FROM tax_rate WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    organisation,
    ids,
  );
  return inOrder(rows, ids);
}

/** A tax type that is known keeps its id, whatever id the record brings. */
export async function apply(tx: ModelTx, taxRates: readonly TaxRate[]): Promise<void> {
  const kept = await tx.sql.query<{ id: string; taxType: string }>(
    `INSERT INTO tax_rate (organisation_id, id, tax_type, name, rate, status, on_revenue, on_expenses, on_assets, on_liabilities,
            on_equity, read_at)
     SELECT $1::uuid, x.id, x."taxType", x.name, x.rate, x.status, x."onRevenue", x."onExpenses", x."onAssets",
            x."onLiabilities", x."onEquity", stockbook_now()
       FROM json_to_recordset($2::json) AS x(id uuid, "taxType" text, name text, rate numeric, status text, "onRevenue" boolean,
            "onExpenses" boolean, "onAssets" boolean, "onLiabilities" boolean, "onEquity" boolean)
     ON CONFLICT (organisation_id, tax_type) DO UPDATE SET name = excluded.name, rate = excluded.rate,
       status = excluded.status, on_revenue = excluded.on_revenue, on_expenses = excluded.on_expenses,
       on_assets = excluded.on_assets, on_liabilities = excluded.on_liabilities, on_equity = excluded.on_equity,
       read_at = excluded.read_at
     RETURNING id, tax_type AS "taxType"`,
    tx.organisation,
    JSON.stringify(taxRates),
  );
  const idOf = new Map(kept.map((row) => [row.taxType, row.id]));
  const listed = taxRates.map((each) => taxRateListed({ ...each, id: idOf.get(each.taxType) ?? each.id }));
  await writeReadRecords(tx, 'tax-rates', listed);
}

export async function retire(tx: ModelTx, taxRates: readonly TaxRate[]): Promise<void> {
  await tx.sql.execute(
    `WITH gone AS (
       UPDATE tax_rate SET status = 'DELETED'
        WHERE organisation_id = $1::uuid AND status <> 'DELETED'
          AND tax_type NOT IN (SELECT value FROM json_array_elements_text($2::json)) RETURNING id)
     UPDATE record SET status = 'deleted' WHERE organisation_id = $1::uuid AND id IN (SELECT id FROM gone)`,
    tx.organisation,
    JSON.stringify(taxRates.map((each) => each.taxType)),
  );
}
