// The page of a contact: what is known of it, and its latest documents.
import type { Contact } from '../contact/contact.ts';
import type { Organisation } from '../organisation.ts';
import { type Cell, facts, html, instant, link, money, table } from './html.ts';
import type { RecordPage } from './record-page.ts';
import { files, notes } from './record-parts.ts';

export function contactPage(organisation: Organisation, contact: Contact): RecordPage {
  const texts = Object.entries(contact.texts);
  const pairs: [string, Cell][] = [
    ['Number', contact.number],
    ['Status', contact.status],
    ...texts,
    [
      'Is',
      [contact.isCustomer ? 'customer' : '', contact.isSupplier ? 'supplier' : ''].filter(Boolean).join(', '),
    ],
    ...contact.addresses.map((one): [string, Cell] => ['Address', together(one, 'AddressType')]),
    ...contact.phones.map((one): [string, Cell] => ['Phone', together(one, 'PhoneType')]),
    ...contact.persons.map((one): [string, Cell] => ['Person', together(one.texts, '')]),
    ['Changed', instant(contact.updatedMs)],
    ['Id', html(`<code>${contact.id}</code>`)],
  ];
  const documents = [organisation.invoices, organisation.creditNotes]
    .flatMap((store) => store.ordered().filter((document) => document.contact === contact.id))
    .slice(-100);
  const rows = documents.map((one) => [
    link(`/record/${one.id}`, one.number || one.reference),
    one.type,
    one.date,
    one.status,
    money(one.total, one.currency),
  ]);
  const columns = [['Number'], ['Type'], ['Date'], ['Status'], ['Total', 'money']] as const;
  const body = `${facts(pairs)}<h2>Documents</h2>${table(columns, rows, 'It has no documents.')}`;
  const parts = [files, notes].map((part) => part(organisation, contact.id)).join('');
  return { title: contact.name, body: body + parts };
}

/** The texts of an address, a phone or a person after one another, without the one that names its kind. */
function together(texts: Readonly<Record<string, string>>, kind: string): string {
  const named = Object.entries(texts).filter(([name, text]) => name !== kind && text !== '');
  return named.map(([, text]) => text).join(', ');
}
