// The resources of the Accounting API by the first part of their address, and the scopes that open an address.
import type { Resource } from './call/visit.ts';
import { accounts } from './chart/accounts.ts';
import { organisation } from './chart/organisation-resource.ts';
import { taxRates } from './chart/tax-rates.ts';
import { contacts } from './contact/contacts.ts';
import { currencies } from './currency/currencies.ts';
import { creditNotes, invoices, purchaseOrders, quotes } from './document/documents.ts';
import { items } from './item/items.ts';
import { manualJournals } from './manual-journal/manual-journals.ts';
import { payments } from './payment/payments.ts';
import { reportScopes, reports } from './report/reports.ts';
import { trackingCategories } from './tracking/tracking-categories.ts';

/** Names in lower case: Xero does not mind their case. */
const resources: ReadonlyMap<string, Resource> = new Map([
  ['organisation', organisation],
  ['organisations', organisation],
  ['accounts', accounts],
  ['taxrates', taxRates],
  ['contacts', contacts],
  ['items', items],
  ['invoices', invoices],
  ['creditnotes', creditNotes],
  ['purchaseorders', purchaseOrders],
  ['quotes', quotes],
  ['payments', payments],
  ['manualjournals', manualJournals],
  ['trackingcategories', trackingCategories],
  ['currencies', currencies],
  ['reports', reports],
]);

/** `segments` are the parts of the path after /api.xro/2.0. */
export function findResource(segments: readonly string[]): Resource | undefined {
  return resources.get((segments[0] ?? '').toLowerCase());
}

/** The scopes of which one opens the address (XERO.md 1.3); undefined for an address that is none. */
export function scopesOf(segments: readonly string[]): readonly string[] | undefined {
  if (segments[2]?.toLowerCase() === 'attachments') return ['accounting.attachments'];
  if (segments[0]?.toLowerCase() === 'reports') return reportScopes(segments[1]);
  return findResource(segments)?.scopes;
}
