// Credit notes in the database; what comes back raises the level.
import type { ModelTx } from '@stockbook/db';
import {
  type DocumentTables,
  documentDependants,
  readDocuments,
  writeDocuments,
} from '../../document-rows.ts';
import type { Dependant, Reader, Waiting } from '../../entity.ts';
import { writeRecords } from '../../record.ts';
import { moveStock } from '../../stock.ts';
import { goodsAmong } from '../../stock-goods.ts';
import { type CreditNote, creditNoteListed } from './model.ts';

const tables: DocumentTables = { document: 'credit_note', line: 'credit_note_line', due: false };

export async function load(
  reader: Reader,
  organisation: string,
  ids: readonly string[],
): Promise<CreditNote[]> {
  const documents = await readDocuments(reader, tables, organisation, ids);
  return documents;
}

export async function apply(tx: ModelTx, documents: readonly CreditNote[]): Promise<void> {
  await writeDocuments(tx, tables, documents);
  await writeRecords(tx, 'credit-notes', documents.map(creditNoteListed));
  const goods = await goodsAmong(
    tx,
    documents.flatMap((document) => document.lines.flatMap((line) => line.itemId ?? [])),
  );
  const movements = documents.flatMap((document) =>
    document.lines.flatMap((line) =>
      line.itemId !== null && goods.has(line.itemId)
        ? [{ recordId: document.id, itemId: line.itemId, quantity: line.quantity, date: document.date }]
        : [],
    ),
  );
  await moveStock(
    tx,
    'credit-notes',
    documents.map((document) => document.id),
    movements,
  );
}

export function dependants(
  reader: Reader,
  organisation: string,
  parents: readonly string[],
  waiting: Waiting,
): Promise<Dependant[]> {
  return documentDependants(reader, tables, organisation, parents, waiting);
}
