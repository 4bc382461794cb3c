// How bank transactions follow the rules of documents, and which of them make a credit.
import type { DocumentType } from '../document/document.ts';
import type { Family } from '../document/family.ts';

export const bankFamily: Family = {
  kind: 'bank-transaction',
  envelope: 'BankTransactions',
  idField: 'BankTransactionID',
  numberField: 'BankTransactionNumber',
  typeWord: 'BankTransactionType',
  statusWord: 'BankTransactionStatus',
  types: [
    'RECEIVE',
    'SPEND',
    'RECEIVE-OVERPAYMENT',
    'SPEND-OVERPAYMENT',
    'RECEIVE-PREPAYMENT',
    'SPEND-PREPAYMENT',
  ],
  // None is numbered by us.
  salesType: 'QUOTE',
  numberPrefix: '',
  hasUrl: true,
  posts: true,
  makesContacts: true,
  statuses: ['AUTHORISED', 'DELETED'],
  creatable: ['AUTHORISED'],
  steps: { AUTHORISED: ['AUTHORISED', 'DELETED'] },
  complete: ['AUTHORISED'],
  texts: [],
  dates: [],
  messages: {
    type: 'Bank transaction Type must be specified',
    unique: '',
    notCreatable: 'Bank transaction not of valid status for creation',
    notModifiable: 'Bank transaction not of valid status for modification',
    unknownId: 'An existing Bank Transaction with the specified BankTransactionID could not be found',
    negative: 'The bank transaction total must be greater than 0.',
  },
};

/** Overpayments and prepayments are owed back until they are allocated or refunded. */
export function creditKindOf(type: DocumentType): 'overpayment' | 'prepayment' | undefined {
  if (type.endsWith('-OVERPAYMENT')) return 'overpayment';
  return type.endsWith('-PREPAYMENT') ? 'prepayment' : undefined;
}
