// Reads a contact as a client sends it; what is undefined was not sent.

import { toUnits } from '../exact.ts';
import {
  asGuid,
  asList,
  asText,
  asWord,
  readChild,
  readFlag,
  readNumber,
  readText,
  type Source,
} from '../fields.ts';
import { type Contact, contactTexts } from './contact.ts';

export type SentContact = {
  readonly id: string | undefined;
  readonly number: string | undefined;
  readonly name: string | undefined;
  readonly status: Contact['status'] | undefined;
  readonly texts: Readonly<Record<string, string>>;
  readonly addresses: Contact['addresses'] | undefined;
  readonly phones: Contact['phones'] | undefined;
  readonly persons: Contact['persons'] | undefined;
  readonly terms: Contact['terms'] | undefined;
};

export function parseContact(source: Source): SentContact {
  const { fields } = source;
  return {
    id: asGuid(source, 'ContactID', fields.ContactID),
    number: asText(source, 'ContactNumber', fields.ContactNumber)?.trim(),
    name: asText(source, 'Name', fields.Name)?.trim().replace(/\s+/g, ' '),
    status: asWord(source, 'ContactStatus', fields.ContactStatus, contactStatuses, 'ContactStatus'),
    texts: ownTexts(source),
    addresses: asList(source, 'Addresses', fields.Addresses)?.map((one) => textsOf(one, addressTexts)),
    phones: asList(source, 'Phones', fields.Phones)?.map((one) => textsOf(one, phoneTexts)),
    persons: asList(source, 'ContactPersons', fields.ContactPersons)?.map((one) => ({
      texts: textsOf(one, [
        ['FirstName', 255],
        ['LastName', 255],
        ['EmailAddress', 255],
      ]),
      inEmails: readFlag(one, 'IncludeInEmails') ?? false,
    })),
    terms: readTerms(source),
  };
}

const contactStatuses = ['ACTIVE', 'ARCHIVED', 'GDPRREQUEST'] as const;

/** The contact of a document has none as a rule, which looking over the few members it has shows soonest. */
function ownTexts(source: Source): Record<string, string> {
  const texts: Record<string, string> = {};
  if (!hasOwnText(source)) return texts;
  for (const name of textNames) {
    const value = readText(source, name);
    if (value !== undefined) texts[name] = value;
  }
  return texts;
}

function hasOwnText({ fields }: Source): boolean {
  for (const name in fields) if (textNames.has(name)) return true;
  return false;
}

const textNames: ReadonlySet<string> = new Set(contactTexts.map(([name]) => name));

/** Members and the most characters of each (XERO.md 7.1). */
export const addressTexts: readonly (readonly [string, number])[] = [
  ['AddressType', 20],
  ['AddressLine1', 500],
  ['AddressLine2', 500],
  ['AddressLine3', 500],
  ['AddressLine4', 500],
  ['City', 255],
  ['Region', 255],
  ['PostalCode', 50],
  ['Country', 50],
  ['AttentionTo', 255],
];

export const phoneTexts: readonly (readonly [string, number])[] = [
  ['PhoneType', 20],
  ['PhoneNumber', 50],
  ['PhoneAreaCode', 10],
  ['PhoneCountryCode', 20],
];

function textsOf(source: Source, names: readonly (readonly [string, number])[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name] of names) {
    const value = readText(source, name);
    if (value !== undefined && value !== '') texts[name] = value;
  }
  return texts;
}

function readTerms(source: Source): Contact['terms'] | undefined {
  const terms = readChild(source, 'PaymentTerms');
  if (terms === undefined) return undefined;
  return { Bills: readTerm(terms, 'Bills'), Sales: readTerm(terms, 'Sales') };
}

function readTerm(source: Source, name: string): { Day: number; Type: string } | undefined {
  const term = readChild(source, name);
  if (term === undefined) return undefined;
  return { Day: toUnits(readNumber(term, 'Day') ?? 0, 0) ?? 0, Type: readText(term, 'Type') ?? '' };
}
