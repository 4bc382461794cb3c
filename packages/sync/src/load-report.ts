// The report of a load: every row is counted as imported, unchanged or rejected, the rejected ones with their reason.
import type { Rejected } from '@stockbook/csv';
import type { ModelTx } from '@stockbook/db';
import { linesMax, type StagedDocument } from './load-batch.ts';
import type { TakenLoad } from './load-lease.ts';
import { writeRows } from './rows.ts';

export interface Counts {
  imported: number;
  unchanged: number;
  rejected: number;
  rowsImported: number;
  rowsUnchanged: number;
  rowsRejected: number;
}

export const noCounts: Counts = {
  imported: 0,
  unchanged: 0,
  rejected: 0,
  rowsImported: 0,
  rowsUnchanged: 0,
  rowsRejected: 0,
};

export interface RejectedDocument {
  document: StagedDocument;
  reasons: Rejected['reasons'];
}

/** A row for every row of a rejected document: its own fault, or where the fault is. */
export async function writeRejections(
  tx: ModelTx,
  load: TakenLoad,
  rejected: readonly RejectedDocument[],
): Promise<void> {
  const rows = rejected.flatMap(({ document, reasons }) => {
    const own = new Map(reasons.map(({ file, line, reason }) => [`${file}:${line}`, reason]));
    const [first] = reasons;
    const elsewhere = first
      ? `Its document is rejected for line ${first.line} of ${load.files.get(first.file) ?? `file ${first.file}`}: ${first.reason}`
      : 'Its document is rejected';
    return document.rows.map(({ file, line }) => ({
      load: load.loadId,
      file,
      line,
      document: document.number,
      reason: own.get(`${file}:${line}`) ?? elsewhere,
    }));
  });
  await writeRows(
    tx,
    `INSERT INTO load_rejection (organisation_id, load_id, file, line, document, reason)
     SELECT $1::uuid, x.load, x.file, x.line, x.document, x.reason
       FROM json_to_recordset($2::json) AS x(load uuid, file int, line int, document text, reason text)`,
    rows,
  );
}

/** The same for a document that is too long to be read at all. */
export async function rejectTooLong(
  tx: ModelTx,
  load: TakenLoad,
  number: string,
  rows: number,
): Promise<void> {
  await tx.sql.execute(
    `INSERT INTO load_rejection (organisation_id, load_id, file, line, document, reason)
     SELECT organisation_id, load_id, file, line, document, $4 FROM load_row
      WHERE organisation_id = $1::uuid AND load_id = $2::uuid AND document = $3`,
    load.organisation,
    load.loadId,
    number,
    `The document has ${rows} rows, and one takes ${linesMax} at most: give its rows several numbers`,
  );
}

/** Moves the load on to `position`, in the transaction that made the documents up to there. */
export async function advance(tx: ModelTx, load: TakenLoad, position: number, counts: Counts): Promise<void> {
  await tx.prisma.load.update({
    where: { organisationId_id: { organisationId: load.organisation, id: load.loadId } },
    data: {
      position,
      imported: { increment: counts.imported },
      unchanged: { increment: counts.unchanged },
      rejected: { increment: counts.rejected },
      rowsImported: { increment: counts.rowsImported },
      rowsUnchanged: { increment: counts.rowsUnchanged },
      rowsRejected: { increment: counts.rowsRejected },
    },
  });
}
