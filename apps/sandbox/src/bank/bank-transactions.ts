// The resource BankTransactions: money received and spent, and the overpayments and prepayments it makes (XERO.md 7.4).
import type { Resource, Visit } from '../call/visit.ts';
import type { Document } from '../document/document.ts';
import { date, type FieldTable, guid, number, text } from '../query/field.ts';
import { usualOptimised } from '../query/high-volume.ts';
import { recordResource } from '../query/record-resource.ts';
import { commaList } from '../query/selection.ts';
import { dateMs } from '../wire-date.ts';
import { bankTransactionView } from './bank-view.ts';
import { bankTransactionWriter } from './bank-write.ts';

const fields: FieldTable<Document> = {
  BankTransactionID: guid((one) => one.id),
  Type: text((one) => one.type),
  Status: text((one) => one.status),
  Reference: text((one) => one.reference),
  Date: date((one) => dateMs(one.date)),
  Total: number((one) => one.total / 100),
  UpdatedDateUTC: date((one) => one.updatedMs),
  'BankAccount.AccountID': guid((one) => one.bank ?? ''),
  'Contact.ContactID': guid((one) => one.contact),
};

export const bankTransactions: Resource = {
  ...recordResource({
    envelope: 'BankTransactions',
    scopes: ['accounting.transactions', 'accounting.banktransactions'],
    fields,
    store: (organisation) => organisation.bankTransactions,
    view: (visit, one) => bankTransactionView(visit.organisation, one, visit.places),
    paging: 'asked',
    highVolume: usualOptimised('BankTransactionID'),
    isListed: isReferred,
  }),
  writer: bankTransactionWriter,
  creates: true,
};

/** The parameter `References`, a list with commas. */
export function isReferred(visit: Visit, document: Document): boolean {
  const references = commaList(visit.query, 'References');
  return references === undefined || references.has(document.reference.toLowerCase());
}
