// The rows of the mixed day, of the day's calls, of the cost without limits, of growth and of idleness.
import type { AtLimits } from '../at-limits.ts';
import type { LimitsOff } from '../limits-off.ts';
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
    baseline: 'the sum of ceil(records / 50) over the kinds',
    spread: null,
    detail: { calls, minimum, records: sent },
  });
}

export function dayRows(day: DayMeasured): GoalRow[] {
  const { calls, callsMax, reserve, documents, single, throttled } = day;
  return [
    goalRow({
      id: 'P5',
      measure: 'Share of the day’s calls used by ordinary work, less the tenth kept for urgent work',
      value: calls > callsMax - reserve ? 0 : calls / (callsMax - reserve),
      wanted: { sense: '>=', bound: 0.98 },
      baseline: 'the day’s calls less the reserve; 0 where the reserve was touched',
      spread: null,
      detail: { calls, 'calls a day': callsMax, reserve, refused: throttled },
    }),
    goalRow({
      id: 'P9',
      measure: 'Documents a day over those of the loop that sends one a call, mixed sales',
      value: documents / single,
      wanted: { sense: '>=', bound: 40 },
      baseline: 'one document a call in a day of the same length',
      spread: null,
      detail: { documents, 'one a call': single, 'calls a day': callsMax },
    }),
  ];
}

export function costRows({ stockbook, bare }: LimitsOff): GoalRow[] {
  const cpu = stockbook.map((one, n) => {
    const beside = bare[n] ?? one;
    return one.cpuMs / one.documents / (beside.cpuMs / beside.documents);
  });
  const rate = stockbook.map((one, n) => {
    const beside = bare[n] ?? one;
    return one.documents / one.seconds / (beside.documents / beside.seconds);
  });
  const perDocument = (window: LimitsOff['bare'][number]) => window.cpuMs / window.documents;
  const perSecond = (window: LimitsOff['bare'][number]) => window.documents / window.seconds;
  const baseline = 'bare xero-node loop posting the same batches';
  return [
    goalRow({
      ...{ id: 'P7', measure: 'CPU of a document over that of the bare loop, limits off', baseline },
      ...summarise(cpu),
      wanted: { sense: '<=', bound: 3 },
      detail: {
        'ms a document': summarise(stockbook.map(perDocument)).value,
        'bare loop': summarise(bare.map(perDocument)).value,
      },
    }),
    goalRow({
      ...{ id: 'P8', measure: 'Documents a second over those of the bare loop, limits off', baseline },
      ...summarise(rate),
      wanted: { sense: '>=', bound: 0.35 },
      detail: {
        'documents a second': summarise(stockbook.map(perSecond)).value,
        'bare loop': summarise(bare.map(perSecond)).value,
      },
    }),
  ];
}

export function backlogRow(growths: readonly Growth[]): GoalRow {
  return goalRow({
    id: 'P10',
    measure: 'Growth of the time for a document with ten times the backlog, the worst of three',
    value: Math.max(...growths.map(({ perTenfold }) => perTenfold)),
    wanted: { sense: '<=', bound: 1.15 },
    baseline: 'a backlog of a tenth: 10,000 and 100,000',
    spread: null,
    detail: Object.fromEntries(
      growths.flatMap(({ scenario, msPerDocument }) =>
        msPerDocument.map(({ backlog, ms }) => [`${scenario}, ${backlog.toLocaleString('en-GB')}, ms`, ms]),
      ),
    ),
  });
}

export function idleRow(times: Idle): GoalRow {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return goalRow({
    id: 'P11',
    measure: 'From an urgent change to the first byte at Xero when idle, 99th percentile, ms',
    value: at(0.99),
    wanted: { sense: '<=', bound: 250 },
    baseline: 'none: a time',
    spread: [at(0), at(1)],
    detail: { p50: at(0.5), p99: at(0.99), changes: times.length },
  });
}
