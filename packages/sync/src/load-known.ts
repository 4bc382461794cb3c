// What of a load's documents is here already: the same rows are unchanged, other rows under the same number are refused.
import type { Parsed } from '@stockbook/csv';
import type { Tx } from '@stockbook/db';

interface KnownDocument {
  number: string;
  entity: 'invoices' | 'credit-notes' | 'stock-adjustments';
  hash: string | null;
}

export type Known = Map<string, KnownDocument[]>;

/** The documents of these numbers, whatever their kind. */
export async function findKnown(tx: Tx, numbers: readonly string[]): Promise<Known> {
  const among = `organisation_id = $1::uuid AND number IN (SELECT value FROM json_array_elements_text($2::json))`;
  const rows = await tx.sql.query<KnownDocument>(
    `SELECT number, 'invoices' AS entity, source_hash AS hash FROM invoice WHERE ${among}
     UNION ALL SELECT number, 'credit-notes', source_hash FROM credit_note WHERE ${among}
     UNION ALL SELECT number, 'stock-adjustments', source_hash FROM stock_adjustment WHERE ${among}`,
    tx.organisation,
    JSON.stringify(numbers),
  );
  const known: Known = new Map();
  for (const row of rows) known.set(row.number, [...(known.get(row.number) ?? []), row]);
  return known;
}

export function isUnchanged(known: Known, number: string, hash: string): boolean {
  return (known.get(number) ?? []).some((document) => document.hash === hash);
}

/** Why the document cannot be made beside those of its number; an invoice and a credit note may share one. */
export function conflictOf(known: Known, parsed: Exclude<Parsed, { kind: 'rejected' }>): string | undefined {
  const credit = parsed.kind === 'credit-note';
  const other = (known.get(parsed.number) ?? []).find(({ entity }) => (entity === 'credit-notes') === credit);
  if (other === undefined) return undefined;
  return other.hash === null
    ? `The number ${parsed.number} is taken by a document made by hand: change the number of one of them`
    : `The document ${parsed.number} was already imported with other rows`;
}
