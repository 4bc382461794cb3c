// The rows of the mixed day, of the day's calls, of the cost without limits, of growth and of idleness.
import type { AtLimits } from '../at-limits.ts';
import type { Growth } from './backlog.ts';
import type { DayMeasured } from './day.ts';
import { type GoalRow, goalRow, summarise } from './goal.ts';
import type { Idle } from './idle.ts';

export function mixedRow({ calls, minimum, sent }: AtLimits): GoalRow {
  return goalRow({
    id: 'P2',
    measure: 'Calls used over the least possible, mixed day of four kinds',
    value: calls / minimum,
    wanted: { sense: '<=', bound: 1.1 },
    baseline: minimum,
    beside: 'the least possible calls: the sum of ceil(records / 50) over the kinds',
    spread: null,
    detail: { calls, minimum, records: sent },
  });
}

export function dayRows(day: DayMeasured): GoalRow[] {
  const { calls, callsWithUrgent, callsMax, reserve, invoices, creditNotes, single, throttled } = day;
  return [
    goalRow({
      id: 'P5',
      measure: 'Share of the day’s calls used, the last tenth only when something urgent asked for it',
      value: calls > callsMax - reserve ? 0 : callsWithUrgent / callsMax,
      wanted: { sense: '>=', bound: 1 },
      baseline: callsMax,
      beside: 'the day’s calls; the value is 0 where the reserve was touched before',
      spread: null,
      detail: {
        'calls before': calls,
        'calls with urgent changes': callsWithUrgent,
        ...{ 'calls a day': callsMax, reserve, refused: throttled },
      },
    }),
    goalRow({
      id: 'P9',
      measure: 'Sales a day over those of the loop that sends one a call, the reserve untouched',
      value: (invoices + creditNotes) / single,
      wanted: { sense: '>=', bound: 40 },
      baseline: single,
      beside: 'sales of the loop that sends one a call, in a day of the same length',
      spread: null,
      detail: { invoices, 'credit notes': creditNotes, 'one a call': single, 'calls a day': callsMax },
    }),
  ];
}

export function backlogRow(growths: readonly Growth[]): GoalRow {
  const worst = growths.reduce((a, b) => (b.perTenfold > a.perTenfold ? b : a));
  return goalRow({
    id: 'P10',
    measure: 'Growth of the time for a document with ten times the backlog, the worst of three',
    value: worst.perTenfold,
    wanted: { sense: '<=', bound: 1.15 },
    baseline: worst.msPerDocument[0]?.ms ?? null,
    beside: 'ms for a document of the shortest backlog, where it grows most',
    spread: null,
    detail: Object.fromEntries(
      growths.flatMap(({ scenario, msPerDocument }) =>
        msPerDocument.map(({ backlog, ms }) => [`${scenario}, ${backlog.toLocaleString('en-GB')}, ms`, ms]),
      ),
    ),
  });
}

/** Its value is the median of the windows' 99th percentiles; the half of GOALS 1 that is not judged stands in the parts. */
export function idleRow(windows: Idle): GoalRow {
  const p99 = windows.map((times) => quantile(times, 0.99));
  const p50 = windows.map((times) => quantile(times, 0.5));
  return goalRow({
    id: 'P11',
    measure: 'From an urgent change to the first byte at Xero when idle, 99th percentile, ms',
    ...summarise(p99),
    wanted: { sense: '<=', bound: 250 },
    baseline: null,
    beside: 'nothing: a time',
    detail: {
      p50: summarise(p50).value,
      'p50 wanted, at most': 50,
      longest: Math.max(...windows.flat()),
      changes: windows.flat().length,
      windows: windows.length,
    },
  });
}

/** The least value that so great a share does not exceed. Throws where there is none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no quantile of no values');
  return value;
}
