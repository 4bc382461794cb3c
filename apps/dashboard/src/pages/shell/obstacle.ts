// What stands in the way of the sync just now, in one sentence, with its cause and what helps; the same words on every page.
import { formatPlural, formatSoon, formatUntil } from '../../format.ts';
import type { Tone } from '../../ui/state-badge.tsx';
import { closedUntilOf } from './model.ts';
import { nextStepOf, type StepAction } from './next-step.ts';
import type { Status } from './query.ts';

export interface Obstacle {
  kind: 'lost' | 'half' | 'down' | 'unknown' | 'closed' | 'changed';
  tone: Tone;
  /** Such as 'Xero is down, trying again in 40 s'. */
  sentence: string;
  /** Why, and what happens next. */
  cause: string;
  /** Where more is to be seen, or what helps is to be done. */
  action?: { href: string; words: string };
  /** What a person must do before it goes on, where that is something else. */
  step?: StepAction;
}

/** What keeps everything from going, or undefined; the banner above every page tells of a lost connection, too. */
export function obstacleOf(status: Status, currentMs: number): Obstacle | undefined {
  const { connection, activeRun, calls } = status;
  if (connection.state === 'PAUSED')
    return {
      kind: 'lost',
      tone: 'bad',
      sentence: 'Connection lost: reconnect',
      cause: `${connection.problem ?? 'Xero no longer accepts the connection.'} Nothing goes until then, and nothing is lost.`,
      action: { href: '/connect', words: 'Reconnect' },
    };
  if (activeRun === null) return undefined;
  if (connection.state === 'CHOOSING')
    return {
      kind: 'half',
      tone: 'warn',
      sentence: 'Connecting to Xero is half done',
      cause: 'Nothing goes until somebody finishes it, and nothing is lost.',
      action: { href: '/connect', words: 'Go on' },
    };
  const found = runObstacle(activeRun, closedUntilOf(calls, currentMs), currentMs);
  return found && { ...found, action: { href: `/runs/${activeRun.id}`, words: 'Open run' } };
}

/** Records that wait for a person, whatever else goes. */
export function changedInXero(status: Status): Obstacle | undefined {
  const count = status.conflicts;
  if (count === 0) return undefined;
  return {
    kind: 'changed',
    tone: 'warn',
    sentence: 'Xero was changed: choose',
    cause: `${formatPlural(count, 'record was', 'records were')} changed there since both sides last agreed. Ours ${count === 1 ? 'waits' : 'wait'} until somebody chooses what holds.`,
    action: { href: '/queue?state=CONFLICT', words: 'Choose' },
  };
}

/** Records that Xero gave no answer for, unless `obstacle` tells of them. */
export function outcomeUnknown(status: Status, obstacle: Obstacle | undefined): Obstacle | undefined {
  const count = status.checking;
  if (count === 0 || obstacle?.kind === 'unknown') return undefined;
  const { finder, action: step } = nextStepOf(status);
  return {
    kind: 'unknown',
    tone: 'info',
    sentence: 'Outcome unknown: checking',
    cause: `Xero gave no answer that can be trusted for ${formatPlural(count, 'record', 'records')}, which may be there or not. ${finder} finds out before anything is sent anew.`,
    action: { href: '/queue?state=CHECKING', words: 'See which' },
    ...(step && { step }),
  };
}

export interface HeldUpRun {
  state: string;
  asked: string | null;
  reason: string | null;
  hindrance: 'LIMIT' | 'DAY' | 'RESERVE' | 'OUTAGE' | 'NETWORK' | 'ANSWER' | 'CONNECTION' | null;
  parkedUntil: string | null;
}

/** What holds a run up that nobody paused; `closedUntil` is the moment, still to come, before which Xero takes no call. */
export function runObstacle(
  run: HeldUpRun,
  closedUntil: string | undefined,
  currentMs: number,
): Obstacle | undefined {
  if (run.asked !== null || !['WAITING', 'RUNNING', 'PARKED'].includes(run.state)) return undefined;
  const given = (run.state === 'PARKED' ? run.parkedUntil : closedUntil) ?? undefined;
  const until = given !== undefined && new Date(given).getTime() > currentMs ? given : undefined;
  const soon = until === undefined ? 'now' : formatSoon(until, currentMs);
  const { hindrance } = run;
  if (hindrance === 'OUTAGE' || hindrance === 'NETWORK')
    return {
      kind: 'down',
      tone: 'warn',
      sentence: `Xero is down, trying again ${soon}`,
      cause:
        hindrance === 'OUTAGE'
          ? 'Xero gives no answer that can be trusted. Nothing to do: what waits goes by itself once Xero is back.'
          : 'Xero cannot be reached from here. Check this machine’s network; what waits goes by itself once Xero answers.',
    };
  if (hindrance === 'ANSWER')
    return {
      kind: 'unknown',
      tone: 'info',
      sentence: `Outcome unknown: checking ${soon}`,
      cause:
        'Xero gave no answer that can be trusted, so the last records may be there or not. Nothing to do: Stockbook finds out before it sends anything anew.',
    };
  if (until === undefined) return undefined;
  return {
    kind: 'closed',
    tone: 'warn',
    sentence: `Waiting for Xero until ${formatUntil(until, currentMs)}`,
    cause: `${closedCause(run)} Nothing to do: it goes on by itself.`,
  };
}

/** Of the day’s calls the run’s own words say how many are kept; of the minute’s there is nothing to add. */
function closedCause({ reason, hindrance }: HeldUpRun): string {
  if (reason === null || (hindrance !== 'DAY' && hindrance !== 'RESERVE'))
    return 'Xero takes no more calls before then: its limit is used up.';
  const words = reason.replace(/: trying again$/, '');
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
