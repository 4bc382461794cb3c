// The page of an item: what it is, how much there is of it and what that is worth, and the documents it stands in.
import type { Item } from '../item/item.ts';
import type { Organisation } from '../organisation.ts';
import { type Cell, facts, html, instant, link, money, quantity, table } from './html.ts';
import type { RecordPage } from './record-page.ts';
import { notes } from './record-parts.ts';

export function itemPage(organisation: Organisation, item: Item): RecordPage {
  const pairs: [string, Cell][] = [
    ['Name', item.name],
    ['Description', item.description],
    ['Sells at', quantity(item.sales.price)],
    ['Sales account', item.sales.account],
    ['Bought at', quantity(item.purchase.price)],
    ['Purchase account', item.purchase.account],
    ['Stock account', item.inventoryAccount],
    ['In stock', item.inventoryAccount === '' ? '' : quantity(item.quantity)],
    ['Worth', item.inventoryAccount === '' ? '' : money(item.value, organisation.record.currency)],
    ['Changed', instant(item.updatedMs)],
    ['Id', html(`<code>${item.id}</code>`)],
  ];
  return { title: item.code, body: facts(pairs) + uses(organisation, item) + notes(organisation, item.id) };
}

/** The latest documents with lines of the item, which are what moves a tracked one. */
function uses(organisation: Organisation, item: Item): string {
  const lines = [organisation.invoices, organisation.creditNotes, organisation.bankTransactions]
    .flatMap((store) => store.ordered().slice(-usesMax))
    .flatMap((document) => document.lines.map((line) => ({ document, line })))
    .filter(({ line }) => line.item === item.code);
  const rows = lines
    .slice(-usesMax)
    .map(({ document, line }) => [
      document.date,
      link(`/record/${document.id}`, document.number || document.reference || document.type),
      document.type,
      document.status,
      quantity(line.quantity),
      money(line.amount, document.currency),
    ]);
  const columns = [
    ...([['Date'], ['Document'], ['Type'], ['Status']] as const),
    ...([
      ['Quantity', 'count'],
      ['Amount', 'money'],
    ] as const),
  ];
  return `<h2>In the latest documents</h2>${table(columns, rows, 'It stands in none.')}`;
}

const usesMax = 1_000;
