// What a bench prints: rows of a measure beside its baseline, as a Markdown table or as one line of JSON.

/** Figures as they were measured; whoever prints rounds them. */
export interface Row {
  measure: string;
  unit: string;
  /** The figure of what is measured, Stockbook as a rule. */
  stockbook: number;
  /** What it stands beside, and that one's figure. */
  baseline: string;
  beside: number;
  /** Stockbook's figure over the other; null where a quotient says nothing. */
  ratio: number | null;
  goal: string;
}

export interface Machine {
  /** Such as '2 x AMD EPYC, 7.6 GB'. */
  hardware: string;
  /** Averages of the last 1, 5 and 15 minutes; other work on the machine shows here. */
  load: number[];
  at: string;
}

export interface Result {
  title: string;
  /** What is measured: the heading of its column, and in small letters its member in JSON. */
  subject?: string;
  machine: Machine;
  versions: Record<string, string>;
  rows: Row[];
  notes: string[];
}

export function markdownOf(result: Result): string {
  const { title, subject = subjectUsual, machine, versions, rows, notes } = result;
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const load = machine.load.map((average) => average.toFixed(1)).join(' ');
  return [
    `## ${title}`,
    '',
    `Measured ${machine.at} on ${machine.hardware} (load ${load}); ${names.join(', ')}.`,
    '',
    `| Measure | Unit | ${subject} | Beside it | Ratio | Goal |`,
    '|---|---|---:|---:|---:|---|',
    ...rows.map(markdownRow),
    '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
}

function markdownRow(row: Row): string {
  const ratio = row.ratio === null ? '' : row.ratio.toFixed(3);
  const beside = `${figure(row.beside)} (${row.baseline})`;
  return `| ${row.measure} | ${row.unit} | ${figure(row.stockbook)} | ${beside} | ${ratio} | ${row.goal} |`;
}

/** Three places below ten, two below a hundred, none from a thousand on; whole numbers stay whole. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-GB');
  const places = Math.abs(value) < 10 ? 3 : Math.abs(value) < 100 ? 2 : Math.abs(value) < 1000 ? 1 : 0;
  return value.toLocaleString('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places });
}

export function jsonOf({ subject = subjectUsual, machine, versions, rows }: Result): string {
  const named = rows.map(({ measure, unit, stockbook, ...rest }) => ({
    measure,
    unit,
    [subject.toLowerCase()]: stockbook,
    ...rest,
  }));
  return JSON.stringify({ machine, versions, rows: named });
}

const subjectUsual = 'Stockbook';

/** The middle value, or the mean of the two in the middle. Throws where there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of no values');
  return (lower + upper) / 2;
}
