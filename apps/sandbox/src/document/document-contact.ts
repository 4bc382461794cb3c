// The contact a document names: found by id, number or name, made from a new name, changed by what rides along.
import { change, type Session } from '../call/visit.ts';
import { type Contact, fold } from '../contact/contact.ts';
import { saveContact } from '../contact/contact-save.ts';
import { unidentified } from '../contact/contact-write.ts';
import { parseContact, type SentContact } from '../contact/sent-contact.ts';
import type { Source } from '../fields.ts';
import type { Organisation } from '../organisation.ts';
import { type Document, type DocumentType, isSales } from './document.ts';

export type DocumentContact =
  | { readonly kind: 'found'; readonly contact: Contact }
  | { readonly kind: 'refused'; readonly messages: readonly string[] };

/** `makes`: whether a contact of a new name is made. */
export function documentContact(
  session: Session,
  source: Source | undefined,
  makes: boolean,
): DocumentContact {
  if (source === undefined) return refuse('A Contact must be specified for this type of transaction');
  const sent = parseContact(source);
  if (sent.id === undefined && !sent.number && !sent.name) return refuse(unidentified);
  const contact = findContact(session.organisation, sent);
  if (contact === undefined) {
    if (sent.id !== undefined)
      return refuse('An existing Contact with the specified ContactID could not be found');
    if (!sent.name || !makes) return refuse('A Contact must be specified for this type of transaction');
  } else if (contact.status !== 'ACTIVE') {
    return refuse(
      'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes',
    );
  } else if (!changes(sent, contact)) return { kind: 'found', contact };
  const saved = saveContact(session, sent, contact);
  return saved.kind === 'saved' ? { kind: 'found', contact: saved.contact } : saved;
}

/** Its id where one is named; '' where the document keeps its own, or where `messages` now say why it cannot be taken. */
export function namedContact(
  session: Session,
  source: Source | undefined,
  before: Document | undefined,
  messages: string[],
): string {
  if (source === undefined && before !== undefined) return '';
  const named = documentContact(session, source, true);
  if (named.kind === 'found') return named.contact.id;
  messages.push(...named.messages);
  return '';
}

/** A contact with documents is a customer or a supplier; Xero does not count that as a change of the contact. */
export function markContact(session: Session, contact: Contact, type: DocumentType): void {
  const sells = isSales(type);
  if (sells ? contact.isCustomer : contact.isSupplier) return;
  const marked = sells ? { ...contact, isCustomer: true } : { ...contact, isSupplier: true };
  change(session, { kind: 'contact', record: marked });
}

function findContact(organisation: Organisation, sent: SentContact): Contact | undefined {
  const { contacts } = organisation;
  if (sent.id !== undefined) return contacts.get(sent.id);
  const numbered = sent.number ? contacts.find('number', fold(sent.number)) : undefined;
  if (numbered !== undefined || !sent.name) return numbered;
  return contacts.find('name', fold(sent.name)) ?? contacts.find('archivedName', fold(sent.name));
}

/** Whether more rides along than what names the contact. */
function changes(sent: SentContact, contact: Contact): boolean {
  if (sent.addresses || sent.phones || sent.persons || sent.terms) return true;
  if (sent.name && sent.name !== contact.name && fold(sent.name) !== fold(contact.name)) return true;
  if (sent.number && fold(sent.number) !== fold(contact.number)) return true;
  if (sent.status !== undefined && sent.status !== contact.status) return true;
  return Object.entries(sent.texts).some(([name, text]) => text !== (contact.texts[name] ?? ''));
}

function refuse(message: string): DocumentContact {
  return { kind: 'refused', messages: [message] };
}
