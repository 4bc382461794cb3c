// What answers hold and the models of xero-node 20.0.0 have no place for, so that only the raw answer has it.

type Dropped = { readonly fields: RegExp; readonly source: string };

const shown = "the specification's examples of answers show it, its schemas and the models do not have it";

export const droppedByModels: readonly Dropped[] = [
  { fields: /^\w+: (Id|Status|ProviderName|DateTimeUTC)$/, source: 'the envelope (XERO.md 5)' },
  { fields: /\bDate(UTC)?String$/, source: 'texts of dates, to be read from the raw answer (XERO.md 11.3)' },
  { fields: /\b(Due|Delivery)DateString$/, source: 'texts of dates (XERO.md 11.3)' },
  { fields: /\b(CreditNotes|Overpayments|Prepayments)\[\]\.ID$/, source: shown },
  { fields: /\bLineItems\[\]\.ValidationErrors$/, source: shown },
  { fields: /\bOptions\[\]\.(HasValidationErrors|IsActive|IsArchived|IsDeleted)$/, source: shown },
  { fields: /\bContactGroups\[\]\.HasValidationErrors$/, source: shown },
  { fields: /\bPurchaseOrders\[\]\.(HasErrors|IsDiscounted)$/, source: shown },
];
