// A sales invoice in our canonical shape.
import type { Detail, Listed } from '@stockbook/core';
import { type Document, documentListed } from '../../document.ts';

export interface Invoice extends Document {
  /** 'YYYY-MM-DD' */
  dueDate: string;
}

export function invoiceListed(document: Invoice): Listed {
  return documentListed(document, `Invoice ${document.number}`);
}

export function invoiceDetails(document: Invoice): Detail[] {
  return [
    { label: 'Number', text: document.number },
    { label: 'Contact', text: '', recordId: document.contactId },
    { label: 'Date', text: document.date },
    { label: 'Due', text: document.dueDate },
    { label: 'Reference', text: document.reference ?? '' },
    { label: 'Currency', text: document.currency },
    { label: 'Net', text: document.subTotal },
    { label: 'Tax', text: document.totalTax },
    { label: 'Total', text: document.total },
  ];
}
