// Invoices and credit notes follow one set of rules; this says where the two differ.
import type { Organisation, OrganisationChange } from '../organisation.ts';
import type { Store } from '../store.ts';
import type { Document, DocumentType } from './document.ts';

export type Family = {
  readonly envelope: 'Invoices' | 'CreditNotes';
  readonly idField: string;
  readonly numberField: string;
  readonly typeWord: string;
  readonly types: readonly DocumentType[];
  /** The type whose numbers are unique and given out automatically. */
  readonly salesType: DocumentType;
  readonly numberPrefix: string;
  readonly hasUrl: boolean;
  readonly store: (organisation: Organisation) => Store<Document>;
  readonly change: (document: Document) => OrganisationChange;
  readonly messages: {
    readonly type: string;
    readonly unique: string;
    readonly notCreatable: string;
    readonly notModifiable: string;
    readonly unknownId: string;
    readonly negative: string;
  };
};

export const invoiceFamily: Family = {
  envelope: 'Invoices',
  idField: 'InvoiceID',
  numberField: 'InvoiceNumber',
  typeWord: 'InvoiceType',
  types: ['ACCREC', 'ACCPAY'],
  salesType: 'ACCREC',
  numberPrefix: 'INV-',
  hasUrl: true,
  store: (organisation) => organisation.invoices,
  change: (record) => ({ kind: 'invoice', record }),
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
  envelope: 'CreditNotes',
  idField: 'CreditNoteID',
  numberField: 'CreditNoteNumber',
  typeWord: 'CreditNoteType',
  types: ['ACCRECCREDIT', 'ACCPAYCREDIT'],
  salesType: 'ACCRECCREDIT',
  numberPrefix: 'CN-',
  hasUrl: false,
  store: (organisation) => organisation.creditNotes,
  change: (record) => ({ kind: 'credit-note', record }),
  messages: {
    type: 'Credit Note Type must be specified',
    unique: 'Credit Note # must be unique.',
    notCreatable: 'Credit Note not of valid status for creation',
    notModifiable: 'Credit Note not of valid status for modification',
    unknownId: 'An existing Credit Note with the specified CreditNoteID could not be found',
    negative: 'The credit note total must not be negative',
  },
};
