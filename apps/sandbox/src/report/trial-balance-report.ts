// Reports/TrialBalance: the month's movement in Debit and Credit, the year to date beside it (ACCOUNTING.md 0, N16).
import type { Visit } from '../call/visit.ts';
import { type Account, classOf } from '../chart/account.ts';
import { fixed } from '../exact.ts';
import { trialBalance } from '../ledger/trial-balance.ts';
import { localDate } from '../wire-date.ts';
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

/** Without `date` it answers for the end of last month. */
export function trialBalanceReport(visit: Visit): ReportMade {
  const { organisation } = visit;
  const today = localDate(visit.nowMs, organisation.record.timeZone);
  const date = dateParameter(visit, 'date', endOfLastMonth(today));
  if (date === undefined) return { kind: 'refused', message: 'The date parameter is not a valid date' };
  const balances = trialBalance(organisation, date);
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

function endOfLastMonth(today: string): string {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
}
