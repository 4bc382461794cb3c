// What Xero still allows today: how long it lasts, or that it is used up and when more comes.
import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { hearClock } from '../../clock.ts';
import { calm } from '../shell/calm.ts';
import type { Status } from '../shell/query.ts';
import { Limits } from './limits.tsx';

afterEach(cleanup);
hearClock(new Date(2026, 2, 4, 14, 0).toISOString(), 1);

const at = new Date(2026, 2, 4, 17, 30).toISOString();

function shown(leftToday: number, forecast: Partial<Status['forecast']>): string {
  const calls = { ...calm.calls, leftToday };
  const view = render(() => (
    <Limits calls={calls} forecast={{ ...calm.forecast, reserve: 500, ...forecast }} connected />
  ));
  return view.container.textContent;
}

test('calls that are left last until a moment', () => {
  const text = shown(600, { callsLastUntil: at });
  expect(text).toContain('Today’s calls last until about17:30:00');
  expect(text).not.toContain('Used up');
});

test.each<[number, string | null, string]>([
  [0, at, 'Today’s callsUsed up, until 17:30:00'],
  [500, at, 'Today’s callsUsed up but for those kept, until 17:30:00'],
  [0, null, 'Today’s callsUsed upKept'],
])(
  'of calls that are used up it says so, and when they come back: %s left, %s',
  (left, callsReturnAt, words) => {
    const text = shown(left, { callsUsedUp: true, callsReturnAt });
    expect(text).toContain(words);
    expect(text).not.toContain('last until');
  },
);
