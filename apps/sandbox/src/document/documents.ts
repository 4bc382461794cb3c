// The resources Invoices and CreditNotes: list, one, and their writer.
import { allocationsPart } from '../allocation/allocations.ts';
import type { Resource, Visit } from '../call/visit.ts';
import { present } from '../contact/contacts.ts';
import type { Organisation } from '../organisation.ts';
import { date, type FieldTable, flag, guid, number, text } from '../query/field.ts';
import { commaList, isSent, select } from '../query/selection.ts';
import { envelope, notFound, type Reply } from '../reply.ts';
import { dateMs, parseDate } from '../wire-date.ts';
import { type Document, openAmount } from './document.ts';
import { findDocument } from './document-match.ts';
import { type DocumentForm, documentView } from './document-view.ts';
import { documentWriter } from './document-write.ts';
import { creditNoteFamily, type Family, invoiceFamily, storeOf } from './family.ts';
import { orderFamily, quoteFamily } from './order-family.ts';

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
  };
}

function list(visit: Visit, family: Family): Reply {
  const { query, organisation } = visit;
  const summary = query.get('summaryOnly')?.toLowerCase() === 'true';
  const selection = select(visit, {
    resource: family.envelope.slice(0, -1),
    fields: fieldsOf(organisation, family),
    records: candidates(visit, family),
    tests: testsOf(visit),
    isPaged:
      summary || family.kind === 'purchase-order' || isSent(query, ['page', 'pageSize', 'IDs', 'Statuses']),
  });
  if (selection.kind === 'refused') return selection.reply;
  const form: DocumentForm = summary ? 'summary' : selection.page === undefined ? 'list' : 'page';
  const views = selection.records.map((document) =>
    documentView(organisation, family, document, visit.places, form),
  );
  return envelope(visit.nowMs, { pagination: selection.page, [family.envelope]: views });
}

function one(visit: Visit, family: Family, id: string): Reply {
  const document = findDocument(visit.organisation, family, id);
  if (document === undefined) return notFound();
  const view = documentView(visit.organisation, family, document, visit.places, 'single');
  return envelope(visit.nowMs, { [family.envelope]: [view] });
}

/** Ids and numbers are looked up; only without them are all documents gone through. */
function candidates(visit: Visit, family: Family): readonly Document[] {
  const store = storeOf(visit.organisation, family);
  const ids = commaList(visit.query, 'IDs');
  const numbers = commaList(visit.query, 'InvoiceNumbers');
  if (ids !== undefined) {
    const found = present([...ids].map((id) => store.get(id)));
    return numbers === undefined
      ? found
      : found.filter((document) => numbers.has(document.number.toLowerCase()));
  }
  return numbers === undefined
    ? store.ordered()
    : [...numbers].flatMap((number) => store.findAll('number', number));
}

function testsOf(visit: Visit): ((document: Document) => boolean)[] {
  const tests: ((document: Document) => boolean)[] = [];
  const contactIds = commaList(visit.query, 'ContactIDs');
  if (contactIds !== undefined) tests.push((document) => contactIds.has(document.contact));
  const statuses = commaList(visit.query, 'Statuses');
  if (statuses !== undefined) tests.push((document) => statuses.has(document.status.toLowerCase()));
  const status = visit.query.get('Status')?.toLowerCase() ?? '';
  if (status !== '') tests.push((document) => document.status.toLowerCase() === status);
  const from = parseDate(visit.query.get('DateFrom') ?? '');
  if (from !== undefined) tests.push((document) => document.date >= from);
  const to = parseDate(visit.query.get('DateTo') ?? '');
  if (to !== undefined) tests.push((document) => document.date <= to);
  const term = visit.query.get('searchTerm')?.trim().toLowerCase() ?? '';
  if (term !== '') {
    tests.push((document) => `${document.number}\n${document.reference}`.toLowerCase().includes(term));
  }
  return tests;
}

function fieldsOf(organisation: Organisation, family: Family): FieldTable<Document> {
  const day = (text: string): number | null => (text === '' ? null : dateMs(text));
  const contact = (document: Document) => organisation.contacts.get(document.contact);
  return {
    [family.idField]: guid((document) => document.id),
    [family.numberField]: text((document) => document.number),
    Type: text((document) => document.type),
    Status: text((document) => document.status),
    Reference: text((document) => document.reference),
    Date: date((document) => day(document.date)),
    DueDate: date((document) => day(document.dueDate)),
    UpdatedDateUTC: date((document) => document.updatedMs),
    SubTotal: number((document) => document.net / 100),
    TotalTax: number((document) => document.tax / 100),
    Total: number((document) => document.total / 100),
    AmountDue: number((document) => openAmount(document) / 100),
    RemainingCredit: number((document) => openAmount(document) / 100),
    AmountPaid: number((document) => document.paid / 100),
    AmountCredited: number((document) => document.credited / 100),
    CurrencyCode: text((document) => document.currency),
    SentToContact: flag((document) => document.sent),
    'Contact.ContactID': guid((document) => document.contact),
    'Contact.Name': text((document) => contact(document)?.name ?? ''),
    'Contact.ContactNumber': text((document) => contact(document)?.number ?? ''),
  };
}
