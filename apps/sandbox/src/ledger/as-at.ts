// What stood against a document at the end of a day: later payments and allocations do not count yet.
import type { Document } from '../document/document.ts';
import type { Organisation } from '../organisation.ts';
import { toBase } from './rate.ts';

/** Something that settles part of a document: cents of the document, and of the base currency. */
export type Settled = {
  readonly kind: 'paid' | 'credited';
  readonly date: string;
  readonly amount: number;
  readonly relieved: number;
  readonly updatedMs: number;
};

/** Payments and allocations that stand against a document, by day and then in the order they were made. */
export function settlementsOf(organisation: Organisation, document: Document): Settled[] {
  const found: Settled[] = [];
  for (const { status, date, amount, relieved, updatedMs } of organisation.payments.findAll(
    'document',
    document.id,
  )) {
    if (status === 'AUTHORISED') found.push({ kind: 'paid', date, amount, relieved, updatedMs });
  }
  const isInvoice = document.type === 'ACCREC' || document.type === 'ACCPAY';
  for (const one of organisation.allocations.findAll(isInvoice ? 'invoice' : 'document', document.id)) {
    const { date, amount, updatedMs } = one;
    const relieved = isInvoice ? one.invoiceRelieved : one.creditRelieved;
    if (!one.isDeleted) found.push({ kind: 'credited', date, amount, relieved, updatedMs });
  }
  return found.sort((a, b) => (a.date === b.date ? a.updatedMs - b.updatedMs : a.date < b.date ? -1 : 1));
}

/** Cents of the base currency, `open` in the document's own currency beside them. */
export type Standing = {
  readonly total: number;
  readonly paid: number;
  readonly credited: number;
  readonly due: number;
  readonly open: number;
};

export function standingAt(organisation: Organisation, document: Document, date: string): Standing {
  const sums = { paid: 0, credited: 0 };
  let open = document.total;
  for (const one of settlementsOf(organisation, document)) {
    if (one.date > date) break;
    sums[one.kind] += one.relieved;
    open -= one.amount;
  }
  const total = toBase(document.total, document.rate);
  return { total, ...sums, due: total - sums.paid - sums.credited, open };
}
