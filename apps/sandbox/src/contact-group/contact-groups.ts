// The resource ContactGroups, and the contacts of a group (XERO.md 7.1, 10.2).
import { randomUUID } from 'node:crypto';
import { writeBatch } from '../call/batch.ts';
import {
  change,
  type Done,
  type Matching,
  openSession,
  type Part,
  type Resource,
  type Session,
  type Written,
} from '../call/visit.ts';
import { fold } from '../contact/contact.ts';
import { readGuid, readText, readWord, type Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { type FieldTable, guid, text } from '../query/field.ts';
import { recordResource } from '../query/record-resource.ts';
import { notFound, plainText } from '../reply.ts';
import type { ContactGroup } from './contact-group.ts';

const groupsMax = 100;

const fields: FieldTable<ContactGroup> = {
  ContactGroupID: guid((group) => group.id),
  Name: text((group) => group.name),
  Status: text((group) => group.status),
};

export const contactGroups: Resource = {
  ...recordResource({
    envelope: 'ContactGroups',
    scopes: ['accounting.contacts'],
    fields,
    store: (organisation) => organisation.contactGroups,
    view: (visit, group) => groupView(visit.organisation, group),
    paging: 'never',
    isListed: (_visit, group) => group.status === 'ACTIVE',
  }),
  writer: { envelope: 'ContactGroups', idField: 'ContactGroupID', errorFlag: undefined, write: writeGroup },
  creates: 'put',
  parts: new Map([['contacts', membersPart()]]),
};

function writeGroup(session: Session, source: Source, matching: Matching): Written {
  const { contactGroups: groups } = session.organisation;
  const before = matching.kind === 'id' ? groups.get(matching.id.toLowerCase()) : undefined;
  if (matching.kind === 'id' && before === undefined) return { kind: 'missing' };
  const name = readText(source, 'Name')?.trim() ?? before?.name ?? '';
  const status =
    readWord(source, 'Status', ['ACTIVE', 'DELETED'], 'ContactGroupStatus') ?? before?.status ?? 'ACTIVE';
  const messages: string[] = [];
  if (name === '') messages.push('The contact group name must be specified');
  const live = groups.ordered().filter((group) => group.status === 'ACTIVE' && group.id !== before?.id);
  if (live.some((group) => fold(group.name) === fold(name)))
    messages.push('The contact group name must be unique');
  if (before === undefined && live.length >= groupsMax)
    messages.push(`You've reached the limit of ${groupsMax} contact groups.`);
  if (messages.length > 0) return { kind: 'refused', id: before?.id ?? '', messages };
  const id = before?.id ?? randomUUID();
  const group: ContactGroup = {
    id,
    name,
    status,
    contacts: before?.contacts ?? [],
    updatedMs: session.nowMs,
  };
  change(session, { kind: 'contact-group', record: group });
  return { kind: 'saved', view: () => groupView(session.organisation, group), warnings: [] };
}

/** PUT adds contacts, DELETE takes out one or all. */
function membersPart(): Part {
  return (visit, method, id, rest): Done => {
    const group = visit.organisation.contactGroups.get(id.toLowerCase());
    if (group === undefined) return { reply: notFound(), changes: [] };
    if (method === 'PUT' && rest.length === 0) {
      const write = (session: Session, source: Source): Written => addMember(session, group.id, source);
      const writer = { envelope: 'Contacts', idField: 'ContactID', errorFlag: undefined, write };
      return writeBatch(visit, writer, { kind: 'create' });
    }
    if (method !== 'DELETE')
      return { reply: plainText(501, `${method} is not implemented for this address`), changes: [] };
    const gone = rest[0]?.toLowerCase();
    if (gone !== undefined && !group.contacts.includes(gone)) return { reply: notFound(), changes: [] };
    const session = openSession(visit);
    const contacts = gone === undefined ? [] : group.contacts.filter((one) => one !== gone);
    change(session, { kind: 'contact-group', record: { ...group, contacts, updatedMs: visit.nowMs } });
    return { reply: plainText(204, ''), changes: session.changes };
  };
}

function addMember(session: Session, groupId: string, source: Source): Written {
  const { contacts, contactGroups: groups } = session.organisation;
  const contact = contacts.get(readGuid(source, 'ContactID') ?? '');
  const group = groups.get(groupId);
  if (contact === undefined || group === undefined)
    return {
      kind: 'refused',
      id: '',
      messages: ['An existing Contact with the specified ContactID could not be found'],
    };
  const members = [...new Set([...group.contacts, contact.id])];
  change(session, {
    kind: 'contact-group',
    record: { ...group, contacts: members, updatedMs: session.nowMs },
  });
  return { kind: 'saved', view: () => ({ ContactID: contact.id, Name: contact.name }), warnings: [] };
}

function groupView(organisation: Organisation, group: ContactGroup): Readonly<Record<string, unknown>> {
  return {
    ContactGroupID: group.id,
    Name: group.name,
    Status: group.status,
    Contacts: group.contacts.map((id) => ({ ContactID: id, Name: organisation.contacts.get(id)?.name })),
    HasValidationErrors: false,
  };
}
