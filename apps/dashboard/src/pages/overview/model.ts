// The health sentence: one line that says how things stand and the one thing to do next.
import { formatPlural, formatUntil } from '../../format.ts';
import type { Tone } from '../../ui/state-badge.tsx';
import { closedUntilOf } from '../shell/model.ts';
import type { Status } from '../shell/query.ts';

export interface Health {
  tone: Tone;
  sentence: string;
  action?: { kind: 'link'; href: string; words: string } | { kind: 'sync' };
}

/** What automatic sync does: the three moments at which a run opens by itself. */
export const autoSyncWords =
  'A sync opens by itself when the queue has been quiet for 2 s, holds 50 changes of one kind, or its oldest change is a minute old.';

export function healthOf(status: Status, recordCount: number, currentMs: number): Health {
  const { connection, activeRun } = status;
  if (connection.state === 'NONE')
    return {
      tone: 'info',
      sentence: 'Stockbook is not connected to Xero yet.',
      action: connect('Connect Xero'),
    };
  if (connection.state === 'CHOOSING')
    return { tone: 'warn', sentence: 'Connecting to Xero is half done.', action: connect('Go on') };
  if (connection.state === 'PAUSED')
    return {
      tone: 'bad',
      sentence: 'Connection lost: nothing goes to Xero until you reconnect.',
      action: connect('Reconnect'),
    };
  if (activeRun !== null) return runningHealth(activeRun, closedUntilOf(status.calls, currentMs), currentMs);
  if (status.rejected > 0) {
    const sentence = `${formatPlural(status.rejected, 'record', 'records')} failed and ${status.rejected === 1 ? 'waits' : 'wait'} for somebody to act.${status.pending === 0 ? ' Everything else is in Xero.' : ''}`;
    return { tone: 'bad', sentence, action: { kind: 'link', href: '/errors', words: 'View errors' } };
  }
  if (status.conflicts > 0) {
    const sentence = `${formatPlural(status.conflicts, 'record was', 'records were')} changed in Xero: choose what holds.`;
    return {
      tone: 'warn',
      sentence,
      action: { kind: 'link', href: '/queue?state=CONFLICT', words: 'Choose' },
    };
  }
  if (status.pending > 0)
    return {
      tone: 'info',
      sentence: `${formatPlural(status.pending, 'record is', 'records are')} ready to go to Xero.`,
      action: { kind: 'sync' },
    };
  if (status.held > 0) {
    const sentence = `${formatPlural(status.held, 'record is', 'records are')} held; each says why.`;
    return { tone: 'warn', sentence, action: { kind: 'link', href: '/queue?state=HELD', words: 'See why' } };
  }
  if (recordCount === 0)
    return {
      tone: 'info',
      sentence: 'There are no records here yet.',
      action: { kind: 'link', href: '/import', words: 'Import a CSV file' },
    };
  return { tone: 'ok', sentence: 'Everything that may go to Xero is there.' };
}

function runningHealth(
  run: NonNullable<Status['activeRun']>,
  closedUntil: string | undefined,
  currentMs: number,
): Health {
  if (run.asked === 'stop') return { tone: 'warn', sentence: 'The sync is stopping.' };
  if (run.asked === 'pause')
    return {
      tone: 'warn',
      sentence:
        run.state === 'PARKED'
          ? 'The sync is paused: nothing goes to Xero until you resume it.'
          : 'The sync is pausing.',
    };
  if (run.state !== 'PARKED' && closedUntil !== undefined)
    return { tone: 'warn', sentence: waitingSentence(run.reason, closedUntil, currentMs) };
  switch (run.state) {
    case 'WAITING':
      return { tone: 'info', sentence: 'A sync is about to start.' };
    case 'PARKED':
      return { tone: 'warn', sentence: run.reason ?? 'The sync is parked and goes on by itself.' };
    default:
      return {
        tone: 'info',
        sentence: 'Sending to Xero, in the order things were made.',
      };
  }
}

/** The cause is the run's own words: an outage is told apart from a limit. */
function waitingSentence(reason: string | null, closedUntil: string, currentMs: number): string {
  const until = formatUntil(closedUntil, currentMs);
  if (reason?.startsWith('Xero is down') === true || reason?.startsWith('Xero cannot be reached') === true)
    return `Xero is down: Stockbook tries again by itself at ${until}.`;
  if (reason?.startsWith('Xero gave no answer') === true)
    return `Outcome unknown: Stockbook asks Xero again at ${until}.`;
  return `Waiting for Xero until ${until}.`;
}

function connect(words: string) {
  return { kind: 'link', href: '/connect', words } as const;
}
