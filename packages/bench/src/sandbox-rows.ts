// What the sandbox's windows and pages come to, as rows of the table.
import type { Endings } from './endings.ts';
import { measureSpeed, type SpeedFigures, type SpeedWindow } from './sandbox-speed.ts';
import { median, type Result, type Row } from './table.ts';

export async function measureSandbox(
  endings: Endings,
  say: (line: string) => void,
): Promise<Pick<Result, 'subject' | 'versions' | 'rows' | 'notes'>> {
  const figures = await measureSpeed(endings, say);
  return {
    subject: 'Sandbox',
    versions: { Node: process.versions.node },
    rows: rowsOf(figures),
    notes: notesOn(figures),
  };
}

export function rowsOf({ plain, keyed, echo, memory, page, pageEcho }: SpeedFigures): Row[] {
  const goal = 'at least 200';
  const rates = (windows: SpeedWindow[]) => median(windows.map(({ calls, seconds }) => calls / seconds));
  return [
    rowOf('Calls a second', 'calls/s', rates(plain), rates(echo), goal),
    rowOf('Calls a second, each with an Idempotency-Key', 'calls/s', rates(keyed), rates(echo), goal),
    ...cpuRows(plain, echo),
    rowOf('Resident memory with 250,000 invoices', 'MB', memory[0], memory[1], 'under 2,048'),
    rowOf('A page of 1,000 invoices at that size', 'ms', median(page), median(pageEcho), 'under 300'),
  ];
}

function cpuRows(plain: SpeedWindow[], echo: SpeedWindow[]): Row[] {
  const costs = (windows: SpeedWindow[]) =>
    windows.flatMap(({ cpuMs, calls }) => (cpuMs === undefined ? [] : [cpuMs / calls]));
  if (costs(plain).length === 0 || costs(echo).length === 0) return [];
  return [rowOf('CPU per call, all its threads', 'ms/call', median(costs(plain)), median(costs(echo)), '')];
}

function rowOf(measure: string, unit: string, figure: number, beside: number, goal: string): Row {
  return {
    measure,
    unit,
    stockbook: figure,
    baseline: 'bare HTTP echo',
    beside,
    ratio: figure / beside,
    goal,
  };
}

function notesOn({ plain, keyed, page, echo }: SpeedFigures): string[] {
  const client = median(plain.map(({ clientCpuMs, calls }) => clientCpuMs / calls));
  return [
    `PUT /Invoices of 50 approved invoices of five lines, one of them of tracked stock, prepared beforehand and sent five at once by one process on the same cores (${client.toFixed(2)} ms of CPU a call); journal on, limits off. The replies are read, not parsed.`,
    `Medians of ${plain.length} windows of ${plain[0]?.calls ?? 0} calls, ${keyed.length} with keys and ${echo.length} of the echo, which gets the same bodies in turn and sends them back; all of them together are the 250,000 invoices.`,
    `Pages are medians of ${page.length} all over the list, each after a write; the echo is sent the page’s own bytes and sends them back.`,
  ];
}
