// The record table: one row for every syncable record, written with the record itself.
import type { Listed } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import { writeRows } from './rows.ts';

/** Writes the rows of `listed`; a new row begins as `state`, a known one keeps what the sync wrote. */
export async function writeRecords(
  tx: Tx,
  entity: string,
  listed: readonly Listed[],
  fresh: { state: 'new' | 'skipped'; problem: string | null } = { state: 'new', problem: null },
): Promise<void> {
  const rows = listed.map((row) => ({ ...row, entity, state: fresh.state, problem: fresh.problem }));
  await writeRows(
    tx,
    `INSERT INTO record (organisation_id, id, entity, number, title, date, total, currency, status, sync_state, problem)
     SELECT $1::uuid, x.id, x.entity, x.number, x.title, x.date, x.total, x.currency, x.status, x.state, x.problem
       FROM json_to_recordset($2::json) AS x(id uuid, entity text, number text, title text, date date, total numeric,
            currency text, status text, state text, problem text)
     ON CONFLICT (organisation_id, id) DO UPDATE SET number = excluded.number, title = excluded.title,
       date = excluded.date, total = excluded.total, currency = excluded.currency, status = excluded.status`,
    rows,
  );
}
