// The very batches that the engine froze, as the bare loop is given them.
import type { Db } from '@stockbook/db';

export interface Batch {
  entity: string;
  body: string;
}

export interface Batches {
  contacts: Batch[];
  items: Batch[];
  documents: Batch[];
  /** Contact numbers by the ids that the bodies carry: another sandbox gives other ids. */
  numbers: Record<string, string>;
}

/** What the run sent, in the order it was frozen. */
export async function readBatches(db: Db, organisation: string, runId: string): Promise<Batches> {
  const { rows } = await db.pool.query<Batch>(
    `SELECT entity, body FROM export WHERE organisation_id = $1 AND run_id = $2 AND state = 'sent' AND action = 'create' ORDER BY id`,
    [organisation, runId],
  );
  const links = await db.pool.query<{ xeroId: string; number: string }>(
    `SELECT m.xero_id AS "xeroId", r.number FROM mapping m JOIN record r ON r.organisation_id = m.organisation_id AND r.id = m.record_id
      WHERE m.organisation_id = $1 AND m.entity = 'contacts'`,
    [organisation],
  );
  const of = (...names: string[]) => rows.filter(({ entity }) => names.includes(entity));
  return {
    contacts: of('contacts'),
    items: of('items'),
    documents: of('invoices', 'credit-notes'),
    numbers: Object.fromEntries(links.rows.map(({ xeroId, number }) => [xeroId, number])),
  };
}

/** Each document of a batch as a batch of its own. */
export function apart({ entity, body }: Batch): Batch[] {
  const envelope: Record<string, unknown[]> = JSON.parse(body);
  return Object.entries(envelope).flatMap(([resource, documents]) =>
    documents.map((document) => ({ entity, body: JSON.stringify({ [resource]: [document] }) })),
  );
}
