// The resources of the Accounting API by the first part of their address, and the scopes that open an address.
import { byId, withBoth, withFiles, withHistory } from './attachment/with-files.ts';
import { bankTransactions } from './bank/bank-transactions.ts';
import { bankTransfers } from './bank/bank-transfers.ts';
import { overpayments, prepayments } from './bank/credits.ts';
import type { Resource } from './call/visit.ts';
import { accounts } from './chart/accounts.ts';
import { organisation } from './chart/organisation-resource.ts';
import { taxRates } from './chart/tax-rates.ts';
import { contacts } from './contact/contacts.ts';
import { contactGroups } from './contact-group/contact-groups.ts';
import { currencies } from './currency/currencies.ts';
import { creditNotes, invoices, purchaseOrders, quotes } from './document/documents.ts';
import { employees } from './employee/employees.ts';
import { items } from './item/items.ts';
import { journals } from './journal/journals.ts';
import { manualJournals } from './manual-journal/manual-journals.ts';
import { batchPayments } from './payment/batch-payments.ts';
import { payments } from './payment/payments.ts';
import { receipts } from './receipt/receipts.ts';
import { repeatingInvoices } from './repeating-invoice/repeating-invoices.ts';
import { reportScopes, reports } from './report/reports.ts';
import { trackingCategories } from './tracking/tracking-categories.ts';

const plain = { hasOnline: false };

/** Names in lower case: Xero does not mind their case. */
const resources: ReadonlyMap<string, Resource> = new Map([
  ['organisation', organisation],
  ['organisations', organisation],
  ['accounts', withFiles(accounts, { ...plain, endpoint: 'Accounts', find: byId((one) => one.accounts) })],
  ['taxrates', taxRates],
  ['currencies', currencies],
  ['trackingcategories', trackingCategories],
  ['contacts', withBoth(contacts, { ...plain, endpoint: 'Contacts', find: byId((one) => one.contacts) })],
  ['contactgroups', contactGroups],
  ['items', withHistory(items, { ...plain, endpoint: 'Items', find: byId((one) => one.items) })],
  [
    'invoices',
    withBoth(invoices, { endpoint: 'Invoices', hasOnline: true, find: byId((one) => one.invoices) }),
  ],
  [
    'creditnotes',
    withBoth(creditNotes, { endpoint: 'CreditNotes', hasOnline: true, find: byId((one) => one.creditNotes) }),
  ],
  [
    'purchaseorders',
    withBoth(purchaseOrders, {
      ...plain,
      endpoint: 'PurchaseOrders',
      find: byId((one) => one.purchaseOrders),
    }),
  ],
  ['quotes', withBoth(quotes, { ...plain, endpoint: 'Quotes', find: byId((one) => one.quotes) })],
  ['payments', withHistory(payments, { ...plain, endpoint: 'Payments', find: byId((one) => one.payments) })],
  [
    'batchpayments',
    withHistory(batchPayments, { ...plain, endpoint: 'BatchPayments', find: byId((one) => one.batches) }),
  ],
  [
    'overpayments',
    withHistory(overpayments, { ...plain, endpoint: 'Overpayments', find: byId((one) => one.overpayments) }),
  ],
  [
    'prepayments',
    withHistory(prepayments, { ...plain, endpoint: 'Prepayments', find: byId((one) => one.prepayments) }),
  ],
  [
    'banktransactions',
    withBoth(bankTransactions, {
      ...plain,
      endpoint: 'BankTransactions',
      find: byId((one) => one.bankTransactions),
    }),
  ],
  [
    'banktransfers',
    withBoth(bankTransfers, {
      ...plain,
      endpoint: 'BankTransfers',
      find: byId((one) => one.bankTransfers),
    }),
  ],
  [
    'manualjournals',
    withBoth(manualJournals, {
      ...plain,
      endpoint: 'ManualJournals',
      find: byId((one) => one.manualJournals),
    }),
  ],
  ['receipts', withBoth(receipts, { ...plain, endpoint: 'Receipts', find: byId((one) => one.receipts) })],
  [
    'repeatinginvoices',
    withBoth(repeatingInvoices, {
      ...plain,
      endpoint: 'RepeatingInvoices',
      find: byId((one) => one.repeatingInvoices),
    }),
  ],
  ['journals', journals],
  ['employees', employees],
  ['reports', reports],
]);

/** The first parts of all addresses, in lower case. */
export const resourceNames: readonly string[] = [...resources.keys()];

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
