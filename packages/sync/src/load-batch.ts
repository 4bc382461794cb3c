// The next documents of a load: found in the order of their first row, taken out of the stage a few hundred at a time.
import { createHash } from 'node:crypto';
import type { SourceRow } from '@stockbook/csv';
import type { ModelTx } from '@stockbook/db';
import type { TakenLoad } from './load-lease.ts';

/** A document as the stage holds it. */
export interface StagedDocument {
  position: number;
  number: string;
  rows: SourceRow[];
  /** The SHA-256 of its rows' fields, in hex. */
  hash: string;
}

export type Batch =
  | { kind: 'documents'; documents: StagedDocument[]; last: number }
  /** More rows than a document may have; they are still in the stage. */
  | { kind: 'too-long'; number: string; rows: number; last: number }
  | { kind: 'none' };

const documentsMax = 300;
const rowsMax = 4000;
/** A document of more lines is a fault of the file, and would not fit in a request to Xero. */
export const linesMax = 5000;

/** Notes the load's documents by the order in which they first appear over all files; answers how many there are. */
export async function findDocuments(tx: ModelTx, loadId: string): Promise<number> {
  return tx.sql.execute(
    `INSERT INTO load_document (organisation_id, load_id, position, document)
     SELECT $1::uuid, $2::uuid, row_number() OVER (ORDER BY min(file::bigint * 4294967296 + line)), document
       FROM load_row WHERE organisation_id = $1::uuid AND load_id = $2::uuid GROUP BY document`,
    tx.organisation,
    loadId,
  );
}

/** Takes the documents after `position` out of the stage, as many as the limits allow. */
export async function takeBatch(tx: ModelTx, load: TakenLoad, position: number): Promise<Batch> {
  const next = await tx.sql.query<{ position: number; document: string; rows: number }>(
    `SELECT d.position, d.document, (SELECT count(*) FROM load_row r WHERE r.organisation_id = $1::uuid AND r.load_id = $2::uuid
            AND r.document = d.document)::int AS rows
       FROM load_document d WHERE d.organisation_id = $1::uuid AND d.load_id = $2::uuid AND d.position > $3
      ORDER BY d.position LIMIT $4`,
    load.organisation,
    load.loadId,
    position,
    documentsMax,
  );
  const [first] = next;
  if (first === undefined) return { kind: 'none' };
  if (first.rows > linesMax)
    return { kind: 'too-long', number: first.document, rows: first.rows, last: first.position };
  let rows = 0;
  const within = next.findIndex((document) => {
    rows += document.rows;
    return rows > rowsMax || document.rows > linesMax;
  });
  const chosen = within === -1 ? next : next.slice(0, Math.max(1, within));
  const last = chosen.at(-1)?.position ?? first.position;
  return { kind: 'documents', documents: await takeDocuments(tx, load, chosen), last };
}

/** Documents in the order of their positions, rows in the order of the files. */
async function takeDocuments(
  tx: ModelTx,
  load: TakenLoad,
  chosen: readonly { position: number; document: string }[],
): Promise<StagedDocument[]> {
  const byNumber = new Map<string, StagedDocument>();
  for (const { position, document } of chosen) {
    byNumber.set(document, { position, number: document, rows: [], hash: '' });
  }
  const hashes = new Map([...byNumber.keys()].map((number) => [number, createHash('sha256')]));
  for (const { document, file, line, text } of await takeRows(tx, load, [...byNumber.keys()])) {
    byNumber.get(document)?.rows.push({ file, line, fields: parseFields(text) });
    hashes.get(document)?.update(text).update('\n');
  }
  for (const [number, document] of byNumber) document.hash = hashes.get(number)?.digest('hex') ?? '';
  await tx.prisma.loadDocument.deleteMany({
    where: {
      organisationId: load.organisation,
      loadId: load.loadId,
      position: { gte: chosen[0]?.position ?? 0, lte: chosen.at(-1)?.position ?? 0 },
    },
  });
  return [...byNumber.values()];
}

interface StageRow {
  document: string;
  file: number;
  line: number;
  text: string;
}

/** The numbers go in as an array so that the index is asked for each of them, whatever the planner knows of the table. */
async function takeRows(tx: ModelTx, load: TakenLoad, numbers: readonly string[]): Promise<StageRow[]> {
  return tx.sql.query<StageRow>(
    `WITH taken AS (DELETE FROM load_row WHERE organisation_id = $1::uuid AND load_id = $2::uuid
            AND document = ANY (ARRAY(SELECT value FROM json_array_elements_text($3::json))) RETURNING document, file, line, text)
     SELECT document, file, line, text FROM taken ORDER BY file, line`,
    load.organisation,
    load.loadId,
    JSON.stringify(numbers),
  );
}

function parseFields(text: string): string[] {
  const fields: unknown = JSON.parse(text);
  if (Array.isArray(fields) && fields.every((field) => typeof field === 'string')) return fields;
  throw new Error(`The staged row ${text} is no list of texts.`);
}

/** Takes one document that is too long out of the stage, unread. */
export async function dropDocument(
  tx: ModelTx,
  load: TakenLoad,
  number: string,
  position: number,
): Promise<void> {
  await tx.sql.execute(
    `DELETE FROM load_row WHERE organisation_id = $1::uuid AND load_id = $2::uuid AND document = $3`,
    load.organisation,
    load.loadId,
    number,
  );
  await tx.prisma.loadDocument.delete({
    where: {
      organisationId_loadId_position: { organisationId: load.organisation, loadId: load.loadId, position },
    },
  });
}
