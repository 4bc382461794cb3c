// The query parameters of each kind of document; one that a kind does not have means nothing there (XERO.md 5).
import type { Visit } from '../call/visit.ts';
import { present } from '../contact/contacts.ts';
import { commaList } from '../query/selection.ts';
import { parseDate } from '../wire-date.ts';
import type { Document } from './document.ts';
import { type Family, storeOf } from './family.ts';

/** Ids and numbers are looked up; only without them are all documents gone through. */
export function candidates(visit: Visit, family: Family): readonly Document[] {
  const store = storeOf(visit.organisation, family);
  const isInvoices = family.kind === 'invoice';
  const ids = isInvoices ? commaList(visit.query, 'IDs') : undefined;
  const numbers = isInvoices ? commaList(visit.query, 'InvoiceNumbers') : undefined;
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

type Test = (document: Document) => boolean;

export function documentTests(visit: Visit, family: Family): Test[] {
  if (family.kind === 'invoice') return invoiceTests(visit);
  if (family.kind === 'credit-note') return [];
  const { query } = visit;
  const tests = [
    equals(query, 'Status', (document) => document.status),
    from(query, 'DateFrom', (document) => document.date),
    to(query, 'DateTo', (document) => document.date),
  ];
  if (family.kind === 'quote') {
    const expiry = (document: Document): string => document.texts?.ExpiryDate ?? '';
    tests.push(
      from(query, 'ExpiryDateFrom', expiry),
      to(query, 'ExpiryDateTo', expiry),
      equals(query, 'ContactID', (document) => document.contact),
      equals(query, 'QuoteNumber', (document) => document.number),
    );
  }
  return present(tests);
}

function invoiceTests(visit: Visit): Test[] {
  const { query, client } = visit;
  const tests: Test[] = [];
  const contactIds = commaList(query, 'ContactIDs');
  if (contactIds !== undefined) tests.push((document) => contactIds.has(document.contact));
  const statuses = commaList(query, 'Statuses');
  if (statuses !== undefined) tests.push((document) => statuses.has(document.status.toLowerCase()));
  if (query.get('createdByMyApp')?.toLowerCase() === 'true')
    tests.push((document) => document.app === client);
  const term = query.get('searchTerm')?.trim().toLowerCase() ?? '';
  if (term !== '')
    tests.push((document) => `${document.number}\n${document.reference}`.toLowerCase().includes(term));
  return tests;
}

type Reading = (document: Document) => string;

function equals(query: URLSearchParams, name: string, of: Reading): Test | undefined {
  const wanted = query.get(name)?.trim().toLowerCase() ?? '';
  return wanted === '' ? undefined : (document) => of(document).toLowerCase() === wanted;
}

function from(query: URLSearchParams, name: string, of: Reading): Test | undefined {
  const day = parseDate(query.get(name) ?? '');
  return day === undefined ? undefined : (document) => of(document) >= day;
}

/** A document without the date is not before it. */
function to(query: URLSearchParams, name: string, of: Reading): Test | undefined {
  const day = parseDate(query.get(name) ?? '');
  return day === undefined ? undefined : (document) => of(document) !== '' && of(document) <= day;
}
