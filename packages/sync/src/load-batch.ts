// The next documents of a load: found in the order of their first row, taken out of the stage a few hundred at a time.
import { createHash } from 'node:crypto';
import type { SourceRow } from '@stockbook/csv';
import type { Tx } from '@stockbook/db';
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
const rowsMax = 6000;
/** A document of more lines is a fault of the file, and would not fit in a request to Xero. */
export const linesMax = 5000;

/** Notes the load's documents by the order in which they first appear over all files; answers how many there are. */
export async function findDocuments(tx: Tx, loadId: string): Promise<number> {
  return tx.prisma.$executeRawUnsafe(
    `INSERT INTO load_document (organisation_id, load_id, position, document)
     SELECT $1::uuid, $2::uuid, row_number() OVER (ORDER BY min(file::bigint * 4294967296 + line)), document
       FROM load_row WHERE organisation_id = $1::uuid AND load_id = $2::uuid GROUP BY document`,
    tx.organisation,
    loadId,
  );
}

/** Takes the documents after `position` out of the stage, as many as the limits allow. */
export async function takeBatch(tx: Tx, load: TakenLoad, position: number): Promise<Batch> {
  const next = await tx.prisma.$queryRawUnsafe<{ position: number; document: string; rows: number }[]>(
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
  let last = first.position;
  for (const document of next) {
    rows += document.rows;
    if (rows > rowsMax || document.rows > linesMax) break;
    last = document.position;
  }
  return { kind: 'documents', documents: await takeRows(tx, load, position, last), last };
}

interface StageRow {
  position: number;
  document: string;
  file: number;
  line: number;
  text: string;
}

async function takeRows(tx: Tx, load: TakenLoad, after: number, last: number): Promise<StagedDocument[]> {
  const rows = await tx.prisma.$queryRawUnsafe<StageRow[]>(
    `WITH next AS (DELETE FROM load_document WHERE organisation_id = $1::uuid AND load_id = $2::uuid
            AND position > $3 AND position <= $4 RETURNING position, document),
     taken AS (DELETE FROM load_row r USING next WHERE r.organisation_id = $1::uuid AND r.load_id = $2::uuid
            AND r.document = next.document RETURNING next.position, r.document, r.file, r.line, r.text)
     SELECT position, document, file, line, text FROM taken ORDER BY position, file, line`,
    load.organisation,
    load.loadId,
    after,
    last,
  );
  const documents: StagedDocument[] = [];
  let hash = createHash('sha256');
  for (const [index, row] of rows.entries()) {
    let document = documents.at(-1);
    if (document?.position !== row.position) {
      document = { position: row.position, number: row.document, rows: [], hash: '' };
      documents.push(document);
      hash = createHash('sha256');
    }
    document.rows.push({ file: row.file, line: row.line, fields: parseFields(row.text) });
    hash.update(row.text).update('\n');
    if (rows[index + 1]?.position !== row.position) document.hash = hash.digest('hex');
  }
  return documents;
}

function parseFields(text: string): string[] {
  const fields: unknown = JSON.parse(text);
  if (Array.isArray(fields) && fields.every((field) => typeof field === 'string')) return fields;
  throw new Error(`The staged row ${text} is no list of texts.`);
}

/** Takes one document that is too long out of the stage, unread. */
export async function dropDocument(tx: Tx, load: TakenLoad, number: string, position: number): Promise<void> {
  await tx.prisma.$executeRawUnsafe(
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
