// Checks a sent contact against Xero's rules and saves it (XERO.md 7.1, 10.2).
import { change, type Session } from '../call/visit.ts';
import { newId } from '../new-id.ts';
import { option } from '../options.ts';
import { type Contact, contactTexts, fold } from './contact.ts';
import { addressTexts, phoneTexts, type SentContact } from './sent-contact.ts';

export type SavedContact =
  | { readonly kind: 'saved'; readonly contact: Contact }
  | { readonly kind: 'refused'; readonly messages: readonly string[] };

/** Makes a contact, or changes `existing`: what was not sent stays, but contact persons not sent are removed. */
export function saveContact(
  session: Session,
  sent: SentContact,
  existing: Contact | undefined,
): SavedContact {
  const contact: Contact = {
    id: existing?.id ?? newId(),
    status: sent.status ?? existing?.status ?? 'ACTIVE',
    name: sent.name ?? existing?.name ?? '',
    number: sent.number ?? existing?.number ?? '',
    texts: mergeTexts(existing?.texts ?? {}, sent.texts),
    addresses: mergeByKind(existing?.addresses ?? [], sent.addresses, 'AddressType'),
    phones: mergeByKind(existing?.phones ?? [], sent.phones, 'PhoneType'),
    persons: sent.persons ?? [],
    terms: sent.terms ?? existing?.terms ?? {},
    isSupplier: existing?.isSupplier ?? false,
    isCustomer: existing?.isCustomer ?? false,
    updatedMs: session.nowMs,
  };
  const messages = faultsOf(session, contact);
  if (sent.texts.BankAccountDetails && option(session, 'bank-account-admin') === 'no')
    messages.push('You do not have permission to change the bank account details of a contact');
  if (messages.length > 0) return { kind: 'refused', messages };
  change(session, { kind: 'contact', record: contact });
  return { kind: 'saved', contact };
}

function faultsOf(session: Session, contact: Contact): string[] {
  const { organisation } = session;
  const { name, number, texts } = contact;
  const messages: string[] = [];
  if (name === '') messages.push('The contact name must be specified.');
  if (/[<>]/.test(name)) messages.push('The contact name cannot contain the characters < or >.');
  messages.push(
    ...tooLong([
      ['Name', name, 255],
      ['ContactNumber', number, 50],
    ]),
  );
  messages.push(...tooLong(contactTexts.map(([field, max]) => [field, texts[field] ?? '', max])));
  for (const address of contact.addresses) {
    messages.push(...tooLong(addressTexts.map(([field, max]) => [field, address[field] ?? '', max])));
  }
  for (const phone of contact.phones) {
    messages.push(...tooLong(phoneTexts.map(([field, max]) => [field, phone[field] ?? '', max])));
  }
  if (contact.persons.length > 5) messages.push('A contact can have no more than 5 contact persons.');
  const emails = [texts.EmailAddress, ...contact.persons.map((person) => person.texts.EmailAddress)];
  if (emails.some((email) => email !== undefined && !emailText.test(email)))
    messages.push('Email address must be valid.');
  if (contact.status === 'ACTIVE') {
    const other = organisation.contacts.find('name', fold(name));
    if (other !== undefined && other.id !== contact.id) {
      messages.push(
        `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`,
      );
    }
  }
  const numbered = number === '' ? undefined : organisation.contacts.find('number', fold(number));
  if (numbered !== undefined && numbered.id !== contact.id) {
    messages.push(
      option(session, 'contact-number-words') === 'another'
        ? 'Another contact has this contact number. Please enter a different contact number.'
        : `The contact number ${number} is already assigned to another contact. The contact number must be unique across all contacts.`,
    );
  }
  return messages;
}

/** No umlauts: Xero takes plain ASCII addresses only. */
const emailText = /^[!-;=?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** Xero's own words for this are not known; these are the framework's. */
export function tooLong(
  fields: readonly (readonly [name: string, text: string, charactersMax: number])[],
): string[] {
  return fields
    .filter(([, text, charactersMax]) => text.length > charactersMax)
    .map(
      ([name, , charactersMax]) =>
        `The field ${name} must be a string with a maximum length of ${charactersMax}.`,
    );
}

function mergeTexts(
  before: Readonly<Record<string, string>>,
  sent: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...before, ...sent }).filter(([, text]) => text !== ''));
}

/** Addresses and phones are one per kind: a kind that was sent replaces the one there was. */
function mergeByKind(
  before: Contact['addresses'],
  sent: Contact['addresses'] | undefined,
  kind: string,
): Contact['addresses'] {
  if (sent === undefined) return before;
  const kinds = new Set(sent.map((one) => one[kind]));
  return [...before.filter((one) => !kinds.has(one[kind])), ...sent];
}
