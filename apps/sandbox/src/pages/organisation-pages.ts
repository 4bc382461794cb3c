// The pages of an organisation: its lists, and its trial balance.
import { trialBalance } from '../ledger/trial-balance.ts';
import type { Organisation } from '../organisation.ts';
import { escapeHtml } from '../page.ts';
import { localDate } from '../wire-date.ts';
import { money, table } from './html.ts';
import type { List } from './list.ts';
import { lists } from './lists.ts';

const rowsMax = 100;

/** Links to everything of an organisation; `current` is the list that is shown. */
export function listLinks(organisation: Organisation, current: string): string {
  const base = `/organisations/${organisation.record.id}`;
  const links = [...lists, { name: 'trial-balance', title: 'Trial balance' }].map(({ name, title }) => {
    const mark = name === current ? ' aria-current="page"' : '';
    return `<a href="${base}/${name}"${mark}>${title}</a>`;
  });
  const home = '<a href="/">All organisations</a>';
  return `<nav aria-label="Lists">${[home, ...links, '<a href="/calls">Calls</a>'].join(' ')}</nav>`;
}

/** Newest changes first, a hundred a page. */
export function listBody(organisation: Organisation, list: List, page: number): string {
  const all = list.records(organisation);
  const last = Math.max(1, Math.ceil(all.length / rowsMax));
  const shown = Math.min(Math.max(1, page), last);
  const end = all.length - (shown - 1) * rowsMax;
  const records = all.slice(Math.max(0, end - rowsMax), end).reverse();
  const rows = list.rows(organisation, records);
  const turn = (to: number, text: string): string =>
    to >= 1 && to <= last ? `<a href="?page=${to}">${text}</a>` : '';
  const pages =
    last === 1
      ? ''
      : `<nav aria-label="Pages">${turn(shown - 1, 'Newer')} <span>Page ${shown} of ${last}</span> ${turn(shown + 1, 'Older')}</nav>`;
  const count = `<p class="quiet">${all.length.toLocaleString('en-GB')} in all, newest change first</p>`;
  return count + table(list.columns, rows, 'There are none.') + pages;
}

export function trialBalanceBody(organisation: Organisation, nowMs: number): string {
  const { record, accounts } = organisation;
  const date = localDate(nowMs, record.timeZone);
  const balances = [...trialBalance(organisation, date)].filter(([, { year }]) => year !== 0);
  const named = balances.map(([id, { year }]) => ({ account: accounts.get(id), year }));
  named.sort((a, b) => ((a.account?.code ?? '') < (b.account?.code ?? '') ? -1 : 1));
  const rows = named.map(({ account, year }) => [
    account?.code ?? '',
    account?.name ?? '',
    year > 0 ? money(year) : '',
    year < 0 ? money(-year) : '',
  ]);
  const debits = named.reduce((sum, { year }) => sum + Math.max(0, year), 0);
  const credits = named.reduce((sum, { year }) => sum + Math.max(0, -year), 0);
  if (rows.length > 0) rows.push(['', 'Total', money(debits), money(credits)]);
  const columns = [['Code'], ['Account'], ['Debit', 'money'], ['Credit', 'money']] as const;
  const head = `<p class="quiet">On ${escapeHtml(date)}, in ${escapeHtml(record.currency)}</p>`;
  return head + table(columns, rows, 'Nothing has been posted.');
}
