// The queue's filter in the address bar, and the words for why a change waits.
import type { EntityName } from '../../entity-path.ts';
import type { UrlFilter } from '../../url-filter.ts';
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

/** A pending change says nothing itself: it waits for a run, or for its turn in the one that goes. */
export function whyWaiting(change: Pick<QueueRow, 'state' | 'reason'>, running: boolean): string {
  if (change.reason !== null && change.reason !== '') return change.reason;
  switch (change.state) {
    case 'PENDING':
      return running ? 'Waits for its turn in this sync' : 'Waits for the next sync';
    case 'SENDING':
      return 'On its way to Xero';
    case 'CHECKING':
      return 'Xero gave no clear answer: looking whether it arrived';
    default:
      return '';
  }
}
