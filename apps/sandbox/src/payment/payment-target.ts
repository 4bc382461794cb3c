// The document a payment is against, as a client names it.
import type { Session } from '../call/visit.ts';
import { type Document, hasOwnNumber } from '../document/document.ts';
import { readChild, readGuid, readText, type Source } from '../fields.ts';
import { documentsOf } from '../organisation-change.ts';
import type { PaidKind } from './payment.ts';

export type Target = { readonly kind: PaidKind; readonly document: Document };

const targets = [
  ['invoice', 'Invoice', 'InvoiceID', 'InvoiceNumber'],
  ['credit-note', 'CreditNote', 'CreditNoteID', 'CreditNoteNumber'],
  ['prepayment', 'Prepayment', 'PrepaymentID', ''],
  ['overpayment', 'Overpayment', 'OverpaymentID', ''],
] as const;

/** What is paid is named by its id, or by its number within it or beside it. */
export function targetOf(session: Session, source: Source): Target | undefined {
  for (const [kind, member, idField, numberField] of targets) {
    const child = readChild(source, member);
    const id = child === undefined ? undefined : readGuid(child, idField);
    const number =
      numberField === ''
        ? undefined
        : ((child === undefined ? undefined : readText(child, numberField)) ?? readText(source, numberField));
    const store = documentsOf(session.organisation, kind);
    const byNumber = number === undefined ? undefined : number.toLowerCase();
    const document =
      id !== undefined
        ? store.get(id)
        : byNumber === undefined
          ? undefined
          : (store.find('number', byNumber, hasOwnNumber) ?? store.find('number', byNumber));
    if (document !== undefined) return { kind, document };
  }
  return undefined;
}
