// The trial balance of a day: the month's movement and the year to date of every account (ACCOUNTING.md 0, N16).
import { classOf } from '../chart/account.ts';
import type { Organisation } from '../organisation.ts';
import { type BookEntry, bookEntries } from './entries.ts';

/** Cents, debits positive, by the account's id. */
export type TrialBalance = ReadonlyMap<string, { readonly month: number; readonly year: number }>;

/**
 * Balance sheet accounts accumulate from the beginning, profit and loss accounts from the start of the financial
 * year; what earlier years earned stands in retained earnings.
 */
export function trialBalance(
  organisation: Organisation,
  date: string,
  entries: Iterable<BookEntry> = bookEntries(organisation),
): TrialBalance {
  const monthStart = `${date.slice(0, 7)}-01`;
  const yearStart = yearStartOf(organisation, date);
  const retained = organisation.accounts.find('system', 'retainedearnings')?.id ?? '';
  const isProfit = new Map(
    organisation.accounts
      .ordered()
      .map(({ id, type }) => [id, ['REVENUE', 'EXPENSE'].includes(classOf(type))]),
  );
  const balances = new Map<string, { month: number; year: number }>();
  const add = (account: string, month: number, year: number): void => {
    const balance = balances.get(account);
    if (balance === undefined) balances.set(account, { month, year });
    else {
      balance.month += month;
      balance.year += year;
    }
  };
  for (const entry of entries) {
    if (entry.date > date) continue;
    const inMonth = entry.date >= monthStart;
    const earlier = entry.date < yearStart;
    for (const { account, amount } of entry.postings) {
      add(earlier && isProfit.get(account) ? retained : account, inMonth ? amount : 0, amount);
    }
  }
  return balances;
}

/** The first day of the financial year a date is in. */
export function yearStartOf(organisation: Organisation, date: string): string {
  const { yearEndMonth, yearEndDay } = organisation.record;
  const end = `${String(yearEndMonth).padStart(2, '0')}-${String(yearEndDay).padStart(2, '0')}`;
  const year = Number(date.slice(0, 4));
  const endYear = date.slice(5) <= end ? year - 1 : year;
  return new Date(Date.UTC(endYear, yearEndMonth - 1, yearEndDay + 1)).toISOString().slice(0, 10);
}
