// How a run's state is shown: one that ended with failures does not look as if all were well.
import { formatCount } from '../../format.ts';

export interface RunFigures {
  state: string;
  asked: string | null;
  totals: readonly { rejected: number }[];
}

export function rejectedOf(run: RunFigures): number {
  return run.totals.reduce((sum, total) => sum + total.rejected, 0);
}

export function runLook(run: RunFigures): { state: string; word?: string } {
  // Who paused or stopped it knows a word that says more than the bare state.
  if (run.asked === 'pause' && run.state === 'PARKED') return { state: 'PARKED', word: 'Paused' };
  const rejected = rejectedOf(run);
  if (run.state !== 'DONE' || rejected === 0) return { state: run.state };
  return { state: 'WARNING', word: `Done, ${formatCount(rejected)} failed` };
}
