// Reports/TrialBalance: the month's movement in Debit and Credit, the year to date beside it (ACCOUNTING.md 0, N16).
import type { Visit } from '../call/visit.ts';
import { type Account, classOf } from '../chart/account.ts';
import { fixed } from '../exact.ts';
import { cashEntries } from '../ledger/cash-entries.ts';
import { type BookEntry, bookEntries } from '../ledger/entries.ts';
import { revaluations } from '../ledger/revaluation.ts';
import { trialBalance, yearStartOf } from '../ledger/trial-balance.ts';
import { option } from '../options.ts';
import { dateMs, localDate } from '../wire-date.ts';
import {
  cells,
  dateParameter,
  longDate,
  plainCells,
  type ReportMade,
  type Row,
  twoColumns,
} from './report.ts';

const sections = [
  ['REVENUE', 'Revenue'],
  ['EXPENSE', 'Expenses'],
  ['ASSET', 'Assets'],
  ['LIABILITY', 'Liabilities'],
  ['EQUITY', 'Equity'],
] as const;

/** Without `date` it answers for the end of last month; `paymentsOnly=true` for the cash basis. */
export function trialBalanceReport(visit: Visit): ReportMade {
  const { organisation } = visit;
  const today = localDate(visit.nowMs, organisation.record.timeZone);
  const date = dateParameter(visit, 'date', endOfLastMonth(today));
  if (date === undefined) return { kind: 'refused', message: 'The date parameter is not a valid date' };
  const balances = trialBalance(organisation, date, entriesOf(visit, date));
  const sums = [0, 0, 0, 0];
  const rowOf = (account: Account): Row[] => {
    const balance = balances.get(account.id);
    if (balance === undefined || (balance.month === 0 && balance.year === 0)) return [];
    const columns = [...twoColumns(balance.month), ...twoColumns(balance.year)];
    for (const [index, cents] of [balance.month, -balance.month, balance.year, -balance.year].entries())
      sums[index] = (sums[index] ?? 0) + Math.max(cents, 0);
    const name = account.code === '' ? account.name : `${account.name} (${account.code})`;
    return [{ RowType: 'Row', Cells: cells([name, ...columns], 'account', account.id) }];
  };
  const accounts = [...organisation.accounts.ordered()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const rows: Row[] = sections.map(([name, Title]) => ({
    RowType: 'Section',
    Title,
    Rows: accounts.filter((account) => classOf(account.type) === name).flatMap(rowOf),
  }));
  const header = plainCells(['Account', 'Debit', 'Credit', 'YTD Debit', 'YTD Credit']);
  const total = plainCells(['Total', ...sums.map((cents) => fixed(cents, 2))]);
  return {
    kind: 'report',
    report: {
      type: 'TrialBalance',
      name: 'Trial Balance',
      titles: [`As at ${longDate(date)}`],
      rows: [
        { RowType: 'Header', Cells: header },
        ...rows,
        { RowType: 'Section', Title: '', Rows: [{ RowType: 'SummaryRow', Cells: total }] },
      ],
    },
  };
}

function* entriesOf(visit: Visit, date: string): Generator<BookEntry> {
  const { organisation } = visit;
  const isCash = visit.query.get('paymentsOnly')?.toLowerCase() === 'true';
  yield* isCash ? cashEntries(organisation) : bookEntries(organisation);
  if (isCash || option(visit, 'unrealised-gains') === 'left-out') return;
  const days = [yearStartOf(organisation, date), `${date.slice(0, 7)}-01`].map(dayBefore);
  yield* revaluations(organisation, [...days.sort(), date]);
}

function dayBefore(date: string): string {
  return new Date(dateMs(date) - 86_400_000).toISOString().slice(0, 10);
}

function endOfLastMonth(today: string): string {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
}
