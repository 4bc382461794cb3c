// A goal of performance as it was measured: one value, what it stands beside, how far it swung, and whether the goal is met.
import { figure, type Machine, median } from '../table.ts';

export interface GoalRow {
  /** Such as 'P1'. */
  id: string;
  measure: string;
  /** The worse one where a goal names two cases; a share is a fraction, a time is in ms. */
  value: number;
  /** Such as '>= 47'. */
  goal: string;
  /** What was measured beside it in the same run, a figure of what `beside` names; null where the value is a time beside nothing. */
  baseline: number | null;
  beside: string;
  /** The least and the most of what the value is the median of; null where it was counted once. */
  spread: [number, number] | null;
  ok: boolean;
  detail: Record<string, number>;
}

export interface Goals {
  machine: Machine;
  versions: Record<string, string>;
  rows: GoalRow[];
}

/** What a goal asks for: at least or at most so much. */
export interface Wanted {
  sense: '>=' | '<=';
  bound: number;
}

export function goalRow(row: Omit<GoalRow, 'goal' | 'ok'> & { wanted: Wanted }): GoalRow {
  const { wanted, ...measured } = row;
  const { sense, bound } = wanted;
  const ok = sense === '>=' ? row.value >= bound : row.value <= bound;
  return { ...measured, goal: `${sense} ${bound}`, ok };
}

/** The median with its spread. Throws where there is no value. */
export function summarise(values: readonly number[]): { value: number; spread: [number, number] } {
  return { value: median(values), spread: [Math.min(...values), Math.max(...values)] };
}

export function goalsJson({ machine, versions, rows }: Goals): string {
  return JSON.stringify({ machine, versions, rows });
}

export function goalsMarkdown({ machine, versions, rows }: Goals): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const load = machine.load.map((average) => average.toFixed(1)).join(' ');
  return [
    '## Performance goals',
    '',
    `Measured ${machine.at} on ${machine.hardware} (load ${load}); ${names.join(', ')}.`,
    '',
    '| | Measure | Value | Goal | Met | Baseline | Beside | Spread | Parts |',
    '|---|---|---:|---|---|---:|---|---|---|',
    ...rows.map(markdownRow),
  ].join('\n');
}

function markdownRow(row: GoalRow): string {
  const spread = row.spread === null ? '' : row.spread.map(figure).join(' to ');
  const parts = Object.entries(row.detail).map(([name, value]) => `${name} ${figure(value)}`);
  const cells = [row.id, row.measure, figure(row.value), row.goal, row.ok ? 'yes' : 'no'];
  const baseline = row.baseline === null ? '' : figure(row.baseline);
  return `| ${[...cells, baseline, row.beside, spread, parts.join('; ')].join(' | ')} |`;
}
