// Words and links of the frame, worked out from the status.
import { formatCount, formatPlural } from '../../format.ts';
import type { Status } from './query.ts';

export interface Banner {
  text: string;
  /** The one action that helps, where it is to be done here. */
  link?: { href: string; words: string };
}

/** Only what blocks syncing gets a banner: a database that keeps nothing, then a lost connection; the records that failed only where neither blocks them all. */
export function bannersOf(status: Status, onlyFailure: string | undefined): Banner[] {
  const blocking: Banner[] = [];
  if (status.readOnly !== null) blocking.push({ text: status.readOnly });
  if (status.connection.state === 'PAUSED') {
    const why = status.connection.problem ?? 'Xero no longer accepts the connection.';
    blocking.push({
      text: `Connection lost: reconnect. ${why}`,
      link: { href: '/connect', words: 'Reconnect' },
    });
  }
  if (blocking.length > 0 || status.rejected === 0) return blocking;
  return [
    {
      text: `${formatPlural(status.rejected, 'record', 'records')} failed to reach Xero.`,
      link: {
        href: status.rejected === 1 && onlyFailure !== undefined ? onlyFailure : '/errors',
        words: 'View errors',
      },
    },
  ];
}

/** Until when Xero takes no call; undefined once that moment is over. */
export function closedUntilOf(calls: Status['calls'] | undefined, currentMs: number): string | undefined {
  const until = calls?.closedUntil ?? undefined;
  return until !== undefined && new Date(until).getTime() > currentMs ? until : undefined;
}

/** 'Xero calls left: 58 this minute, 4,880 today'; undefined until Xero has told. */
export function limitsOf(calls: Status['calls']): string | undefined {
  if (calls.leftThisMinute === null && calls.leftToday === null) return undefined;
  const minute =
    calls.leftThisMinute === null ? undefined : `${formatCount(calls.leftThisMinute)} this minute`;
  const day = calls.leftToday === null ? undefined : `${formatCount(calls.leftToday)} today`;
  return [minute, day].filter((part) => part !== undefined).join(', ');
}
