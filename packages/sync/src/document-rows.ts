// What invoices and credit notes share in the database: writing and reading documents with their lines, hundreds at once.
import type { ModelTx } from '@stockbook/db';
import type { Document, DocumentLine } from './document.ts';
import type { Dependant, Reader, Waiting } from './entity.ts';
import { idsOf, inOrder, readRows, writeRows } from './rows.ts';
import { settleLines } from './settled.ts';

/** The tables of a kind of document; names come from the entity folders, never from input. */
export interface DocumentTables {
  document: 'invoice' | 'credit_note';
  line: 'invoice_line' | 'credit_note_line';
  due: boolean;
}

interface DueDocument extends Document {
  dueDate?: string;
}

/** Inserts or replaces documents and all their lines; natures and treatments they bring that are new here are settled. */
export async function writeDocuments(
  tx: ModelTx,
  tables: DocumentTables,
  documents: readonly DueDocument[],
): Promise<void> {
  const due = tables.due
    ? { column: 'due_date, ', value: 'x."dueDate", ', set: 'due_date = excluded.due_date, ' }
    : { column: '', value: '', set: '' };
  await writeRows(
    tx,
    `INSERT INTO ${tables.document} (organisation_id, id, number, contact_id, date, ${due.column}currency, reference, status,
            sub_total, total_tax, total, source_hash)
     SELECT $1::uuid, x.id, x.number, x."contactId", x.date, ${due.value}x.currency, x.reference, x.status, x."subTotal", x."totalTax",
            x.total, x."sourceHash"
       FROM json_to_recordset($2::json) AS x(id uuid, number text, "contactId" uuid, date date, "dueDate" date, currency text,
            reference text, status text, "subTotal" numeric, "totalTax" numeric, total numeric, "sourceHash" text)
     ON CONFLICT (organisation_id, id) DO UPDATE SET number = excluded.number, contact_id = excluded.contact_id,
       date = excluded.date, ${due.set}currency = excluded.currency, reference = excluded.reference, status = excluded.status,
       sub_total = excluded.sub_total, total_tax = excluded.total_tax, total = excluded.total,
       source_hash = excluded.source_hash, updated_at = (SELECT stockbook_now())`,
    documents.map(({ lines: _lines, ...document }) => document),
  );
  await writeRows(
    tx,
    `DELETE FROM ${tables.line} WHERE organisation_id = $1::uuid AND document_id = ANY(${idsOf('$2')})`,
    documents.map((document) => document.id),
  );
  await writeRows(
    tx,
    `INSERT INTO ${tables.line} (organisation_id, document_id, position, item_id, description, quantity, unit_price, nature,
            treatment, tax_rate, net, tax)
     SELECT $1::uuid, x.document, x.position, x."itemId", x.description, x.quantity, x."unitPrice", x.nature, x.treatment,
            x."taxRate", x.net, x.tax
       FROM json_to_recordset($2::json) AS x(document uuid, position int, "itemId" uuid, description text, quantity numeric,
            "unitPrice" numeric, nature text, treatment text, "taxRate" numeric, net numeric, tax numeric)`,
    documents.flatMap((document) =>
      document.lines.map((line, index) => ({ ...line, document: document.id, position: index + 1 })),
    ),
  );
  await settleLines(
    tx,
    documents.flatMap((document) => document.lines),
  );
}

type DocumentRow = Omit<DueDocument, 'lines'>;
type LineRow = DocumentLine & { document: string };

/** Reads documents with their lines in order, in the order of `ids`. */
export async function readDocuments(
  reader: Reader,
  tables: DocumentTables,
  organisation: string,
  ids: readonly string[],
): Promise<DueDocument[]> {
  const documents = await readRows<DocumentRow>(
    reader,
    `SELECT id, number, contact_id AS "contactId", date::text, ${tables.due ? 'due_date::text AS "dueDate", ' : ''}currency,
            reference, status, sub_total::text AS "subTotal", total_tax::text AS "totalTax", total::text,
            source_hash AS "sourceHash"
       FROM ${tables.document} WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')})`,
    organisation,
    ids,
  );
  const lines = await readRows<LineRow>(
    reader,
    `SELECT document_id AS document, item_id AS "itemId", description, trim_scale(quantity)::text AS quantity,
            trim_scale(unit_price)::text AS "unitPrice", nature, treatment, trim_scale(tax_rate)::text AS "taxRate",
            net::text, tax::text
       FROM ${tables.line} WHERE organisation_id = $1::uuid AND document_id = ANY(${idsOf('$2')}) ORDER BY document_id, position`,
    organisation,
    ids,
  );
  const byDocument = new Map<string, DocumentLine[]>();
  for (const { document, ...line } of lines) {
    const known = byDocument.get(document);
    if (known === undefined) byDocument.set(document, [line]);
    else known.push(line);
  }
  return inOrder(documents, ids).map((document) => ({
    ...document,
    lines: byDocument.get(document.id) ?? [],
  }));
}

const waitingChange: { [of in Waiting]: string } = {
  pending: `c.state = 'pending'`,
  'held for a parent': `c.state = 'pending' AND c.held = 'parent'`,
};

/** The documents whose contact or items are among `parents`, once for each of these; those that are done with are not among them. */
export function documentDependants(
  reader: Reader,
  tables: DocumentTables,
  organisation: string,
  parents: readonly string[],
  waiting: Waiting,
): Promise<Dependant[]> {
  const waits = (id: string) =>
    `JOIN change c ON c.organisation_id = d.organisation_id AND c.record_id = ${id} AND ${waitingChange[waiting]}`;
  return readRows<Dependant>(
    reader,
    `SELECT d.id, d.contact_id AS parent FROM ${tables.document} d ${waits('d.id')}
      WHERE d.organisation_id = $1::uuid AND d.contact_id = ANY(${idsOf('$2')})
     UNION SELECT d.document_id, d.item_id FROM ${tables.line} d ${waits('d.document_id')}
      WHERE d.organisation_id = $1::uuid AND d.item_id = ANY(${idsOf('$2')})`,
    organisation,
    parents,
  );
}
