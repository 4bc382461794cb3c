// Reports/BankSummary: what each bank account began with, took in, gave out and ended with.
import type { Visit } from '../call/visit.ts';
import { fixed } from '../exact.ts';
import { bookEntries } from '../ledger/entries.ts';
import { localDate } from '../wire-date.ts';
import { cells, dateParameter, longDate, plainCells, type ReportMade, type Row } from './report.ts';

type Sums = { opening: number; received: number; spent: number };

/** `fromDate` to `toDate`; by default this month so far. */
export function bankSummaryReport(visit: Visit): ReportMade {
  const { organisation } = visit;
  const today = localDate(visit.nowMs, organisation.record.timeZone);
  const from = dateParameter(visit, 'fromDate', `${today.slice(0, 7)}-01`);
  const to = dateParameter(visit, 'toDate', today);
  if (from === undefined || to === undefined)
    return { kind: 'refused', message: 'The date parameter is not a valid date' };
  const banks = organisation.accounts
    .ordered()
    .filter((account) => account.type === 'BANK')
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const sums = new Map<string, Sums>(banks.map(({ id }) => [id, { opening: 0, received: 0, spent: 0 }]));
  for (const entry of bookEntries(organisation)) {
    if (entry.date > to) continue;
    for (const { account, amount } of entry.postings) {
      const sum = sums.get(account);
      if (sum === undefined) continue;
      if (entry.date < from) sum.opening += amount;
      else if (amount > 0) sum.received += amount;
      else sum.spent -= amount;
    }
  }
  const columns = ({ opening, received, spent }: Sums): string[] =>
    [opening, received, spent, opening + received - spent].map((cents) => fixed(cents, 2));
  const all: Sums = { opening: 0, received: 0, spent: 0 };
  const rows: Row[] = banks.map((account) => {
    const sum = sums.get(account.id) ?? all;
    all.opening += sum.opening;
    all.received += sum.received;
    all.spent += sum.spent;
    return { RowType: 'Row', Cells: cells([account.name, ...columns(sum)], 'accountID', account.id) };
  });
  const header = plainCells([
    'Bank Accounts',
    'Opening Balance',
    'Cash Received',
    'Cash Spent',
    'Closing Balance',
  ]);
  const total: Row = { RowType: 'SummaryRow', Cells: plainCells(['Total', ...columns(all)]) };
  return {
    kind: 'report',
    report: {
      type: 'BankSummary',
      name: 'Bank Summary',
      titles: [`From ${longDate(from)} to ${longDate(to)}`],
      rows: [
        { RowType: 'Header', Cells: header },
        { RowType: 'Section', Title: '', Rows: [...rows, total] },
      ],
    },
  };
}
