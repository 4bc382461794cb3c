// The health sentence: one line that says how things stand and the one thing to do next.
import { formatPlural } from '../../format.ts';
import type { Tone } from '../../ui/state-badge.tsx';
import type { Status } from '../shell/query.ts';

export interface Health {
  tone: Tone;
  sentence: string;
  action?: { kind: 'link'; href: string; words: string } | { kind: 'sync' };
}

/** What automatic sync does: the three moments at which a run opens by itself. */
export const autoSyncWords =
  'A sync opens by itself when the queue has been quiet for 2 s, holds 50 changes of one kind, or its oldest change is a minute old.';

/** The day is that of the Xero organisation, and is said to be another one where its time zone is not known. */
export function sentTodayWords({ timeZone }: Pick<Status, 'timeZone'>): string {
  return timeZone === 'UTC' ? 'Sent today, UTC' : 'Sent today';
}

/** How things stand where no obstacle says more. */
export function healthOf(status: Status, recordCount: number): Health {
  const { connection, activeRun } = status;
  if (connection.state === 'NONE')
    return {
      tone: 'info',
      sentence: 'Stockbook is not connected to Xero yet.',
      action: connect('Connect Xero'),
    };
  if (connection.state === 'CHOOSING')
    return { tone: 'warn', sentence: 'Connecting to Xero is half done.', action: connect('Go on') };
  if (activeRun !== null) return runningHealth(activeRun);
  if (status.rejected > 0) {
    const sentence = `${formatPlural(status.rejected, 'record', 'records')} failed and ${status.rejected === 1 ? 'waits' : 'wait'} for somebody to act.${status.pending + status.held + status.conflicts + status.claimed === 0 ? ' Everything else is in Xero.' : ''}`;
    return { tone: 'bad', sentence, action: { kind: 'link', href: '/errors', words: 'View errors' } };
  }
  if (status.claimed > 0)
    return {
      tone: 'warn',
      sentence: `${formatPlural(status.claimed, 'record was', 'records were')} on the way when the last sync ended; the next one finds out what came of it.`,
      action: { kind: 'sync' },
    };
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
  if (status.conflicts > 0) return { tone: 'ok', sentence: 'Everything else that may go to Xero is there.' };
  return { tone: 'ok', sentence: 'Everything that may go to Xero is there.' };
}

function runningHealth(run: NonNullable<Status['activeRun']>): Health {
  if (run.asked === 'stop') return { tone: 'warn', sentence: 'The sync is stopping.' };
  if (run.asked === 'pause')
    return {
      tone: 'warn',
      sentence:
        run.state === 'PARKED'
          ? 'The sync is paused: nothing goes to Xero until you resume it.'
          : 'The sync is pausing.',
    };
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

function connect(words: string) {
  return { kind: 'link', href: '/connect', words } as const;
}
