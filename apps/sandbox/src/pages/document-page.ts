// The page of a document: what it says, its lines, what was paid on it, its files, and what it posted.
import { type Document, isInvoice, openAmount } from '../document/document.ts';
import type { Organisation } from '../organisation.ts';
import { type Cell, facts, html, instant, link, money, quantity, table } from './html.ts';
import { postedBy } from './journal-pages.ts';
import { recordAddress } from './list.ts';
import type { RecordPage } from './record-page.ts';
import { files, notes, settlements } from './record-parts.ts';

export function documentPage(organisation: Organisation, document: Document): RecordPage {
  const contact = organisation.contacts.get(document.contact);
  const pairs: [string, Cell][] = [
    [
      'Contact',
      contact === undefined ? '' : link(recordAddress(organisation, 'contacts', contact.id), contact.name),
    ],
    ['Type', document.type],
    ['Status', document.status],
    ['Date', document.date],
    ['Due', isInvoice(document.type) ? document.dueDate : ''],
    ['Reference', document.reference],
    ['Amounts are', document.mode],
    ['Net', money(document.net, document.currency)],
    ['Tax', money(document.tax, document.currency)],
    ['Total', money(document.total, document.currency)],
    ['Paid', money(document.paid)],
    ['Credited', money(document.credited)],
    ['Open', money(openAmount(document))],
    ['Changed', instant(document.updatedMs)],
    ['Id', html(`<code>${document.id}</code>`)],
  ];
  const lines = document.lines.map((line) => [
    line.description,
    line.item,
    line.account,
    line.taxType,
    quantity(line.quantity),
    quantity(line.price),
    money(line.tax),
    money(line.amount),
  ]);
  const columns = [
    ...([['Description'], ['Item'], ['Account'], ['Tax type']] as const),
    ...([
      ['Quantity', 'count'],
      ['Price', 'money'],
      ['Tax', 'money'],
      ['Amount', 'money'],
    ] as const),
  ];
  const { id } = document;
  const parts = [settlements, files, notes, postedBy].map((part) => part(organisation, id)).join('');
  return {
    title: document.number || document.reference || document.type,
    body: `${facts(pairs)}<h2>Lines</h2>${table(columns, lines, 'It has no lines.')}${parts}`,
  };
}
