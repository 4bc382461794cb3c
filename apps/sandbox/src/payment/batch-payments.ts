// The resource BatchPayments: several payments to or from one account at once, deleted together (XERO.md 4.1, 7.4).
import { randomUUID } from 'node:crypto';
import { change, type Matching, type Resource, type Session, type Written } from '../call/visit.ts';
import { findAccount } from '../chart/account-lookup.ts';
import { readChild, readDate, readGuid, readList, readText, readWord, type Source } from '../fields.ts';
import { money } from '../json.ts';
import { lockFaults } from '../ledger/lock.ts';
import type { Organisation } from '../organisation.ts';
import { date, type FieldTable, guid, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { dateMs, dateString, localDate, wireDate, wireInstant } from '../wire-date.ts';
import type { Batch, Payment } from './payment.ts';
import { documentPart } from './payment-view.ts';
import { makePayment, undoPayment } from './payment-write.ts';

const fields: FieldTable<Batch> = {
  BatchPaymentID: guid((batch) => batch.id),
  Type: text((batch) => batch.type),
  Status: text((batch) => batch.status),
  Reference: text((batch) => batch.reference),
  Date: date((batch) => dateMs(batch.date)),
  UpdatedDateUTC: date((batch) => batch.updatedMs),
};

export const batchPayments: Resource = {
  ...recordResource({
    envelope: 'BatchPayments',
    scopes: ['accounting.transactions', 'accounting.payments'],
    fields,
    store: (organisation) => organisation.batches,
    view: (visit, batch) => batchView(visit.organisation, batch),
    paging: 'never',
  }),
  writer: {
    envelope: 'BatchPayments',
    idField: 'BatchPaymentID',
    errorFlag: undefined,
    write: writeBatchPayment,
  },
  creates: true,
};

/** PUT makes; POST, with the id in the address or the body, deletes. */
function writeBatchPayment(session: Session, source: Source, matching: Matching): Written {
  if (matching.kind === 'create') return makeBatch(session, source);
  const id = matching.kind === 'id' ? matching.id.toLowerCase() : (readGuid(source, 'BatchPaymentID') ?? '');
  const batch = session.organisation.batches.get(id);
  if (batch === undefined) return { kind: 'missing' };
  const wanted = readWord(source, 'Status', ['AUTHORISED', 'DELETED'], 'BatchPaymentStatus');
  if (wanted !== 'DELETED' || batch.status === 'DELETED')
    return { kind: 'refused', id: batch.id, messages: ['A batch payment can only be deleted, and once'] };
  const locked = lockFaults(session, batch.date);
  if (locked.length > 0) return { kind: 'refused', id: batch.id, messages: locked };
  for (const one of paymentsOf(session.organisation, batch)) undoPayment(session, one);
  const gone: Batch = { ...batch, status: 'DELETED', updatedMs: session.nowMs };
  change(session, { kind: 'batch', record: gone });
  return { kind: 'saved', view: () => batchView(session.organisation, gone), warnings: [] };
}

function makeBatch(session: Session, source: Source): Written {
  const id = randomUUID();
  const account = findAccount(session.organisation, readChild(source, 'Account'));
  const day = readDate(source, 'Date') ?? localDate(session.nowMs, session.organisation.record.timeZone);
  const messages: string[] = [];
  if (account?.type !== 'BANK')
    messages.push('You must specify an Account code or Account ID for the payment');
  const lines = readList(source, 'Payments') ?? [];
  if (lines.length === 0) messages.push('A batch payment must have at least one payment');
  const made: Payment[] = [];
  for (const line of messages.length > 0 ? [] : lines) {
    const payment = makePayment(session, line, id, messages, { account, date: day });
    if (payment !== undefined) made.push(payment);
  }
  const [first] = made;
  if (made.some((payment) => payment.type !== first?.type))
    messages.push('The payments of a batch must all be of one kind');
  if (messages.length > 0 || account === undefined)
    return { kind: 'refused', id: '', messages: [...new Set(messages)] };
  const batch: Batch = {
    id,
    type: first?.type === 'ACCRECPAYMENT' ? 'RECBATCH' : 'PAYBATCH',
    account: account.id,
    date: day,
    reference: readText(source, 'Reference') ?? '',
    narrative: readText(source, 'Narrative') ?? '',
    details: readText(source, 'Details') ?? '',
    particulars: readText(source, 'Particulars') ?? '',
    total: made.reduce((sum, payment) => sum + payment.amount, 0),
    payments: made.map((payment) => payment.id),
    status: 'AUTHORISED',
    updatedMs: session.nowMs,
  };
  change(session, { kind: 'batch', record: batch });
  return { kind: 'saved', view: () => batchView(session.organisation, batch), warnings: [] };
}

function paymentsOf(organisation: Organisation, batch: Batch): Payment[] {
  return batch.payments.flatMap((id) => organisation.payments.get(id) ?? []);
}

function batchView(organisation: Organisation, batch: Batch): Readonly<Record<string, unknown>> {
  return {
    BatchPaymentID: batch.id,
    Account: { AccountID: batch.account },
    Reference: batch.reference,
    Narrative: batch.narrative === '' ? undefined : batch.narrative,
    Details: batch.details === '' ? undefined : batch.details,
    Particulars: batch.particulars === '' ? undefined : batch.particulars,
    DateString: dateString(batch.date),
    Date: wireDate(batch.date),
    Payments: paymentsOf(organisation, batch).map((payment) => ({
      PaymentID: payment.id,
      Amount: money(payment.amount),
      BankAmount: money(payment.bankAmount ?? payment.base),
      ...documentPart(organisation, payment.kind, payment.document),
    })),
    Type: batch.type,
    Status: batch.status,
    TotalAmount: money(batch.total),
    UpdatedDateUTC: wireInstant(batch.updatedMs),
    IsReconciled: false,
  };
}
