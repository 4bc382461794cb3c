// The resources Invoices and CreditNotes: list, one, and their writer.
import { allocationsPart } from '../allocation/allocations.ts';
import type { Resource, Visit } from '../call/visit.ts';
import { isSent, select } from '../query/selection.ts';
import { envelope, notFound, type Reply } from '../reply.ts';
import { documentFields, documentVolume } from './document-fields.ts';
import { findDocument } from './document-match.ts';
import { documentPdf } from './document-pdf.ts';
import { candidates, documentTests } from './document-query.ts';
import { type DocumentForm, documentView } from './document-view.ts';
import { documentWriter } from './document-write.ts';
import { creditNoteFamily, type Family, invoiceFamily } from './family.ts';
import { emailPart } from './invoice-email.ts';
import { orderFamily, quoteFamily } from './order-family.ts';

const invoiceParts = new Map([['email', emailPart]]);
const creditParts = new Map([['allocations', allocationsPart('credit-note')]]);

export const invoices = documents(invoiceFamily);
export const creditNotes = documents(creditNoteFamily);
export const purchaseOrders = documents(orderFamily);
export const quotes = documents(quoteFamily);

function documents(family: Family): Resource {
  return {
    scopes: ['accounting.transactions', 'accounting.invoices'],
    list: (visit) => list(visit, family),
    one: (visit, id) => one(visit, family, id),
    writer: documentWriter(family),
    creates: true,
    ...(family.kind === 'credit-note' ? { parts: creditParts } : {}),
    ...(family.kind === 'invoice' ? { parts: invoiceParts } : {}),
  };
}

function list(visit: Visit, family: Family): Reply {
  const { query, organisation } = visit;
  const isInvoices = family.kind === 'invoice';
  const summary = isInvoices && query.get('summaryOnly')?.toLowerCase() === 'true';
  const forcing = isInvoices ? ['page', 'pageSize', 'IDs', 'Statuses'] : ['page', 'pageSize'];
  const isOrders = family.kind === 'purchase-order';
  const selection = select(visit, {
    resource: family.envelope.slice(0, -1),
    fields: documentFields(organisation, family),
    records: candidates(visit, family),
    tests: documentTests(visit, family),
    isPaged: summary || isOrders || isSent(query, forcing),
    takesWhere: isInvoices || family.kind === 'credit-note',
    highVolume: documentVolume(family),
  });
  if (selection.kind === 'refused') return selection.reply;
  const form: DocumentForm = summary ? 'summary' : selection.page === undefined ? 'list' : 'page';
  const views = selection.records.map((document) =>
    documentView(organisation, family, document, visit.places, form),
  );
  // Quotes have pages, and nothing that says so (XERO.md 5).
  const pagination = family.kind === 'quote' ? undefined : selection.page;
  return envelope(visit.nowMs, { pagination, [family.envelope]: views });
}

function one(visit: Visit, family: Family, id: string): Reply {
  const document = findDocument(visit.organisation, family, id);
  if (document === undefined) return notFound();
  if (visit.wantsPdf === true) return documentPdf(visit.organisation, family, document);
  const view = documentView(visit.organisation, family, document, visit.places, 'single');
  return envelope(visit.nowMs, { [family.envelope]: [view] });
}
