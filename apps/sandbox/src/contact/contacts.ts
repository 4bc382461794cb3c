// The resource Contacts: list, one, and its writer.
import type { Resource, Visit } from '../call/visit.ts';
import { date, type FieldTable, flag, guid, text } from '../query/field.ts';
import type { HighVolume } from '../query/high-volume.ts';
import { commaList, isSent, select } from '../query/selection.ts';
import { envelope, notFound, type Reply } from '../reply.ts';
import { type Contact, contactTexts } from './contact.ts';
import { contactStanding } from './contact-standing.ts';
import { contactListView, contactSummaryView, contactView } from './contact-view.ts';
import { contactWriter, findContact } from './contact-write.ts';

export const contacts: Resource = {
  scopes: ['accounting.contacts'],
  list,
  one,
  writer: contactWriter,
  creates: true,
};

const fields: FieldTable<Contact> = {
  ContactID: guid((contact) => contact.id),
  ContactNumber: text((contact) => contact.number),
  ContactStatus: text((contact) => contact.status),
  Name: text((contact) => contact.name),
  IsCustomer: flag((contact) => contact.isCustomer),
  IsSupplier: flag((contact) => contact.isSupplier),
  UpdatedDateUTC: date((contact) => contact.updatedMs),
  ...Object.fromEntries(
    contactTexts.map(([name]) => [name, text<Contact>((contact) => contact.texts[name] ?? '')]),
  ),
};

function list(visit: Visit): Reply {
  const { query, organisation } = visit;
  const ids = commaList(query, 'IDs');
  const summary = query.get('summaryOnly')?.toLowerCase() === 'true';
  const tests: ((contact: Contact) => boolean)[] = [];
  if (query.get('includeArchived')?.toLowerCase() !== 'true')
    tests.push((contact) => contact.status === 'ACTIVE');
  const term = query.get('searchTerm')?.trim().toLowerCase() ?? '';
  if (term !== '')
    tests.push((contact) => searched(contact).some((part) => part.toLowerCase().includes(term)));
  const selection = select(visit, {
    resource: 'Contact',
    fields,
    records:
      ids === undefined
        ? organisation.contacts.ordered()
        : present([...ids].map((id) => organisation.contacts.get(id))),
    tests,
    isPaged: summary || isSent(query, ['page', 'pageSize', 'IDs']),
    highVolume,
  });
  if (selection.kind === 'refused') return selection.reply;
  const view = summary
    ? contactSummaryView
    : selection.page === undefined
      ? contactListView(organisation)
      : fullView(visit);
  return envelope(visit.nowMs, { pagination: selection.page, Contacts: selection.records.map(view) });
}

function one(visit: Visit, id: string): Reply {
  const contact = findContact(visit.organisation, id);
  return contact === undefined ? notFound() : envelope(visit.nowMs, { Contacts: [fullView(visit)(contact)] });
}

/** Groups, balances and files are shown of single contacts and in pages only (XERO.md 5). */
function fullView(visit: Visit): (contact: Contact) => Readonly<Record<string, unknown>> {
  const standing = contactStanding(visit);
  return (contact) => ({ ...contactView(contact), ...standing(contact) });
}

const highVolume: HighVolume = {
  where: new Set(['ContactID', 'Name', 'EmailAddress', 'AccountNumber']),
  order: new Set(['ContactID', 'Name', 'UpdatedDateUTC']),
};

function searched(contact: Contact): string[] {
  const { FirstName = '', LastName = '', EmailAddress = '', CompanyNumber = '' } = contact.texts;
  return [contact.name, contact.number, FirstName, LastName, EmailAddress, CompanyNumber];
}

export function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
