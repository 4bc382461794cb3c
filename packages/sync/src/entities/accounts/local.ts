// The chart of accounts in the database.
import type { ModelTx } from '@stockbook/db';
import type { Reader } from '../../entity.ts';
import { writeReadRecords } from '../../read-record.ts';
import { idsOf, inOrder, readRows, writeRows } from '../../rows.ts';
import { accountListed, type LedgerAccount } from './model.ts';

export async function load(
  reader: Reader,
  organisation: string,
  ids: readonly string[],
): Promise<LedgerAccount[]> {
  const rows = await readRows<LedgerAccount>(
    reader,
    `SELECT id, code, name, type, class, status, tax_type AS "taxType", system_account AS "systemAccount",
            payments_on AS "paymentsOn"
       FROM ledger_account WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    organisation,
    ids,
  );
  return inOrder(rows, ids);
}

export async function apply(tx: ModelTx, accounts: readonly LedgerAccount[]): Promise<void> {
  await writeRows(
    tx,
    `INSERT INTO ledger_account (organisation_id, id, code, name, type, class, status, tax_type, system_account, payments_on, read_at)
     SELECT $1::uuid, x.id, x.code, x.name, x.type, x.class, x.status, x."taxType", x."systemAccount", x."paymentsOn", stockbook_now()
       FROM json_to_recordset($2::json) AS x(id uuid, code text, name text, type text, class text, status text, "taxType" text,
            "systemAccount" text, "paymentsOn" boolean)
     ON CONFLICT (organisation_id, id) DO UPDATE SET code = excluded.code, name = excluded.name, type = excluded.type,
       class = excluded.class, status = excluded.status, tax_type = excluded.tax_type,
       system_account = excluded.system_account, payments_on = excluded.payments_on, read_at = excluded.read_at`,
    accounts,
  );
  await writeReadRecords(tx, 'accounts', accounts.map(accountListed));
}

export async function retire(tx: ModelTx, accounts: readonly LedgerAccount[]): Promise<void> {
  await tx.sql.execute(
    `WITH gone AS (
       UPDATE ledger_account SET status = 'DELETED'
        WHERE organisation_id = $1::uuid AND status <> 'DELETED' AND id <> ALL(${idsOf('$2')}) RETURNING id)
     UPDATE record SET status = 'deleted' WHERE organisation_id = $1::uuid AND id IN (SELECT id FROM gone)`,
    tx.organisation,
    JSON.stringify(accounts.map((account) => account.id)),
  );
}
