// A contact in Xero's JSON: in full, as a list shows it, and as documents carry it.
import { hasFiles } from '../attachment/attachment.ts';
import { type Raw, written } from '../json.ts';
import type { Organisation } from '../organisation.ts';
import { wireInstant } from '../wire-date.ts';
import type { Contact } from './contact.ts';
import { contactBelongings } from './contact-standing.ts';

export type View = Readonly<Record<string, unknown>>;

export function contactView(contact: Contact): View {
  return {
    ...head(contact),
    Addresses: fill(
      contact.addresses,
      'AddressType',
      ['STREET', 'POBOX'],
      ['City', 'Region', 'PostalCode', 'Country'],
    ),
    Phones: phones(contact),
    UpdatedDateUTC: wireInstant(contact.updatedMs),
    ContactGroups: [],
    IsSupplier: contact.isSupplier,
    IsCustomer: contact.isCustomer,
    SalesTrackingCategories: [],
    PurchasesTrackingCategories: [],
    ContactPersons: contact.persons.map((person) => ({ ...person.texts, IncludeInEmails: person.inEmails })),
    PaymentTerms: contact.terms,
    HasValidationErrors: false,
  };
}

/** As an unpaged list shows it: without persons, payment terms, groups and balances. */
export function contactListView(organisation: Organisation): (contact: Contact) => View {
  return (contact) => {
    const { ContactPersons: _persons, PaymentTerms: _terms, ...rest } = contactView(contact);
    return { ...rest, ContactPersons: [], HasAttachments: hasFiles(organisation, contact.id) };
  };
}

/** As `summaryOnly=true` shows it. */
export function contactSummaryView(contact: Contact): View {
  return {
    ...head(contact),
    Phones: phones(contact),
    UpdatedDateUTC: wireInstant(contact.updatedMs),
    IsSupplier: contact.isSupplier,
    IsCustomer: contact.isCustomer,
    HasValidationErrors: false,
  };
}

/** As a document in a list carries it. */
export function contactReference(contact: Contact): View {
  return {
    ContactID: contact.id,
    ContactNumber: contact.number === '' ? undefined : contact.number,
    Name: contact.name,
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  };
}

/** The full view as JSON, written once per version of the contact where there are no groups: a batch often names the same one again. */
export function contactJson(organisation: Organisation, contact: Contact): Raw {
  if (organisation.contactGroups.size > 0)
    return written({ ...contactView(contact), ...contactBelongings(organisation, contact) });
  const known = views.get(contact);
  if (known !== undefined) return known;
  const made = written(contactView(contact));
  views.set(contact, made);
  return made;
}

/** The same of the view that documents in a list carry. */
export function contactReferenceJson(contact: Contact): Raw {
  const known = references.get(contact);
  if (known !== undefined) return known;
  const made = written(contactReference(contact));
  references.set(contact, made);
  return made;
}

const views = new WeakMap<Contact, Raw>();
const references = new WeakMap<Contact, Raw>();

function head(contact: Contact): View {
  return {
    ContactID: contact.id,
    ContactNumber: contact.number === '' ? undefined : contact.number,
    ContactStatus: contact.status,
    Name: contact.name,
    EmailAddress: '',
    BankAccountDetails: '',
    ...contact.texts,
  };
}

function phones(contact: Contact): View[] {
  const parts = ['PhoneNumber', 'PhoneAreaCode', 'PhoneCountryCode'];
  return fill(contact.phones, 'PhoneType', ['DDI', 'DEFAULT', 'FAX', 'MOBILE'], parts);
}

/** Xero shows every kind of address and phone, empty ones too. */
function fill(
  entries: Contact['phones'],
  kind: string,
  kinds: readonly string[],
  parts: readonly string[],
): View[] {
  const empty = Object.fromEntries(parts.map((part) => [part, '']));
  const known = kinds.map((one) => ({
    [kind]: one,
    ...empty,
    ...entries.find((entry) => entry[kind] === one),
  }));
  return [...known, ...entries.filter((entry) => !kinds.includes(entry[kind] ?? ''))];
}
