// How repeating invoices follow the rules of documents: templates without a number that post nothing.
import type { Family } from '../document/family.ts';

export const repeatingFamily: Family = {
  kind: 'repeating-invoice',
  envelope: 'RepeatingInvoices',
  idField: 'RepeatingInvoiceID',
  numberField: 'RepeatingInvoiceNumber',
  typeWord: 'InvoiceType',
  statusWord: 'InvoiceStatus',
  types: ['ACCREC', 'ACCPAY'],
  // None is numbered by us.
  salesType: 'QUOTE',
  numberPrefix: '',
  hasUrl: false,
  posts: false,
  makesContacts: true,
  statuses: ['DRAFT', 'AUTHORISED', 'DELETED'],
  creatable: ['DRAFT', 'AUTHORISED'],
  steps: { DRAFT: ['DRAFT', 'AUTHORISED', 'DELETED'], AUTHORISED: ['AUTHORISED', 'DELETED'] },
  complete: ['DRAFT', 'AUTHORISED'],
  texts: [],
  dates: [],
  messages: {
    type: 'Invoice Type must be specified',
    unique: '',
    notCreatable: 'Repeating invoice not of valid status for creation',
    notModifiable: 'Repeating invoice not of valid status for modification',
    unknownId: 'An existing Repeating Invoice with the specified RepeatingInvoiceID could not be found',
    negative: 'The repeating invoice total must not be negative',
  },
};
