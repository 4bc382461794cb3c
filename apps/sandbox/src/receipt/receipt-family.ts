// How receipts follow the rules of documents: nothing is posted, because only an expense claim approves them.
import type { Family } from '../document/family.ts';

export const receiptFamily: Family = {
  kind: 'receipt',
  envelope: 'Receipts',
  idField: 'ReceiptID',
  numberField: 'ReceiptNumber',
  typeWord: 'ReceiptType',
  statusWord: 'ReceiptStatus',
  types: ['RECEIPT'],
  salesType: 'RECEIPT',
  numberPrefix: '',
  hasUrl: false,
  posts: false,
  makesContacts: true,
  statuses: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DECLINED', 'VOIDED'],
  creatable: ['DRAFT'],
  steps: { DRAFT: ['DRAFT', 'SUBMITTED', 'VOIDED'], SUBMITTED: ['SUBMITTED', 'DRAFT', 'VOIDED'] },
  complete: ['DRAFT', 'SUBMITTED'],
  texts: [],
  dates: [],
  messages: {
    type: '',
    unique: '',
    notCreatable: 'Receipt not of valid status for creation',
    notModifiable: 'Receipt not of valid status for modification',
    unknownId: 'An existing Receipt with the specified ReceiptID could not be found',
    negative: 'The receipt total must not be negative',
  },
};
