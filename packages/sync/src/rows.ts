// Rows in and out of SQL: many at once, as one JSON parameter, so that a statement per table is enough.
import type { Tx } from '@stockbook/db';
import type { Reader } from './entity.ts';

/** Runs a statement whose first parameter is the organisation and whose second is `rows` as JSON. */
export async function writeRows(tx: Tx, sql: string, rows: readonly unknown[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql.execute(sql, tx.organisation, JSON.stringify(rows));
}

/** Reads rows for a list of ids: $1 the organisation, $2 the ids as a JSON array. */
export async function readRows<T>(
  reader: Reader,
  sql: string,
  organisation: string,
  ids: readonly string[],
): Promise<T[]> {
  if (ids.length === 0) return [];
  return reader.query<T>(sql, organisation, JSON.stringify(ids));
}

/** The ids of a JSON parameter as an array, for `= ANY`: read by the index whatever the statistics say. */
export const idsOf = (parameter: string): string =>
  `ARRAY(SELECT value::uuid FROM json_array_elements_text(${parameter}::json))`;

/** Puts rows in the order of `ids`; ids without a row are left out. */
export function inOrder<T extends { id: string }>(rows: readonly T[], ids: readonly string[]): T[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Locks the records of a JSON parameter before anything of them is settled: a person who is just changing one of them has ended then, and whoever comes later sees what was settled. */
export function lockedRecords(parameter: string): string {
  return `SELECT 1 FROM record WHERE organisation_id = $1::uuid AND id = ANY(${idsOf(parameter)}) ORDER BY id FOR NO KEY UPDATE`;
}
