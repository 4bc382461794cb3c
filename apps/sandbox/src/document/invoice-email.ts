// POST /Invoices/{id}/Email: sends an invoice to its contact, so many a day (XERO.md 2).
import { change, openSession, type Part } from '../call/visit.ts';
import { emailsMax, takeQuota } from '../organisation-quota.ts';
import { notFound, plainText, validationException } from '../reply.ts';
import { localDate } from '../wire-date.ts';
import { isApproved } from './document.ts';

/** Nothing is sent: the invoice is marked as sent, and counted. Xero's words for a refusal are not known. */
export const emailPart: Part = (visit, method, id) => {
  const { organisation, nowMs } = visit;
  const invoice = organisation.invoices.get(id.toLowerCase());
  if (invoice === undefined) return { reply: notFound(), changes: [] };
  if (method !== 'POST')
    return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
  const refuse = (Message: string) => {
    const element = { InvoiceID: invoice.id, ValidationErrors: [{ Message }], Warnings: [] };
    return { reply: validationException([element]), changes: [] };
  };
  if (invoice.type !== 'ACCREC' || !(isApproved(invoice.status) || invoice.status === 'SUBMITTED'))
    return refuse('Only sales invoices that are submitted, authorised or paid can be emailed.');
  const session = openSession(visit);
  const day = localDate(nowMs, organisation.record.timeZone);
  const most = emailsMax(organisation.record);
  if (!takeQuota(session, 'email', day, most))
    return refuse(`No more than ${most} emails can be sent in a day.`);
  if (!invoice.sent)
    change(session, { kind: 'invoice', record: { ...invoice, sent: true, updatedMs: nowMs } });
  return { reply: { status: 204, body: '', contentType: 'text/plain' }, changes: session.changes };
};
