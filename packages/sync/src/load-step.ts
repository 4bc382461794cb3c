// One step of a load, all of it in one transaction: the next documents leave the stage and are made, found unchanged, or rejected.
import { type Template, templateOf } from '@stockbook/csv';
import type { ModelTx } from '@stockbook/db';
import { dropDocument, findDocuments, type StagedDocument, takeBatch } from './load-batch.ts';
import { type NewDocument, writeNewDocuments } from './load-document.ts';
import { conflictOf, findKnown, isUnchanged, type Known } from './load-known.ts';
import { fenceLoad, type TakenLoad } from './load-lease.ts';
import {
  advance,
  type Counts,
  noCounts,
  type RejectedDocument,
  rejectTooLong,
  writeRejections,
} from './load-report.ts';

/** Whether documents may be left. */
export async function takeStep(tx: ModelTx, load: TakenLoad): Promise<'more' | 'end'> {
  const { position, documents } = await fenceLoad(tx, load);
  if (documents === 0) return begin(tx, load);
  const batch = await takeBatch(tx, load, position);
  if (batch.kind === 'none') return 'end';
  if (batch.kind === 'too-long') {
    await rejectTooLong(tx, load, batch.number, batch.rows);
    await dropDocument(tx, load, batch.number, batch.last);
    await advance(tx, load, batch.last, { ...noCounts, rejected: 1, rowsRejected: batch.rows });
    return 'more';
  }
  const known = await findKnown(
    tx,
    batch.documents.map(({ number }) => number),
  );
  const sorted = sortDocuments(templateOfLoad(load), known, batch.documents);
  await writeNewDocuments(tx, sorted.fresh);
  await writeRejections(tx, load, sorted.rejected);
  await advance(tx, load, batch.last, sorted.counts);
  return 'more';
}

async function begin(tx: ModelTx, load: TakenLoad): Promise<'more' | 'end'> {
  const documents = await findDocuments(tx, load.loadId);
  await tx.prisma.load.update({
    where: { organisationId_id: { organisationId: load.organisation, id: load.loadId } },
    data: { documents },
  });
  return documents === 0 ? 'end' : 'more';
}

function templateOfLoad(load: TakenLoad): Template {
  const template = templateOf(load.template);
  if (template === undefined) throw new Error(`There is no template ${load.template}: load the files again.`);
  return template;
}

interface Sorted {
  fresh: NewDocument[];
  rejected: RejectedDocument[];
  counts: Counts;
}

/** The same rows as before are not looked at again; a fault in a row says more than a number that is taken. */
function sortDocuments(template: Template, known: Known, documents: readonly StagedDocument[]): Sorted {
  const sorted: Sorted = { fresh: [], rejected: [], counts: { ...noCounts } };
  for (const document of documents) {
    const { number, rows, hash } = document;
    if (isUnchanged(known, number, hash)) {
      sorted.counts.unchanged += 1;
      sorted.counts.rowsUnchanged += rows.length;
      continue;
    }
    const parsed = template.parse(number, rows);
    const conflict = parsed.kind === 'rejected' ? undefined : conflictOf(known, parsed);
    if (parsed.kind !== 'rejected' && conflict === undefined) {
      sorted.fresh.push({ parsed, hash });
      sorted.counts.imported += 1;
      sorted.counts.rowsImported += rows.length;
      continue;
    }
    const reasons =
      parsed.kind === 'rejected'
        ? parsed.reasons
        : rows.map(({ file, line }) => ({ file, line, reason: conflict ?? 'Its document is rejected' }));
    sorted.rejected.push({ document, reasons });
    sorted.counts.rejected += 1;
    sorted.counts.rowsRejected += rows.length;
  }
  return sorted;
}
