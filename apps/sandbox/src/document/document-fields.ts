// The fields of invoices, credit notes, orders and quotes that `where` and `order` may name, and which Xero has optimised (XERO.md 5).
import type { Organisation } from '../organisation.ts';
import { date, type FieldTable, flag, guid, number, text } from '../query/field.ts';
import type { HighVolume } from '../query/high-volume.ts';
import { dateMs } from '../wire-date.ts';
import { type Document, openAmount } from './document.ts';
import type { Family } from './family.ts';

export function documentFields(organisation: Organisation, family: Family): FieldTable<Document> {
  const day = (text: string): number | null => (text === '' ? null : dateMs(text));
  const contact = (document: Document) => organisation.contacts.get(document.contact);
  return {
    [family.idField]: guid((document) => document.id),
    [family.numberField]: text((document) => document.number),
    Type: text((document) => document.type),
    Status: text((document) => document.status),
    Reference: text((document) => document.reference),
    Date: date((document) => day(document.date)),
    DueDate: date((document) => day(document.dueDate)),
    UpdatedDateUTC: date((document) => document.updatedMs),
    SubTotal: number((document) => document.net / 100),
    TotalTax: number((document) => document.tax / 100),
    Total: number((document) => document.total / 100),
    AmountDue: number((document) => openAmount(document) / 100),
    RemainingCredit: number((document) => openAmount(document) / 100),
    AmountPaid: number((document) => document.paid / 100),
    AmountCredited: number((document) => document.credited / 100),
    CurrencyCode: text((document) => document.currency),
    SentToContact: flag((document) => document.sent),
    'Contact.ContactID': guid((document) => document.contact),
    'Contact.Name': text((document) => contact(document)?.name ?? ''),
    'Contact.ContactNumber': text((document) => contact(document)?.number ?? ''),
  };
}

/** Quotes have no guard. */
export function documentVolume(family: Family): HighVolume | undefined {
  if (family.kind === 'quote') return undefined;
  const where = new Set([...optimisedFields, family.idField, family.numberField]);
  return { where, order: new Set([family.idField, 'UpdatedDateUTC', 'Date']) };
}

const optimisedFields = [
  'Status',
  'Contact.ContactID',
  'Contact.Name',
  'Contact.ContactNumber',
  'Reference',
  'Date',
  'Type',
  'AmountDue',
  'AmountPaid',
  'DueDate',
];
