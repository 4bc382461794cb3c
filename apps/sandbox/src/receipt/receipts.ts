// The resource Receipts: what a person has spent, before an expense claim approves it (XERO.md 8).
import type { Resource } from '../call/visit.ts';
import type { Document } from '../document/document.ts';
import { date, type FieldTable, guid, number, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { dateMs } from '../wire-date.ts';
import { receiptView, writeReceipt } from './receipt-write.ts';

const fields: FieldTable<Document> = {
  ReceiptID: guid((one) => one.id),
  ReceiptNumber: text((one) => one.number),
  Status: text((one) => one.status),
  Reference: text((one) => one.reference),
  Date: date((one) => dateMs(one.date)),
  Total: number((one) => one.total / 100),
  UpdatedDateUTC: date((one) => one.updatedMs),
  'Contact.ContactID': guid((one) => one.contact),
};

export const receipts: Resource = {
  ...recordResource({
    envelope: 'Receipts',
    scopes: ['accounting.transactions', 'accounting.invoices'],
    fields,
    store: (organisation) => organisation.receipts,
    view: (visit, one) => receiptView(visit.organisation, one, visit.places),
    paging: 'never',
  }),
  writer: { envelope: 'Receipts', idField: 'ReceiptID', errorFlag: undefined, write: writeReceipt },
  creates: true,
};
