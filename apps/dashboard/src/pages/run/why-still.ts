// Why a run does not move, in one or two sentences: what it waits for, and what makes it go on.
import { type HeldUpRun, runObstacle } from '../shell/obstacle.ts';

/** Undefined while nothing holds it up; `closedUntil` is the moment, still to come, before which Xero takes no call. */
export function whyStill(
  run: HeldUpRun,
  closedUntil: string | undefined,
  currentMs: number,
): string | undefined {
  const because = run.reason === null ? [] : [sentence(run.reason)];
  switch (run.state) {
    case 'DONE':
    case 'FAILED':
      return because[0];
    case 'STOPPED':
      return [because[0] ?? 'Stopped.', 'What was not sent waits for the next sync.'].join(' ');
  }
  if (run.asked === 'stop') return [...because, 'Calls under way are finished first.'].join(' ');
  if (run.asked === 'pause' && run.state !== 'PARKED')
    return [...because, 'Calls under way are finished first.'].join(' ');
  if (run.asked === 'pause') return [...because, 'It goes on when somebody resumes it.'].join(' ');
  const obstacle = runObstacle(run, closedUntil, currentMs);
  if (obstacle !== undefined) return `${obstacle.sentence}. ${obstacle.cause}`;
  if (run.state === 'PARKED') return ['This run is parked.', ...because].join(' ');
  return because[0];
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
