// Sales invoices in the database; what they sell lowers the level, below zero too.
import { negate } from '@stockbook/core';
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
import { type Invoice, invoiceListed } from './model.ts';

const tables: DocumentTables = { document: 'invoice', line: 'invoice_line', due: true };

export async function load(reader: Reader, organisation: string, ids: readonly string[]): Promise<Invoice[]> {
  const documents = await readDocuments(reader, tables, organisation, ids);
  return documents.map((document) => ({ ...document, dueDate: document.dueDate ?? document.date }));
}

export async function apply(tx: ModelTx, documents: readonly Invoice[]): Promise<void> {
  await writeDocuments(tx, tables, documents);
  await writeRecords(tx, 'invoices', documents.map(invoiceListed));
  const goods = await goodsAmong(
    tx,
    documents.flatMap((document) => document.lines.flatMap((line) => line.itemId ?? [])),
  );
  const movements = documents.flatMap((document) =>
    document.lines.flatMap((line) =>
      line.itemId !== null && goods.has(line.itemId)
        ? [
            {
              recordId: document.id,
              itemId: line.itemId,
              quantity: negate(line.quantity),
              date: document.date,
            },
          ]
        : [],
    ),
  );
  await moveStock(
    tx,
    'invoices',
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
