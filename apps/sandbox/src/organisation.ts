// One organisation with everything in it, as it stands in memory.
import type { Attachment, HistoryRecord } from './attachment/attachment.ts';
import type { BankTransfer } from './bank/bank-transfer.ts';
import type { Account } from './chart/account.ts';
import type { TaxRate } from './chart/tax-rate.ts';
import { type Contact, fold } from './contact/contact.ts';
import type { ContactGroup } from './contact-group/contact-group.ts';
import type { Document } from './document/document.ts';
import type { Employee } from './employee/employee.ts';
import type { Item } from './item/item.ts';
import { createJournalBook, type JournalBook } from './ledger/journal-book.ts';
import type { ManualJournal } from './manual-journal/manual-journal.ts';
import type { Quota } from './organisation-quota.ts';
import type { OrganisationRecord } from './organisation-record.ts';
import type { Allocation, Batch, Payment } from './payment/payment.ts';
import { createStore, type Store } from './store.ts';
import type { TrackingCategory } from './tracking/tracking-category.ts';

export type Organisation = {
  record: OrganisationRecord;
  readonly accounts: Store<Account>;
  readonly taxRates: Map<string, TaxRate>;
  /** The codes it is subscribed to, its own among them. */
  readonly currencies: Set<string>;
  readonly tracking: Store<TrackingCategory>;
  readonly contacts: Store<Contact>;
  readonly contactGroups: Store<ContactGroup>;
  readonly items: Store<Item>;
  readonly invoices: Store<Document>;
  readonly creditNotes: Store<Document>;
  readonly purchaseOrders: Store<Document>;
  readonly quotes: Store<Document>;
  readonly bankTransactions: Store<Document>;
  readonly bankTransfers: Store<BankTransfer>;
  readonly receipts: Store<Document>;
  readonly repeatingInvoices: Store<Document>;
  readonly overpayments: Store<Document>;
  readonly prepayments: Store<Document>;
  readonly payments: Store<Payment>;
  readonly batches: Store<Batch>;
  readonly allocations: Store<Allocation>;
  readonly manualJournals: Store<ManualJournal>;
  readonly attachments: Store<Attachment>;
  readonly history: Store<HistoryRecord>;
  readonly employees: Store<Employee>;
  readonly journalBook: JournalBook;
  /** What may be done only so often, by its name. */
  readonly quotas: Map<Quota['id'], Quota>;
};

export function openOrganisation(record: OrganisationRecord): Organisation {
  const documents = () => createStore<Document>(documentKeys);
  const organisation: Organisation = {
    record,
    accounts: createStore<Account>((account) => ({ code: key(account.code), system: key(account.system) })),
    taxRates: new Map(record.taxRates.map((rate) => [rate.taxType, rate])),
    currencies: new Set(record.currencies),
    tracking: createStore<TrackingCategory>((category) => ({ name: fold(category.name) })),
    contacts: createStore<Contact>((contact) => ({
      [contact.status === 'ACTIVE' ? 'name' : 'archivedName']: fold(contact.name),
      number: key(contact.number),
    })),
    contactGroups: createStore<ContactGroup>((group) => ({ name: fold(group.name) })),
    items: createStore<Item>((item) => ({ code: fold(item.code) })),
    invoices: documents(),
    creditNotes: documents(),
    purchaseOrders: documents(),
    quotes: documents(),
    bankTransactions: documents(),
    bankTransfers: createStore<BankTransfer>(() => ({})),
    receipts: documents(),
    repeatingInvoices: documents(),
    overpayments: documents(),
    prepayments: documents(),
    payments: createStore<Payment>((payment) => ({ document: payment.document })),
    batches: createStore<Batch>(() => ({})),
    allocations: createStore<Allocation>((allocation) => ({
      document: allocation.document,
      invoice: allocation.invoice,
    })),
    manualJournals: createStore<ManualJournal>(() => ({})),
    attachments: createStore<Attachment>((attachment) => ({ parent: attachment.parent })),
    history: createStore<HistoryRecord>((history) => ({ parent: history.parent })),
    employees: createStore<Employee>(() => ({})),
    journalBook: createJournalBook(),
    quotas: new Map(),
  };
  fillSettings(organisation);
  return organisation;
}

/** Takes out everything but the chart: contacts, items, documents, money and files; tracking and currencies are as at the start. */
export function emptyOrganisation(organisation: Organisation): void {
  const { record, accounts, taxRates, currencies, ...stores } = organisation;
  for (const store of Object.values(stores)) store.clear();
  currencies.clear();
  for (const code of record.currencies) currencies.add(code);
  for (const category of record.tracking) organisation.tracking.put(category);
}

function fillSettings(organisation: Organisation): void {
  for (const account of organisation.record.accounts) organisation.accounts.put(account);
  for (const category of organisation.record.tracking) organisation.tracking.put(category);
}

function documentKeys(document: Document): Record<string, string | undefined> {
  return { number: key(document.number) };
}

function key(text: string): string | undefined {
  return text === '' ? undefined : fold(text);
}
