// A credit note to a customer in our canonical shape; quantities are positive.
import type { Detail, Listed } from '@stockbook/core';
import { type Document, documentListed } from '../../document.ts';

export type CreditNote = Document;

export function creditNoteListed(document: CreditNote): Listed {
  return documentListed(document, `Credit note ${document.number}`);
}

export function creditNoteDetails(document: CreditNote): Detail[] {
  return [
    { label: 'Number', text: document.number },
    { label: 'Contact', text: '', recordId: document.contactId },
    { label: 'Date', text: document.date },

    { label: 'Reference', text: document.reference ?? '' },
    { label: 'Currency', text: document.currency },
    { label: 'Net', text: document.subTotal },
    { label: 'Tax', text: document.totalTax },
    { label: 'Total', text: document.total },
  ];
}
