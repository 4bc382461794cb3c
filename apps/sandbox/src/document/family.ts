// Invoices and credit notes follow one set of rules, which orders and quotes share; this says where they differ.
import type { Organisation } from '../organisation.ts';
import { type DocumentKind, documentsOf } from '../organisation-change.ts';
import type { Store } from '../store.ts';
import type { Document, DocumentStatus, DocumentType } from './document.ts';

export type Steps = Readonly<Partial<Record<DocumentStatus, readonly DocumentStatus[]>>>;

export type Family = {
  readonly kind: DocumentKind;
  readonly envelope:
    | 'Invoices'
    | 'CreditNotes'
    | 'PurchaseOrders'
    | 'Quotes'
    | 'BankTransactions'
    | 'Receipts'
    | 'RepeatingInvoices';
  readonly idField: string;
  readonly numberField: string;
  /** Xero's names for the lists of types and of statuses. */
  readonly typeWord: string;
  readonly statusWord: string;
  readonly types: readonly DocumentType[];
  /** The type whose numbers are unique and given out automatically. */
  readonly salesType: DocumentType;
  readonly numberPrefix: string;
  readonly hasUrl: boolean;
  /** Whether approving one is an entry in the books, so that lock dates bind it and stock moves by it. */
  readonly posts: boolean;
  /** Whether a contact of a new name is made along with it. */
  readonly makesContacts: boolean;
  readonly statuses: readonly DocumentStatus[];
  readonly creatable: readonly DocumentStatus[];
  readonly steps: Steps;
  /** States in which a document must be complete. */
  readonly complete: readonly DocumentStatus[];
  /** Plain text and date members of its own, by Xero's names. */
  readonly texts: readonly string[];
  readonly dates: readonly string[];
  readonly messages: {
    readonly type: string;
    readonly unique: string;
    readonly notCreatable: string;
    readonly notModifiable: string;
    readonly unknownId: string;
    readonly negative: string;
  };
};

export function storeOf(organisation: Organisation, family: Family): Store<Document> {
  return documentsOf(organisation, family.kind);
}

const bookedSteps: Steps = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID', 'AUTHORISED'],
};

const booked = {
  posts: true,
  makesContacts: true,
  statuses: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'],
  creatable: ['DRAFT', 'SUBMITTED', 'AUTHORISED'],
  steps: bookedSteps,
  complete: ['SUBMITTED', 'AUTHORISED', 'PAID'],
  texts: [],
  dates: [],
} as const;

export const invoiceFamily: Family = {
  ...booked,
  kind: 'invoice',
  envelope: 'Invoices',
  idField: 'InvoiceID',
  numberField: 'InvoiceNumber',
  typeWord: 'InvoiceType',
  statusWord: 'InvoiceStatus',
  types: ['ACCREC', 'ACCPAY'],
  salesType: 'ACCREC',
  numberPrefix: 'INV-',
  hasUrl: true,
  messages: {
    type: 'Invoice Type must be specified',
    unique: 'Invoice # must be unique.',
    notCreatable: 'Invoice not of valid status for creation',
    notModifiable: 'Invoice not of valid status for modification',
    unknownId: 'An existing Invoice with the specified InvoiceID could not be found',
    negative: 'The invoice total must not be negative',
  },
};

export const creditNoteFamily: Family = {
  ...booked,
  kind: 'credit-note',
  envelope: 'CreditNotes',
  idField: 'CreditNoteID',
  numberField: 'CreditNoteNumber',
  typeWord: 'CreditNoteType',
  statusWord: 'CreditNoteStatus',
  types: ['ACCRECCREDIT', 'ACCPAYCREDIT'],
  salesType: 'ACCRECCREDIT',
  numberPrefix: 'CN-',
  hasUrl: false,
  messages: {
    type: 'Credit Note Type must be specified',
    unique: 'Credit Note # must be unique.',
    notCreatable: 'Credit Note not of valid status for creation',
    notModifiable: 'Credit Note not of valid status for modification',
    unknownId: 'An existing Credit Note with the specified CreditNoteID could not be found',
    negative: 'The credit note total must not be negative',
  },
};
