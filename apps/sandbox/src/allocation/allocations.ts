// `/CreditNotes/{id}/Allocations` and its like for overpayments and prepayments (XERO.md 7.3).
import { writeBatch } from '../call/batch.ts';
import { change, openSession, type Part, type Session, type Written } from '../call/visit.ts';
import { type Document, hasOwnNumber, isSales, openAmount } from '../document/document.ts';
import { toUnits } from '../exact.ts';
import { readChild, readGuid, readNumber, readText, type Source } from '../fields.ts';
import { lockFaults } from '../ledger/lock.ts';
import { reliefOf, settle, settledDocument } from '../ledger/settle.ts';
import { newId } from '../new-id.ts';
import type { Organisation } from '../organisation.ts';
import { documentsOf } from '../organisation-change.ts';
import type { Allocation, PaidKind } from '../payment/payment.ts';
import { bare, notFound, plainText, validationException } from '../reply.ts';
import { allocationView } from './allocation-view.ts';

/** The part `Allocations` of the credits of a kind. */
export function allocationsPart(kind: Exclude<PaidKind, 'invoice'>): Part {
  return (visit, method, id, rest) => {
    const credit = findCredit(visit.organisation, kind, id);
    if (credit === undefined) return { reply: notFound(), changes: [] };
    if (method === 'PUT' && rest.length === 0) {
      const write = (session: Session, source: Source): Written => allocate(session, kind, credit.id, source);
      const writer = { envelope: 'Allocations', idField: 'AllocationID', errorFlag: undefined, write };
      return writeBatch(visit, writer, { kind: 'create' });
    }
    if (method === 'DELETE' && rest[0] !== undefined) {
      const session = openSession(visit);
      const reply = takeBack(session, credit, rest[0]);
      return { reply, changes: session.changes };
    }
    return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
  };
}

function findCredit(organisation: Organisation, kind: PaidKind, id: string): Document | undefined {
  const store = documentsOf(organisation, kind);
  return (
    store.get(id.toLowerCase()) ??
    (kind === 'credit-note' ? store.find('number', id.toLowerCase()) : undefined)
  );
}

/** Xero's words for these refusals are not known; these are the sandbox's own. */
function allocate(session: Session, kind: PaidKind, creditId: string, source: Source): Written {
  const credit = settledDocument(session, kind, creditId);
  const child = readChild(source, 'Invoice');
  const invoice = child === undefined ? undefined : findInvoice(session.organisation, child);
  const sent = readNumber(source, 'Amount') ?? readNumber(source, 'AppliedAmount');
  const amount = sent === undefined ? 0 : (toUnits(sent, 2) ?? 0);
  const messages = faultsOf(credit, invoice, amount);
  if (credit === undefined || invoice === undefined) return { kind: 'refused', id: '', messages };
  // The date is the later of the two; what was sent does not count.
  const [, date = ''] = [credit.date, invoice.date].sort();
  messages.push(...lockFaults(session, date));
  if (messages.length > 0) return { kind: 'refused', id: '', messages };
  const allocation: Allocation = {
    id: newId(),
    kind,
    document: credit.id,
    invoice: invoice.id,
    amount,
    date,
    invoiceRelieved: reliefOf(invoice, amount),
    creditRelieved: reliefOf(credit, amount),
    isDeleted: false,
    updatedMs: session.nowMs,
  };
  settle(session, 'invoice', invoice, { credited: amount, relieved: allocation.invoiceRelieved, date });
  settle(session, kind, credit, { credited: amount, relieved: allocation.creditRelieved, date });
  change(session, { kind: 'allocation', record: allocation });
  return { kind: 'saved', view: () => allocationView(session.organisation, allocation), warnings: [] };
}

function faultsOf(credit: Document | undefined, invoice: Document | undefined, amount: number): string[] {
  if (invoice === undefined || credit === undefined) return ['The Invoice to allocate to could not be found'];
  const messages: string[] = [];
  if (credit.status !== 'AUTHORISED') messages.push('Only an AUTHORISED credit can be allocated');
  if (invoice.status !== 'AUTHORISED') messages.push('Credit can only be allocated to AUTHORISED invoices');
  if (isSales(credit.type) !== isSales(invoice.type) || credit.contact !== invoice.contact)
    messages.push('The credit and the invoice must be of the same contact and kind');
  if (credit.currency !== invoice.currency)
    messages.push('The credit and the invoice must be of the same currency');
  if (amount <= 0) messages.push('The amount allocated must be greater than 0.');
  if (credit.status === 'AUTHORISED' && amount > openAmount(credit))
    messages.push('The amount allocated exceeds the credit that remains');
  if (invoice.status === 'AUTHORISED' && amount > openAmount(invoice))
    messages.push('Payment amount exceeds the amount outstanding on this document');
  return messages;
}

function findInvoice(organisation: Organisation, child: Source): Document | undefined {
  const id = readGuid(child, 'InvoiceID');
  if (id !== undefined) return organisation.invoices.get(id);
  const number = readText(child, 'InvoiceNumber')?.toLowerCase() ?? '';
  return (
    organisation.invoices.find('number', number, hasOwnNumber) ?? organisation.invoices.find('number', number)
  );
}

/** 200 with the allocation itself and `IsDeleted`, without an envelope; both documents are as before. */
function takeBack(session: Session, credit: Document, id: string) {
  const allocation = session.organisation.allocations.get(id.toLowerCase());
  if (allocation === undefined || allocation.document !== credit.id || allocation.isDeleted)
    return notFound();
  const locked = lockFaults(session, allocation.date);
  if (locked.length > 0) {
    const element = {
      AllocationID: allocation.id,
      ValidationErrors: locked.map((one) => ({ Message: one })),
    };
    return validationException([element]);
  }
  const { invoice, amount, date, invoiceRelieved, creditRelieved, kind } = allocation;
  const paid = settledDocument(session, 'invoice', invoice);
  if (paid !== undefined)
    settle(session, 'invoice', paid, { credited: -amount, relieved: -invoiceRelieved, date });
  settle(session, kind, credit, { credited: -amount, relieved: -creditRelieved, date });
  const gone: Allocation = { ...allocation, isDeleted: true, updatedMs: session.nowMs };
  change(session, { kind: 'allocation', record: gone });
  return bare(allocationView(session.organisation, gone));
}
