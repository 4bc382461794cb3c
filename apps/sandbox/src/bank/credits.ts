// The resources Overpayments and Prepayments: read and allocated here, made by bank transactions (XERO.md 7.4).
import { allocationsPart } from '../allocation/allocations.ts';
import type { Resource } from '../call/visit.ts';
import { type Document, openAmount } from '../document/document.ts';
import { date, type FieldTable, guid, number, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { dateMs } from '../wire-date.ts';
import { isReferred } from './bank-transactions.ts';
import { creditView } from './bank-view.ts';

export const overpayments = credits('Overpayments', 'OverpaymentID', 'overpayment');
export const prepayments = credits('Prepayments', 'PrepaymentID', 'prepayment');

function credits(
  name: 'Overpayments' | 'Prepayments',
  idField: 'OverpaymentID' | 'PrepaymentID',
  kind: 'overpayment' | 'prepayment',
): Resource {
  const fields: FieldTable<Document> = {
    [idField]: guid((one) => one.id),
    Type: text((one) => one.type),
    Status: text((one) => one.status),
    Reference: text((one) => one.reference),
    Date: date((one) => dateMs(one.date)),
    Total: number((one) => one.total / 100),
    RemainingCredit: number((one) => openAmount(one) / 100),
    UpdatedDateUTC: date((one) => one.updatedMs),
    'Contact.ContactID': guid((one) => one.contact),
  };
  return {
    ...recordResource({
      envelope: name,
      scopes: ['accounting.transactions', 'accounting.payments'],
      fields,
      store: (organisation) =>
        kind === 'overpayment' ? organisation.overpayments : organisation.prepayments,
      view: (visit, one) => creditView(visit.organisation, idField, one, visit.places),
      paging: 'asked',
      isListed: isReferred,
    }),
    parts: new Map([['allocations', allocationsPart(kind)]]),
  };
}
