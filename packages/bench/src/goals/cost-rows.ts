// The rows of the cost without limits, P7 and P8: window by window beside the bare loop, and beside an Agenda job for each document.
import type { Window } from '../bare-loop.ts';
import type { LimitsOff } from '../limits-off.ts';
import { type GoalRow, goalRow, summarise } from './goal.ts';

const loop =
  'of the bare xero-node loop posting the same batches; in the parts an Agenda job for each document';
/** What GOALS 1 names beside the ratios, of a machine of its own: told, and judged by nobody. */
const named = { msPerDocument: 0.25, documentsPerSecond: 4_000 };

export function costRows({ stockbook, bare }: LimitsOff, agenda: Window): GoalRow[] {
  const pairs = stockbook.flatMap((ours, n) => (bare[n] === undefined ? [] : [{ ours, beside: bare[n] }]));
  const both = (figure: (window: Window) => number) => ({
    ...summarise(pairs.map(({ ours, beside }) => figure(ours) / figure(beside))),
    ours: summarise(stockbook.map(figure)).value,
    beside: summarise(bare.map(figure)).value,
  });
  const cost = both(msPerDocument);
  const rate = both(documentsPerSecond);
  return [
    goalRow({
      ...{ id: 'P7', measure: 'CPU of a document over that of the bare loop, limits off' },
      ...{ baseline: cost.beside, beside: `ms a document ${loop}` },
      ...{ value: cost.value, spread: cost.spread },
      wanted: { sense: '<=', bound: 3 },
      detail: {
        'ms a document': cost.ours,
        'ms wanted, at most': named.msPerDocument,
        ...(agenda.documents > 0 && { 'a job a document': msPerDocument(agenda) }),
        pairs: pairs.length,
      },
    }),
    goalRow({
      ...{ id: 'P8', measure: 'Documents a second over those of the bare loop, limits off' },
      ...{ baseline: rate.beside, beside: `documents a second ${loop}` },
      ...{ value: rate.value, spread: rate.spread },
      wanted: { sense: '>=', bound: 0.35 },
      detail: {
        'documents a second': rate.ours,
        'documents a second wanted, at least': named.documentsPerSecond,
        'a job a document': documentsPerSecond(agenda),
        ...(agenda.documents > 0 && { 'times a job a document': rate.ours / documentsPerSecond(agenda) }),
        pairs: pairs.length,
      },
    }),
  ];
}

function msPerDocument({ cpuMs, documents }: Window): number {
  return cpuMs / documents;
}

function documentsPerSecond({ documents, seconds }: Window): number {
  return documents / seconds;
}
