// Small pieces of HTML the pages are made of.
import { fixed } from '../exact.ts';
import { escapeHtml } from '../page.ts';

/** HTML that is safe to put in as it is. */
export type Html = { readonly html: string };
export type Cell = string | number | Html;

/** A column's head; `money` and `count` are set to the right. */
export type Column = readonly [title: string, kind?: 'money' | 'count'];

export function html(text: string): Html {
  return { html: text };
}

export function link(address: string, text: string): Html {
  return html(`<a href="${escapeHtml(address)}">${escapeHtml(text === '' ? 'without a number' : text)}</a>`);
}

export function money(cents: number, currency = ''): string {
  const [whole = '', fraction = ''] = fixed(cents, 2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${grouped}.${fraction}${currency === '' ? '' : ` ${currency}`}`;
}

/** Ten-thousandths without noughts at the end. */
export function quantity(units: number | null): string {
  return units === null ? '' : fixed(units, 4).replace(/\.?0+$/, '');
}

export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], none: string): string {
  if (rows.length === 0) return `<p class="quiet">${escapeHtml(none)}</p>`;
  const classOf = (index: number): string => (columns[index]?.[1] === undefined ? '' : ' class="number"');
  const head = columns
    .map(([title], at) => `<th scope="col"${classOf(at)}>${escapeHtml(title)}</th>`)
    .join('');
  const body = rows
    .map((row) => `<tr>${row.map((one, at) => `<td${classOf(at)}>${cell(one)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** Names and values, those without a value left out. */
export function facts(pairs: readonly (readonly [name: string, value: Cell])[]): string {
  const rows = pairs
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${cell(value)}</td></tr>`);
  return `<table class="facts"><tbody>${rows.join('\n')}</tbody></table>`;
}

/** Dates and times stay in one line. */
function cell(value: Cell): string {
  if (typeof value === 'object') return value.html;
  const text = escapeHtml(String(value));
  return /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(text) ? `<time>${text}</time>` : text;
}

export function instant(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
}
