// Which group of failures is open.
import type { ErrorGroupRow } from './query.ts';

/** The group the address names; else the first, so that something is always open. */
export function openGroup(
  groups: readonly ErrorGroupRow[],
  id: string | undefined,
): ErrorGroupRow | undefined {
  return groups.find((group) => group.id === id) ?? groups[0];
}
