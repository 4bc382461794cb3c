// One organisation with everything in it, and the changes that make and unmake its records.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Account, accountRecord } from './chart/account.ts';
import { gbAccounts } from './chart/gb-accounts.ts';
import { gbTaxRates } from './chart/gb-tax-rates.ts';
import { type TaxRate, taxRateRecord } from './chart/tax-rate.ts';
import { type Contact, contactRecord, fold } from './contact/contact.ts';
import { type Document, documentRecord, isLive, isSales } from './document/document.ts';
import { type Item, itemRecord } from './item/item.ts';
import { createStore, type Store } from './store.ts';

export const organisationRecord = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  country: z.string(),
  currency: z.string(),
  currencies: z.array(z.string()),
  timeZone: z.string(),
  wireTimeZone: z.string(),
  shortCode: z.string(),
  createdMs: z.number(),
  periodLockDate: z.string(),
  yearLockDate: z.string(),
  accounts: z.array(accountRecord),
  taxRates: z.array(taxRateRecord),
});

export type OrganisationRecord = z.infer<typeof organisationRecord>;

export const organisationChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), record: accountRecord }),
  z.object({ kind: z.literal('contact'), record: contactRecord }),
  z.object({ kind: z.literal('item'), record: itemRecord }),
  z.object({ kind: z.literal('item-gone'), id: z.string() }),
  z.object({ kind: z.literal('invoice'), record: documentRecord }),
  z.object({ kind: z.literal('credit-note'), record: documentRecord }),
]);

export type OrganisationChange = z.infer<typeof organisationChange>;

export type Organisation = {
  readonly record: OrganisationRecord;
  readonly accounts: Store<Account>;
  readonly taxRates: ReadonlyMap<string, TaxRate>;
  readonly contacts: Store<Contact>;
  readonly items: Store<Item>;
  readonly invoices: Store<Document>;
  readonly creditNotes: Store<Document>;
};

/** The organisation a new sandbox has; its id is also its tenant id. */
export function newOrganisation(nowMs: number): OrganisationRecord {
  return {
    id: randomUUID(),
    name: 'Stockbook Trial (GB)',
    version: 'UK',
    country: 'GB',
    currency: 'GBP',
    currencies: ['GBP'],
    timeZone: 'Europe/London',
    wireTimeZone: 'GMTSTANDARDTIME',
    shortCode: '!Sb0GB',
    createdMs: nowMs,
    periodLockDate: '',
    yearLockDate: '',
    accounts: gbAccounts(nowMs),
    taxRates: gbTaxRates(),
  };
}

export function openOrganisation(record: OrganisationRecord): Organisation {
  const organisation: Organisation = {
    record,
    accounts: createStore<Account>((account) => ({ code: key(account.code), system: key(account.system) })),
    taxRates: new Map(record.taxRates.map((rate) => [rate.taxType, rate])),
    contacts: createStore<Contact>((contact) => ({
      [contact.status === 'ACTIVE' ? 'name' : 'archivedName']: fold(contact.name),
      number: key(contact.number),
    })),
    items: createStore<Item>((item) => ({ code: fold(item.code) })),
    invoices: createStore<Document>(documentKeys),
    creditNotes: createStore<Document>(documentKeys),
  };
  for (const account of record.accounts) organisation.accounts.put(account);
  return organisation;
}

/** Carries out one change; returns what undoes it. */
export function applyChange(organisation: Organisation, change: OrganisationChange): () => void {
  switch (change.kind) {
    case 'account':
      return put(organisation.accounts, change.record);
    case 'contact':
      return put(organisation.contacts, change.record);
    case 'item':
      return put(organisation.items, change.record);
    case 'item-gone': {
      const gone = organisation.items.remove(change.id);
      return () => {
        if (gone !== undefined) organisation.items.put(gone);
      };
    }
    case 'invoice':
      return put(organisation.invoices, change.record);
    case 'credit-note':
      return put(organisation.creditNotes, change.record);
  }
}

/** Takes out all contacts, items and documents; the chart stays. */
export function emptyOrganisation(organisation: Organisation): void {
  organisation.contacts.clear();
  organisation.items.clear();
  organisation.invoices.clear();
  organisation.creditNotes.clear();
}

function put<T extends { id: string; updatedMs: number }>(store: Store<T>, record: T): () => void {
  const before = store.put(record);
  return () => {
    if (before === undefined) store.remove(record.id);
    else store.put(before);
  };
}

/** `unique` holds the number of live sales documents only: Xero lets bills share a number, and voided ones give theirs up. */
function documentKeys(document: Document): Record<string, string | undefined> {
  const number = key(document.number);
  return { number, unique: isLive(document) && isSales(document.type) ? number : undefined };
}

function key(text: string): string | undefined {
  return text === '' ? undefined : fold(text);
}
