// The health sentence says the one thing to do next.
import { expect, test } from 'vitest';
import { calm } from '../shell/calm.ts';
import type { Status } from '../shell/query.ts';
import { healthOf, sentTodayWords } from './model.ts';

const action = (status: Status, records = 5) => {
  const found = healthOf(status, records).action;
  return found?.kind === 'link' ? found.href : found?.kind;
};

test('without a connection it leads to connecting, whatever else is', () => {
  expect(action({ ...calm, connection: { ...calm.connection, state: 'NONE' }, rejected: 3 })).toBe(
    '/connect',
  );
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
  expect(healthOf(calm, 5)).toEqual({
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
    hindrance: 'DAY',
  } as const;
  expect(healthOf({ ...calm, activeRun }, 5)).toMatchObject({
    tone: 'warn',
    sentence: 'The daily limit is reached.',
  });
});

test('a run that a person paused does not look as if it went on by itself', () => {
  const run = {
    ...{ id: 'r', done: 1, total: 9 },
    ...{ parkedUntil: null, reason: 'Paused by Ada', hindrance: null },
  } as const;
  const sentence = (state: 'RUNNING' | 'PARKED', asked: string) =>
    healthOf({ ...calm, activeRun: { ...run, state, asked } }, 5).sentence;
  expect(sentence('RUNNING', 'pause')).toBe('The sync is pausing.');
  expect(sentence('PARKED', 'pause')).toContain('until you resume it');
  expect(sentence('RUNNING', 'stop')).toBe('The sync is stopping.');
});

test('what a sync left half way is told of, and the next sync offered', () => {
  const left = { ...calm, claimed: 2, checking: 1 };
  expect(healthOf(left, 5).sentence).toContain('2 records were on the way');
  expect(action(left)).toBe('sync');
  expect(healthOf({ ...left, rejected: 1 }, 5).sentence).not.toContain('Everything else');
});

test('not everything is in Xero while something waits for a person', () => {
  expect(healthOf({ ...calm, conflicts: 1 }, 5).sentence).toBe(
    'Everything else that may go to Xero is there.',
  );
  expect(healthOf({ ...calm, rejected: 1, conflicts: 1 }, 5).sentence).not.toContain('Everything else');
});

test('today is said to be UTC’s where it is not the Xero organisation’s own', () => {
  expect(sentTodayWords(calm)).toBe('Sent today');
  expect(sentTodayWords({ timeZone: 'UTC' })).toBe('Sent today, UTC');
});
