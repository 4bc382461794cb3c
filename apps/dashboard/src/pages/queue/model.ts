// The queue's filter in the address bar, and the words for why a change waits.
import type { EntityName } from '../../entity-path.ts';
import type { UrlFilter } from '../../url-filter.ts';
import type { NextStep } from '../shell/next-step.ts';
import type { QueueRow } from './query.ts';

export const queueStates = ['PENDING', 'HELD', 'CONFLICT', 'SENDING', 'CHECKING', 'FAILED'] as const;

export interface QueueFilter {
  entity?: EntityName;
  state?: (typeof queueStates)[number];
}

export function queueFilterOf(url: UrlFilter, entities: readonly EntityName[]): QueueFilter {
  const entity = url.pick('entity', entities);
  const state = url.pick('state', queueStates);
  return { ...(entity === undefined ? {} : { entity }), ...(state === undefined ? {} : { state }) };
}

/** What is known of the sync as a whole. */
export interface QueueSync {
  /** What a person must do before anything goes, or nothing; undefined while the sync's status is not known. */
  step: Pick<NextStep, 'pending' | 'checking'> | undefined;
  /** What keeps everything from going, in a sentence. */
  obstacle: string | undefined;
}

/** A pending change says nothing itself: it waits for a run, for its turn in the one that goes, or for what stops them all. */
export function whyWaiting(change: Pick<QueueRow, 'state' | 'reason'>, sync: QueueSync): string {
  if (change.reason !== null && change.reason !== '') return change.reason;
  switch (change.state) {
    case 'PENDING':
      return sync.obstacle ?? sync.step?.pending ?? '';
    case 'SENDING':
      return sync.obstacle ?? 'On its way to Xero';
    case 'CHECKING':
      return sync.step?.checking ?? 'Outcome unknown';
    default:
      return '';
  }
}
