// Which group is open, and which failed records belong to it.
import type { ErrorGroupRow, FailedRow } from './query.ts';

/** The group the address names; else the first, so that something is always open. */
export function openGroup(
  groups: readonly ErrorGroupRow[],
  id: string | undefined,
): ErrorGroupRow | undefined {
  return groups.find((group) => group.id === id) ?? groups[0];
}

/** The failed records of a group: those with its words, and its sample. */
export function rowsOf(group: ErrorGroupRow, rows: readonly FailedRow[]): FailedRow[] {
  return rows.filter((row) => row.reason === group.message || row.record.id === group.sample.id);
}
