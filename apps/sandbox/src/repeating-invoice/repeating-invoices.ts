// The resource RepeatingInvoices: templates of invoices and bills (XERO.md 1.3, 8).
import type { Resource } from '../call/visit.ts';
import type { Document } from '../document/document.ts';
import { type FieldTable, guid, number, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { repeatingView, writeRepeating } from './repeating-write.ts';

const fields: FieldTable<Document> = {
  RepeatingInvoiceID: guid((one) => one.id),
  Type: text((one) => one.type),
  Status: text((one) => one.status),
  Reference: text((one) => one.reference),
  Total: number((one) => one.total / 100),
  'Contact.ContactID': guid((one) => one.contact),
};

export const repeatingInvoices: Resource = {
  ...recordResource({
    envelope: 'RepeatingInvoices',
    scopes: ['accounting.transactions', 'accounting.invoices'],
    fields,
    store: (organisation) => organisation.repeatingInvoices,
    view: (visit, one) => repeatingView(visit.organisation, one),
    paging: 'never',
  }),
  writer: {
    envelope: 'RepeatingInvoices',
    idField: 'RepeatingInvoiceID',
    errorFlag: undefined,
    write: writeRepeating,
  },
  creates: true,
};
