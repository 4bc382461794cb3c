// @vitest-environment node
// A run that does not move says why, and what makes it go on.
import { expect, test } from 'vitest';
import { formatClock } from '../../format.ts';
import type { HeldUpRun } from '../shell/obstacle.ts';
import { runLook } from './run-look.ts';
import { whyStill } from './why-still.ts';

const running: HeldUpRun = {
  ...{ state: 'RUNNING', asked: null, reason: null, hindrance: null, parkedUntil: null },
};
const nowMs = new Date(2026, 2, 4, 14, 0).getTime();
const soon = new Date(2026, 2, 4, 14, 3).toISOString();
const why = (run: Partial<HeldUpRun>, closedUntil?: string) =>
  whyStill({ ...running, ...run }, closedUntil, nowMs);

test('a run that moves has nothing to explain, one with a cause says it', () => {
  expect(why({})).toBeUndefined();
  expect(why({ reason: 'Xero does not answer' })).toBe('Xero does not answer.');
});

test('while Xero takes no calls it says until when, and not twice why', () => {
  const waits = `Waiting for Xero until ${formatClock(soon)}.`;
  const goesOn = 'Nothing to do: it goes on by itself.';
  expect(why({ reason: 'Waiting for Xero’s limit' }, soon)).toBe(
    `${waits} Xero takes no more calls before then: its limit is used up. ${goesOn}`,
  );
  expect(
    why({
      state: 'PARKED',
      parkedUntil: soon,
      hindrance: 'DAY',
      reason: 'Today’s calls to Xero are used up',
    }),
  ).toBe(`${waits} Today’s calls to Xero are used up. ${goesOn}`);
});

test('a run that waits into another day names the day', () => {
  const tomorrow = new Date(2026, 2, 5, 1, 0).toISOString();
  expect(why({ state: 'PARKED', parkedUntil: tomorrow })).toContain('05 Mar');
});

test('what a person asked is told apart from what came about', () => {
  expect(why({ asked: 'pause', reason: 'Paused by Ada' })).toBe(
    'Paused by Ada. Calls under way are finished first.',
  );
  expect(why({ state: 'PARKED', asked: 'pause', reason: 'Paused by Ada' }, soon)).toBe(
    'Paused by Ada. It goes on when somebody resumes it.',
  );
  expect(why({ state: 'STOPPED', asked: 'stop', reason: 'Stopped by Ada' })).toBe(
    'Stopped by Ada. What was not sent waits for the next sync.',
  );
});

test('a run parked without a time keeps to its cause', () => {
  expect(why({ state: 'PARKED', reason: 'Reconnect to go on' })).toBe(
    'This run is parked. Reconnect to go on.',
  );
  const past = new Date(nowMs - 1).toISOString();
  expect(why({ state: 'PARKED', parkedUntil: past })).toBe('This run is parked.');
});

test('a run that a person paused is called paused, one that waits by itself parked', () => {
  expect(runLook({ state: 'PARKED', asked: 'pause', totals: [] }).word).toBe('Paused');
  expect(runLook({ state: 'PARKED', asked: null, totals: [] }).word).toBeUndefined();
});
