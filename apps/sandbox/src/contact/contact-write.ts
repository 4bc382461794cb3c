// PUT and POST of contacts: which contact an element means, then saving it.

import type { Matching, Session, Writer, Written } from '../call/visit.ts';
import type { Source } from '../fields.ts';
import { isGuid } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { type Contact, fold } from './contact.ts';
import { saveContact } from './contact-save.ts';
import { contactBelongings } from './contact-standing.ts';
import { contactView } from './contact-view.ts';
import { parseContact, type SentContact } from './sent-contact.ts';

export const contactWriter: Writer = {
  envelope: 'Contacts',
  idField: 'ContactID',
  errorFlag: 'HasValidationErrors',
  write: writeContact,
};

export const unidentified =
  'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber';

/** The contact of this id or contact number. */
export function findContact(organisation: Organisation, idOrNumber: string): Contact | undefined {
  const byId = isGuid(idOrNumber) ? organisation.contacts.get(idOrNumber.toLowerCase()) : undefined;
  return byId ?? organisation.contacts.find('number', fold(idOrNumber));
}

function writeContact(session: Session, source: Source, matching: Matching): Written {
  const sent = parseContact(source);
  const found = match(session.organisation, sent, matching);
  if (found.kind !== 'found') return found;
  const saved = saveContact(session, sent, found.contact);
  if (saved.kind === 'refused') return { ...saved, id: found.contact?.id ?? '' };
  return {
    kind: 'saved',
    view: () => ({
      ...contactView(saved.contact),
      ...contactBelongings(session.organisation, saved.contact),
    }),
    warnings: [],
  };
}

type Match =
  | { readonly kind: 'found'; readonly contact: Contact | undefined }
  | { readonly kind: 'refused'; readonly id: string; readonly messages: readonly string[] }
  | { readonly kind: 'missing' };

function match(organisation: Organisation, sent: SentContact, matching: Matching): Match {
  if (matching.kind === 'id') {
    const contact = findContact(organisation, matching.id);
    return contact === undefined ? { kind: 'missing' } : { kind: 'found', contact };
  }
  if (sent.id === undefined && !sent.number && !sent.name) {
    return { kind: 'refused', id: '', messages: [unidentified] };
  }
  if (matching.kind === 'create') return { kind: 'found', contact: undefined };
  if (sent.id !== undefined) {
    const contact = organisation.contacts.get(sent.id);
    return contact === undefined
      ? {
          kind: 'refused',
          id: sent.id,
          messages: ['An existing Contact with the specified ContactID could not be found'],
        }
      : { kind: 'found', contact };
  }
  const numbered = sent.number ? organisation.contacts.find('number', fold(sent.number)) : undefined;
  if (numbered !== undefined) return { kind: 'found', contact: numbered };
  return {
    kind: 'found',
    contact: sent.name ? organisation.contacts.find('name', fold(sent.name)) : undefined,
  };
}
