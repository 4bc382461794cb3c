// A batch is made ready a moment before the minute has room for its call, and the call itself goes no sooner than it may.
import { openBudget } from '@stockbook/core';
import { expect, it } from 'vitest';
import type { Clock } from '../src/clock.ts';
import { createGovernor, type Governor } from '../src/governor.ts';

const startMs = Date.UTC(2027, 1, 13);
const { signal } = new AbortController();
const isUrgent = async () => false;

/** At `startMs`, of a minute whose calls were all answered just then. */
function spent(): { governor: Governor; nowMs(): number } {
  let nowMs = startMs;
  const until = async (atMs: number) => {
    nowMs = Math.max(nowMs + 1, atMs);
  };
  const clock: Clock = {
    ...{ now: async () => nowMs, until, scale: async () => 1 },
    wait: (delayMs) => until(nowMs + delayMs),
  };
  const budget = openBudget();
  const minute = { ...budget.minute, answeredMs: Array.from({ length: 60 }, () => startMs) };
  const governor = createGovernor({
    ...{ clock, start: { ...budget, minute }, share: async () => 60, chance: () => 0 },
    outage: {
      ...{ turn: () => undefined, hear: () => undefined },
      ...{ nextLookMs: (ms) => ms, isOver: async () => false },
    },
    asked: async () => undefined,
    onWait: async () => undefined,
    onReopen: async () => undefined,
  });
  return { governor, nowMs: () => nowMs };
}

it('lets a batch be made ready a second before its call may go', async () => {
  const { governor, nowMs } = spent();
  expect(await governor.ready(signal, isUrgent)).toMatchObject({ kind: 'go' });
  expect(nowMs() - startMs).toBe(59_100);
  expect(governor.budget().inFlight).toBe(0);
  expect(await governor.enter(signal, isUrgent)).toMatchObject({ kind: 'go' });
  expect(nowMs() - startMs).toBe(60_100);
  expect(governor.budget().inFlight).toBe(1);
});

it('makes nothing ready for a call that waits for another to come back', async () => {
  const { governor } = spent();
  await governor.enter(signal, isUrgent);
  const waiting = new AbortController();
  const ready = governor.ready(waiting.signal, isUrgent);
  waiting.abort();
  expect(await ready).toEqual({ kind: 'stop' });
});
