// GET /__sandbox/summary: what landed, counted and summed, for tests and people; in one organisation alone where `tenant` is its id.
import { type Document, hasOwnNumber, isLive } from './document/document.ts';
import { fixed } from './exact.ts';
import type { Organisation } from './organisation.ts';
import type { Payment } from './payment/payment.ts';
import type { World } from './world.ts';

export type Summary = {
  readonly organisations: Record<string, OrganisationSummary>;
  readonly calls: Record<string, Record<string, number>>;
  readonly throttled: number;
};

type Counted = { readonly count: number; readonly duplicates: number };
type OrganisationSummary = {
  readonly name: string;
  readonly Contacts: Counted;
  readonly Items: Counted;
  readonly Invoices: DocumentSummary;
  readonly CreditNotes: DocumentSummary;
  readonly PurchaseOrders: DocumentSummary;
  readonly Quotes: DocumentSummary;
  readonly BankTransactions: DocumentSummary;
  readonly Overpayments: DocumentSummary;
  readonly Prepayments: DocumentSummary;
  readonly Payments: MoneySummary;
  readonly ManualJournals: Counted;
  readonly Attachments: Counted;
};
/** Money as decimal strings: `by` type and status with tax included, `accounts` without tax, of what is not voided or deleted. */
type DocumentSummary = Counted & {
  readonly by: Record<string, { count: number; total: string; tax: string }>;
  readonly accounts: Record<string, string>;
};

/** `by` type and status. */
type MoneySummary = Counted & { readonly by: Record<string, { count: number; total: string }> };

export function summarise(world: World, tenantId?: string): Summary {
  const all = [...world.organisations.values()];
  const wanted = tenantId === undefined ? all : all.filter(({ record }) => record.id === tenantId);
  const organisations = wanted.map((one) => [one.record.id, summariseOne(one)]);
  return {
    organisations: Object.fromEntries(organisations),
    calls: world.tally.calls(),
    throttled: world.tally.throttled(),
  };
}

function summariseOne(organisation: Organisation): OrganisationSummary {
  const contacts = organisation.contacts.ordered();
  const items = organisation.items.ordered();
  const shared = new Set([
    ...sharing(contacts, (contact) => contact.name),
    ...sharing(contacts, (contact) => contact.number),
  ]);
  return {
    name: organisation.record.name,
    Contacts: { count: contacts.length, duplicates: shared.size },
    Items: { count: items.length, duplicates: sharing(items, (item) => item.code).length },
    Invoices: summariseDocuments(organisation.invoices.ordered()),
    CreditNotes: summariseDocuments(organisation.creditNotes.ordered()),
    PurchaseOrders: summariseDocuments(organisation.purchaseOrders.ordered()),
    Quotes: summariseDocuments(organisation.quotes.ordered()),
    BankTransactions: summariseDocuments(organisation.bankTransactions.ordered()),
    Overpayments: summariseDocuments(organisation.overpayments.ordered()),
    Prepayments: summariseDocuments(organisation.prepayments.ordered()),
    Payments: summarisePayments(organisation.payments.ordered()),
    ManualJournals: {
      count: organisation.manualJournals.size,
      duplicates: sharing(organisation.manualJournals.ordered(), (journal) => journal.narration).length,
    },
    Attachments: { count: organisation.attachments.size, duplicates: 0 },
  };
}

/** Payments with a reference in common with another are counted as duplicates. */
function summarisePayments(payments: readonly Payment[]): MoneySummary {
  const by = new Map<string, { count: number; total: number }>();
  for (const { type, status, amount } of payments) {
    const sums = by.get(`${type} ${status}`) ?? { count: 0, total: 0 };
    by.set(`${type} ${status}`, { count: sums.count + 1, total: sums.total + amount });
  }
  const live = payments.filter((payment) => payment.status === 'AUTHORISED');
  return {
    count: payments.length,
    duplicates: sharing(live, (payment) => payment.reference).length,
    by: Object.fromEntries(
      [...by].sort().map(([name, { count, total }]) => [name, { count, total: fixed(total, 2) }]),
    ),
  };
}

function summariseDocuments(documents: readonly Document[]): DocumentSummary {
  const by = new Map<string, { count: number; total: number; tax: number }>();
  const accounts = new Map<string, number>();
  for (const document of documents) {
    const name = `${document.type} ${document.status}`;
    const sums = by.get(name) ?? { count: 0, total: 0, tax: 0 };
    by.set(name, { count: sums.count + 1, total: sums.total + document.total, tax: sums.tax + document.tax });
    if (!isLive(document)) continue;
    for (const line of document.lines) {
      if (line.account === '') continue;
      const net = document.mode === 'Inclusive' ? line.amount - line.tax : line.amount;
      accounts.set(line.account, (accounts.get(line.account) ?? 0) + net);
    }
  }
  const numbered = documents.filter(hasOwnNumber);
  return {
    count: documents.length,
    duplicates: sharing(numbered, (document) => document.number).length,
    by: Object.fromEntries(
      [...by]
        .sort()
        .map(([name, sums]) => [
          name,
          { count: sums.count, total: fixed(sums.total, 2), tax: fixed(sums.tax, 2) },
        ]),
    ),
    accounts: Object.fromEntries([...accounts].sort().map(([code, net]) => [code, fixed(net, 2)])),
  };
}

/** The records that have a text in common with another, without regard to case. */
function sharing<T>(records: readonly T[], textOf: (record: T) => string): T[] {
  const byText = new Map<string, T[]>();
  for (const record of records) {
    const text = textOf(record).trim().toLowerCase();
    if (text === '') continue;
    const same = byText.get(text);
    if (same === undefined) byText.set(text, [record]);
    else same.push(record);
  }
  return [...byText.values()].filter((same) => same.length > 1).flat();
}
