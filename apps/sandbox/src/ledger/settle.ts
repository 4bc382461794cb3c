// What a payment or an allocation does to the document it stands against.
import { change, type Session } from '../call/visit.ts';
import { type Document, isApproved, openAmount } from '../document/document.ts';
import { documentsOf } from '../organisation-change.ts';
import type { PaidKind } from '../payment/payment.ts';
import { toBase } from './rate.ts';

export type Settlement = {
  readonly paid?: number;
  readonly credited?: number;
  readonly relieved: number;
  /** The day it happens, which is the day the document is fully paid if it now is. */
  readonly date: string;
};

/** What cents of the document relieve it of in the base currency; the last of them take all that is left. */
export function reliefOf(document: Document, amount: number): number {
  return amount === openAmount(document)
    ? toBase(document.total, document.rate) - document.relieved
    : toBase(amount, document.rate);
}

/** Adds to what is paid or credited, or takes back where the cents are negative; PAID follows from it. */
export function settle(
  session: Session,
  kind: PaidKind,
  document: Document,
  settlement: Settlement,
): Document {
  const paid = document.paid + (settlement.paid ?? 0);
  const credited = document.credited + (settlement.credited ?? 0);
  const isPaid = document.total - paid - credited === 0;
  const settled: Document = {
    ...document,
    paid,
    credited,
    relieved: document.relieved + settlement.relieved,
    status: isApproved(document.status) ? (isPaid ? 'PAID' : 'AUTHORISED') : document.status,
    paidOn: isPaid ? settlement.date : '',
    updatedMs: session.nowMs,
  };
  change(session, { kind, record: settled });
  return settled;
}

/** The document a payment or allocation stands against. */
export function settledDocument(session: Session, kind: PaidKind, id: string): Document | undefined {
  return documentsOf(session.organisation, kind).get(id);
}
