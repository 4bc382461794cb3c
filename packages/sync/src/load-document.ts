// Writes the documents of a batch: their contacts and items first, then the documents, in the order of the file.
import { lineAmounts, sumTotals } from '@stockbook/core';
import type { Adjustment, Sale } from '@stockbook/csv';
import { createId, type ModelTx } from '@stockbook/db';
import { creditNotes, invoices, stockAdjustments } from './entities/index.ts';
import { placeContacts } from './load-contact.ts';
import { type PlacedItem, placeItems } from './load-item.ts';
import { record } from './outbox.ts';

/** A document that is to be made, with the hash of the rows it comes from. */
export interface NewDocument {
  parsed: Sale | Adjustment;
  hash: string;
}

export async function writeNewDocuments(tx: ModelTx, documents: readonly NewDocument[]): Promise<void> {
  const parties = documents.flatMap(({ parsed }) =>
    parsed.kind === 'stock-adjustment' ? [] : [parsed.party],
  );
  const contactIds = await placeContacts(tx, parties);
  const placed = await placeItems(
    tx,
    documents.flatMap(({ parsed }) => parsed.lines.map((line) => line.item)),
  );
  const made = documents.map((document) => makeDocument(document, contactIds, placed));
  await invoices.apply(
    tx,
    made.flatMap((document) => (document.kind === 'invoice' ? [document.record] : [])),
  );
  await creditNotes.apply(
    tx,
    made.flatMap((document) => (document.kind === 'credit-note' ? [document.record] : [])),
  );
  await stockAdjustments.apply(
    tx,
    made.flatMap((document) => (document.kind === 'stock-adjustment' ? [document.record] : [])),
  );
  for (const {
    kind,
    record: { id },
  } of made) {
    if (kind === 'invoice') record(tx, { entity: invoices.name, id });
    if (kind === 'credit-note') record(tx, { entity: creditNotes.name, id });
  }
}

function makeDocument(
  { parsed, hash }: NewDocument,
  contactIds: Map<string, string>,
  placed: Map<string, PlacedItem>,
) {
  const id = createId();
  if (parsed.kind === 'stock-adjustment') {
    const { kind, number, date, reason } = parsed;
    const lines = parsed.lines.map(({ item, quantity }) => ({
      itemId: placeOf(placed, item.code).id,
      quantity,
    }));
    return { kind, record: { id, number, date, reason, sourceHash: hash, lines } };
  }
  const { number, date, dueDate, currency } = parsed;
  const contactId = contactIds.get(parsed.party.number);
  if (contactId === undefined) throw new Error(`The contact ${parsed.party.number} was not placed.`);
  const lines = parsed.lines.map((line) => makeLine(line, placeOf(placed, line.item.code)));
  const status = 'authorised' as const;
  const document = {
    ...{ id, number, contactId, date, currency, reference: null, status, sourceHash: hash, lines },
    ...sumTotals(lines),
  };
  return parsed.kind === 'invoice'
    ? { kind: parsed.kind, record: { ...document, dueDate } }
    : { kind: parsed.kind, record: document };
}

/** The row's own words, or the item's name where it has none. */
function makeLine(line: Sale['lines'][number], item: PlacedItem) {
  const { quantity, unitPrice, nature, treatment, taxRate } = line;
  const description = line.description === '' ? item.name : line.description;
  return {
    itemId: item.id,
    description,
    quantity,
    unitPrice,
    nature,
    treatment,
    taxRate,
    ...lineAmounts(line),
  };
}

function placeOf(placed: Map<string, PlacedItem>, code: string): PlacedItem {
  const item = placed.get(code);
  if (item === undefined) throw new Error(`The item ${code} was not placed.`);
  return item;
}
