// The record as both sides last held it, and what Xero holds instead where a person must choose.
import type { Reader } from './entity.ts';
import { idsOf, readRows } from './rows.ts';

export interface Agreed {
  recordId: string;
  xeroId: string;
  /** Xero's last answer about the record, as JSON text. */
  agreed: string;
  theirs: string | null;
  theirsAt: Date | null;
}

/** By record; those that are not in Xero are left out. */
export async function readAgreed(
  reader: Reader,
  organisation: string,
  recordIds: readonly string[],
): Promise<Map<string, Agreed>> {
  const rows = await readRows<Agreed>(
    reader,
    `SELECT record_id AS "recordId", xero_id AS "xeroId", agreed, theirs, theirs_at AS "theirsAt" FROM mapping
      WHERE organisation_id = $1::uuid AND record_id = ANY(${idsOf('$2')})`,
    organisation,
    recordIds,
  );
  return new Map(rows.map((row) => [row.recordId, row]));
}

/** Those of Xero's ids that are mapped to other records than these. */
export async function readMappedToOthers(
  reader: Reader,
  organisation: string,
  entity: string,
  { xeroIds, recordIds }: { xeroIds: readonly string[]; recordIds: readonly string[] },
): Promise<Set<string>> {
  if (xeroIds.length === 0) return new Set();
  const rows = await reader.query<{ xeroId: string; recordId: string }>(
    `SELECT xero_id AS "xeroId", record_id AS "recordId" FROM mapping
      WHERE organisation_id = $1::uuid AND entity = $2 AND xero_id = ANY(${idsOf('$3')})`,
    organisation,
    entity,
    JSON.stringify(xeroIds),
  );
  const own = new Set(recordIds);
  return new Set(rows.filter(({ recordId }) => !own.has(recordId)).map(({ xeroId }) => xeroId));
}
