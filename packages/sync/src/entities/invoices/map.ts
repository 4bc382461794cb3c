// Invoice as Xero takes it: every line with its account and tax type, amounts of tax left to Xero (ACCOUNTING.md P7).
import type { Element, Wire } from '@stockbook/xero';
import { checkDocument, wireLines } from '../../document.ts';
import type { Ids, Mapped } from '../../entity.ts';
import type { Invoice } from './model.ts';

export function toXero(document: Invoice, ids: Ids): Mapped {
  const lines = wireLines(document, ids);
  if (lines.kind === 'held') return lines;
  return {
    kind: 'ready',
    wire: {
      Type: 'ACCREC',
      InvoiceNumber: document.number,
      Contact: { ContactID: ids.xeroId(document.contactId) ?? '' },
      Date: document.date,
      DueDate: document.dueDate,
      CurrencyCode: document.currency,
      LineAmountTypes: 'Exclusive',
      Status: 'AUTHORISED',
      ...(document.reference === null ? {} : { Reference: document.reference }),
      LineItems: lines.lines,
    },
  };
}

export function check(document: Invoice, element: Element, wire: Wire | undefined): string | undefined {
  return checkDocument(document, element, wire);
}
