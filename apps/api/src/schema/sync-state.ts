// The states people see, of records and of changes.
import { builder } from '@stockbook/sync/graphql';
import { parseWord } from './word.ts';

export const syncStates = [
  'new',
  'pending',
  'held',
  'conflict',
  'sending',
  'checking',
  'completed',
  'warning',
  'failed',
  'skipped',
] as const;

export type SyncStateName = (typeof syncStates)[number];

export const SyncState = builder.enumType('SyncState', {
  description: 'Where a record or a change stands on its way to Xero.',
  values: {
    NEW: { value: 'new', description: 'Nothing of it waits, and nothing was sent.' },
    PENDING: { value: 'pending', description: 'It waits for the next sync.' },
    HELD: {
      value: 'held',
      description: 'It waits for something else, and goes by itself once that is there.',
    },
    CONFLICT: {
      value: 'conflict',
      description: 'It was changed in Xero: a person must choose what holds.',
    },
    SENDING: { value: 'sending', description: 'It is on its way now.' },
    CHECKING: {
      value: 'checking',
      description: 'No trustworthy answer came: Stockbook looks what Xero has.',
    },
    COMPLETED: { value: 'completed', description: 'Xero has it as it is here.' },
    WARNING: { value: 'warning', description: 'Xero has it, but its totals differ.' },
    FAILED: { value: 'failed', description: 'Xero refused it: a person must act, then press Retry.' },
    SKIPPED: { value: 'skipped', description: 'It is not to be sent.' },
  } satisfies Record<string, { value: SyncStateName; description: string }>,
});

export function parseSyncState(text: string): SyncStateName {
  return parseWord(syncStates, text);
}
