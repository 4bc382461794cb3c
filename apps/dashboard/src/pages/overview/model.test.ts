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
    autoSync: false,
  },
  pending: 0,
  held: 0,
  conflicts: 0,
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
  forecast: { queueClearsAt: null, callsLastUntil: null, reserve: 0 },
};

const nowMs = new Date(2026, 2, 4, 14, 0).getTime();

const action = (status: Status, records = 5) => {
  const found = healthOf(status, records, nowMs).action;
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
  expect(healthOf({ ...calm, rejected: 1 }, 5, nowMs).sentence).toBe(
    '1 record failed and waits for somebody to act. Everything else is in Xero.',
  );
  expect(action({ ...calm, pending: 5 })).toBe('sync');
  expect(action({ ...calm, held: 2 })).toBe('/queue?state=HELD');
  expect(action({ ...calm, conflicts: 1, pending: 5 })).toBe('/queue?state=CONFLICT');
});

test('an empty inventory leads to the import, a full one is at rest', () => {
  expect(action(calm, 0)).toBe('/import');
  expect(healthOf(calm, 5, nowMs)).toEqual({
    tone: 'ok',
    sentence: 'Everything that may go to Xero is there.',
  });
});

test('a parked run says why', () => {
  const activeRun = {
    id: 'r',
    state: 'PARKED',
    asked: null,
    done: 1,
    total: 9,
    parkedUntil: null,
    reason: 'The daily limit is reached.',
  } as const;
  expect(healthOf({ ...calm, activeRun }, 5, nowMs)).toMatchObject({
    tone: 'warn',
    sentence: 'The daily limit is reached.',
  });
});

test('a run that a person paused does not look as if it went on by itself', () => {
  const run = { id: 'r', done: 1, total: 9, parkedUntil: null, reason: 'Paused by Ada' } as const;
  const sentence = (state: 'RUNNING' | 'PARKED', asked: string) =>
    healthOf({ ...calm, activeRun: { ...run, state, asked } }, 5, nowMs).sentence;
  expect(sentence('RUNNING', 'pause')).toBe('The sync is pausing.');
  expect(sentence('PARKED', 'pause')).toContain('until you resume it');
  expect(sentence('RUNNING', 'stop')).toBe('The sync is stopping.');
});

test('while Xero takes no calls it says until when, and no longer', () => {
  const activeRun = {
    id: 'r',
    state: 'RUNNING',
    asked: null,
    done: 1,
    total: 9,
    parkedUntil: null,
    reason: null,
  } as const;
  const sentence = (closedMs: number) =>
    healthOf(
      { ...calm, activeRun, calls: { ...calm.calls, closedUntil: new Date(closedMs).toISOString() } },
      5,
      nowMs,
    ).sentence;
  expect(sentence(nowMs + 60_000)).toMatch(/^Waiting for Xero until 14:01/);
  expect(sentence(nowMs - 1)).toBe('Sending to Xero, in the order things were made.');
});
