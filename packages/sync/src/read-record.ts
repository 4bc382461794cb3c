// Record rows of what is only read from Xero: they are complete as soon as they are read.
import type { Listed } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import { writeRecords } from './record.ts';
import { writeRows } from './rows.ts';

export interface ReadRecord extends Listed {
  xeroId: string | null;
  accountingCode: string | null;
}

/** Writes the rows of records that were read just now. */
export async function writeReadRecords(tx: Tx, entity: string, read: readonly ReadRecord[]): Promise<void> {
  await writeRecords(tx, entity, read);
  await writeRows(
    tx,
    `UPDATE record r SET sync_state = 'completed', problem = NULL, xero_id = x."xeroId", accounting_code = x."accountingCode",
            last_import_at = stockbook_now()
       FROM json_to_recordset($2::json) AS x(id uuid, "xeroId" uuid, "accountingCode" text)
      WHERE r.organisation_id = $1::uuid AND r.id = x.id`,
    read.map(({ id, xeroId, accountingCode }) => ({ id, xeroId, accountingCode })),
  );
}
