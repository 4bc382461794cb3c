// The health sentence says the one thing to do next.
import { expect, test } from 'vitest';
import type { Status } from '../shell/query.ts';
import { healthOf } from './model.ts';

const calm: Status = {
  organisation: { id: 'o', name: 'My business' },
  connection: {
    state: 'CONNECTED',
    problem: null,
    tenantName: 'Trial',
    connectedBy: 'Owner',
    sandbox: true,
    unsettled: 0,
  },
  pending: 0,
  held: 0,
  claimed: 0,
  sent: 10,
  rejected: 0,
  sentToday: 0,
  lastFullSyncAt: null,
  activeRun: null,
  lastRun: null,
  calls: {
    used: 0,
    reads: 0,
    minimum: 0,
    perDocument: null,
    leftThisMinute: null,
    leftToday: null,
    closedUntil: null,
  },
};

const action = (status: Status, records = 5) => {
  const found = healthOf(status, records).action;
  return found?.kind === 'link' ? found.href : found?.kind;
};

test('without a connection it leads to connecting, whatever else is', () => {
  expect(action({ ...calm, connection: { ...calm.connection, state: 'NONE' }, rejected: 3 })).toBe(
    '/connect',
  );
  expect(action({ ...calm, connection: { ...calm.connection, state: 'PAUSED' } })).toBe('/connect');
});

test('failures come before what waits', () => {
  expect(action({ ...calm, rejected: 1, pending: 5 })).toBe('/errors');
  expect(healthOf({ ...calm, rejected: 1 }, 5).sentence).toBe(
    '1 record failed and waits for somebody to act. Everything else is in Xero.',
  );
  expect(action({ ...calm, pending: 5 })).toBe('sync');
  expect(action({ ...calm, held: 2 })).toBe('/queue?state=HELD');
});

test('an empty inventory leads to the import, a full one is at rest', () => {
  expect(action(calm, 0)).toBe('/import');
  expect(healthOf(calm, 5)).toEqual({ tone: 'ok', sentence: 'Everything that may go to Xero is there.' });
});

test('a parked run says why', () => {
  const activeRun = {
    id: 'r',
    state: 'PARKED',
    done: 1,
    total: 9,
    parkedUntil: null,
    reason: 'The daily limit is reached.',
  } as const;
  expect(healthOf({ ...calm, activeRun }, 5)).toMatchObject({
    tone: 'warn',
    sentence: 'The daily limit is reached.',
  });
});
