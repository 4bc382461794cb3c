// What a list of the pages is, and the addresses of the records in it.
import type { Organisation } from '../organisation.ts';
import type { Stored } from '../store.ts';
import type { Cell, Column } from './html.ts';

export type List = {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** Oldest change first. */
  readonly records: (organisation: Organisation) => readonly Stored[];
  /** The rows of those of `records` that are on the page. */
  readonly rows: (organisation: Organisation, records: readonly Stored[]) => Cell[][];
};

export function recordAddress(organisation: Organisation, list: string, id: string): string {
  return `/organisations/${organisation.record.id}/${list}/${id}`;
}
