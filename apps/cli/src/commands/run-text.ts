// A run in words.
import type { Run } from '../documents/run.ts';
import { count, countOf, table, time } from '../table.ts';

/** One line. */
export function runText(run: Run): string {
  const state = stateText(run);
  const figures = run.total > 0 ? `, ${count(run.done)} of ${count(run.total)}` : '';
  return `${run.id} ${state}${figures}`;
}

/** What an ended run did, entity by entity. */
export function runReport(run: Run): string {
  const rows = run.totals.map(({ label, sent, rejected, held, skipped }) => {
    return [label, count(sent), count(rejected), count(held), count(skipped)];
  });
  const head = run.state === 'DONE' ? `Run ${run.id} is done.` : `Run ${run.id} ${stateText(run)}.`;
  const waits = run.throttled > 0 ? `, told to wait ${countOf(run.throttled, 'time')}` : '';
  const calls = `${countOf(run.calls, 'call')}, ${countOf(run.reads, 'read')}${waits}.`;
  const figures = rows.length > 0 ? [table(['', 'SENT', 'REJECTED', 'HELD', 'SKIPPED'], rows)] : [];
  return [head, ...figures, calls].join('\n');
}

export function rejectedOf(run: Run): number {
  return run.totals.reduce((sum, { rejected }) => sum + rejected, 0);
}

/** Why no new run opens while this one is active, and what helps. */
export function activeRunText(run: Run): string {
  const { id, state, asked, hindrance, parkedUntil, reason } = run;
  if (state !== 'PARKED') return `Run ${id} is active: stockbook sync --wait waits for it.`;
  const why = reason ? ` (${reason})` : '';
  if (asked === 'pause') return `Run ${id} is parked${why}: stockbook resume lets it go on.`;
  if (hindrance === 'CONNECTION')
    return `Run ${id} is parked${why}: stockbook connect reconnects, and it goes on by itself before any new run.`;
  const until = parkedUntil === null ? 'until it may go on' : `until ${time(parkedUntil)}`;
  return `Run ${id} is parked ${until}${why}; it goes on by itself before any new run.`;
}

function stateText({ state, parkedUntil, endedAt, reason }: Run): string {
  const why = reason ? ` (${reason})` : '';
  switch (state) {
    case 'WAITING':
      return 'waiting';
    case 'RUNNING':
      return `running${why}`;
    case 'PARKED':
      return `parked${parkedUntil ? ` until ${time(parkedUntil)}` : ''}${why}`;
    case 'DONE':
      return `done${endedAt ? ` ${time(endedAt)}` : ''}`;
    case 'FAILED':
      return `failed${why}`;
    case 'STOPPED':
      return `was stopped${why}`;
  }
}
