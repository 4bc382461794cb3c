// Making and deleting payments (XERO.md 7.4, 10.2).
import { change, type Matching, type Session, type Writer, type Written } from '../call/visit.ts';
import type { Account } from '../chart/account.ts';
import { findAccount } from '../chart/account-lookup.ts';
import { type Document, openAmount } from '../document/document.ts';
import { toUnits } from '../exact.ts';
import { readChild, readDate, readFlag, readNumber, readText, readWord, type Source } from '../fields.ts';
import { lockFaults } from '../ledger/lock.ts';
import { rateWarnings } from '../ledger/rate.ts';
import { reliefOf, settle, settledDocument } from '../ledger/settle.ts';
import { newId } from '../new-id.ts';
import { localDate } from '../wire-date.ts';
import { exchangedCurrency, exchangeOf } from './exchange.ts';
import type { PaidKind, Payment } from './payment.ts';
import { targetOf } from './payment-target.ts';
import { paymentView } from './payment-view.ts';

export const paymentWriter: Writer = {
  envelope: 'Payments',
  idField: 'PaymentID',
  errorFlag: 'HasValidationErrors',
  // PUT takes many, POST one (XERO.md 4.1).
  elementsMax: { create: Number.POSITIVE_INFINITY, upsert: 1 },
  write: writePayment,
};

function writePayment(session: Session, source: Source, matching: Matching): Written {
  if (matching.kind === 'id') return deletePayment(session, source, matching.id);
  const messages: string[] = [];
  const payment = makePayment(session, source, '', messages);
  if (payment === undefined) return { kind: 'refused', id: '', messages };
  const warnings =
    readNumber(source, 'CurrencyRate') === undefined
      ? []
      : rateWarnings(session.organisation, exchangedCurrency(session.organisation, payment), payment.rate);
  return { kind: 'saved', view: () => paymentView(session.organisation, payment), warnings };
}

/** Saves a payment and what it does to its document; undefined with complaints when it is refused. */
export function makePayment(
  session: Session,
  source: Source,
  batch: string,
  messages: string[],
  shared?: { readonly account: Account | undefined; readonly date: string | undefined },
): Payment | undefined {
  const target = targetOf(session, source);
  const amount = centsOf(source, 'Amount');
  const account = shared?.account ?? accountOf(session, source, messages);
  const { timeZone } = session.organisation.record;
  const date = shared?.date ?? readDate(source, 'Date') ?? localDate(session.nowMs, timeZone);
  messages.push(...lockFaults(session, date));
  if (target === undefined) messages.push('The document to be paid could not be found');
  else if (target.document.status !== 'AUTHORISED')
    messages.push('Payments can only be made against Authorised documents');
  else if (amount > openAmount(target.document))
    messages.push('Payment amount exceeds the amount outstanding on this document');
  if (amount <= 0) messages.push('The payment amount must be greater than 0.');
  if (account !== undefined && account.type !== 'BANK' && !account.payments)
    messages.push('Account type is invalid for making a payment to/from');
  if (messages.length > 0 || target === undefined || account === undefined) return undefined;
  const { kind, document } = target;
  const exchange = exchangeOf(session, source, document, account, amount);
  if (exchange === undefined) {
    messages.push("The account must be in the currency of the document or the organisation's own");
    return undefined;
  }
  const relieved = reliefOf(document, amount);
  const payment: Payment = {
    id: newId(),
    kind,
    document: document.id,
    type: typeOf(kind, document),
    account: account.id,
    date,
    amount,
    ...exchange,
    relieved,
    reference: readText(source, 'Reference') ?? '',
    isReconciled: readFlag(source, 'IsReconciled') ?? false,
    status: 'AUTHORISED',
    batch,
    updatedMs: session.nowMs,
  };
  settle(session, kind, document, { paid: amount, relieved, date });
  change(session, { kind: 'payment', record: payment });
  return payment;
}

/** The only change a payment knows: `{"Status":"DELETED"}`. */
function deletePayment(session: Session, source: Source, id: string): Written {
  const payment = session.organisation.payments.get(id.toLowerCase());
  if (payment === undefined) return { kind: 'missing' };
  const refuse = (message: string): Written => ({ kind: 'refused', id: payment.id, messages: [message] });
  if (readWord(source, 'Status', ['AUTHORISED', 'DELETED'], 'PaymentStatus') !== 'DELETED')
    return refuse('Payments cannot be changed; only their Status can become DELETED');
  if (payment.status === 'DELETED') return refuse('The payment has been deleted already');
  if (payment.batch !== '') return refuse('The payment is part of a batch payment and is deleted with it');
  const locked = lockFaults(session, payment.date);
  if (locked.length > 0) return { kind: 'refused', id: payment.id, messages: locked };
  const gone = undoPayment(session, payment);
  return { kind: 'saved', view: () => paymentView(session.organisation, gone), warnings: [] };
}

export function undoPayment(session: Session, payment: Payment): Payment {
  const gone: Payment = { ...payment, status: 'DELETED', updatedMs: session.nowMs };
  const document = settledDocument(session, payment.kind, payment.document);
  if (document !== undefined) {
    const { amount, relieved, date } = payment;
    settle(session, payment.kind, document, { paid: -amount, relieved: -relieved, date });
  }
  change(session, { kind: 'payment', record: gone });
  return gone;
}

function accountOf(session: Session, source: Source, messages: string[]): Account | undefined {
  const account = findAccount(session.organisation, readChild(source, 'Account'));
  if (account === undefined || account.status !== 'ACTIVE') {
    messages.push('You must specify an Account code or Account ID for the payment');
    return undefined;
  }
  return account;
}

function centsOf(source: Source, name: string): number {
  const sent = readNumber(source, name);
  return sent === undefined ? 0 : (toUnits(sent, 2) ?? 0);
}

function typeOf(kind: PaidKind, document: Document): string {
  if (kind === 'invoice') return `${document.type}PAYMENT`;
  if (kind === 'credit-note') return document.type === 'ACCRECCREDIT' ? 'ARCREDITPAYMENT' : 'APCREDITPAYMENT';
  const side = document.type.startsWith('RECEIVE') ? 'AR' : 'AP';
  return `${side}${kind.toUpperCase()}PAYMENT`;
}
