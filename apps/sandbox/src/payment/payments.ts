// The resource Payments: list, one, making (PUT many, POST one) and deleting (XERO.md 7.4).
import type { Resource } from '../call/visit.ts';
import { date, type FieldTable, flag, guid, number, text } from '../query/field.ts';
import { usualOptimised } from '../query/high-volume.ts';
import { isSent, select } from '../query/selection.ts';
import { envelope, notFound } from '../reply.ts';
import { dateMs } from '../wire-date.ts';
import type { Payment } from './payment.ts';
import { paymentView } from './payment-view.ts';
import { paymentWriter } from './payment-write.ts';

export const payments: Resource = {
  scopes: ['accounting.transactions', 'accounting.payments'],
  list(visit) {
    const { organisation } = visit;
    const selection = select(visit, {
      resource: 'Payment',
      fields,
      records: organisation.payments.ordered(),
      tests: [],
      highVolume: usualOptimised('PaymentID'),
      isPaged: isSent(visit.query, ['page', 'pageSize']),
    });
    if (selection.kind === 'refused') return selection.reply;
    const views = selection.records.map((payment) => paymentView(organisation, payment));
    return envelope(visit.nowMs, { pagination: selection.page, Payments: views });
  },
  one(visit, id) {
    const payment = visit.organisation.payments.get(id.toLowerCase());
    if (payment === undefined) return notFound();
    return envelope(visit.nowMs, { Payments: [paymentView(visit.organisation, payment)] });
  },
  writer: paymentWriter,
  creates: true,
};

const fields: FieldTable<Payment> = {
  PaymentID: guid((payment) => payment.id),
  PaymentType: text((payment) => payment.type),
  Status: text((payment) => payment.status),
  Reference: text((payment) => payment.reference),
  Date: date((payment) => dateMs(payment.date)),
  Amount: number((payment) => payment.amount / 100),
  IsReconciled: flag((payment) => payment.isReconciled),
  UpdatedDateUTC: date((payment) => payment.updatedMs),
  'Invoice.InvoiceID': guid((payment) => (payment.kind === 'invoice' ? payment.document : '')),
  'CreditNote.CreditNoteID': guid((payment) => (payment.kind === 'credit-note' ? payment.document : '')),
  'Account.AccountID': guid((payment) => payment.account),
};
