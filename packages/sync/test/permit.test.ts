// A batch is made ready a moment before the minute has room for its call, and the call itself goes no sooner than it may.
import { openBudget } from '@stockbook/core';
import { expect, it } from 'vitest';
import type { Clock } from '../src/clock.ts';
import { createGovernor, type Governor } from '../src/governor.ts';

const startMs = Date.UTC(2027, 1, 13);
const { signal } = new AbortController();
const isUrgent = async () => false;

interface Governed {
  governor: Governor;
  nowMs(): number;
}

/** At `startMs`, of a minute whose calls were all answered just then. */
function spent(): Governed {
  return governorOf(Array.from({ length: 60 }, () => startMs));
}

function governorOf(answeredMs: number[], perMinute = 60): Governed {
  let nowMs = startMs;
  const until = async (atMs: number) => {
    nowMs = Math.max(nowMs + 1, atMs);
    if (nowMs > startMs + 600_000) throw new Error('Waits for ever');
  };
  const clock: Clock = {
    ...{ now: async () => nowMs, until, scale: async () => 1 },
    wait: (delayMs) => until(nowMs + delayMs),
  };
  const budget = openBudget();
  const minute = { ...budget.minute, answeredMs };
  const governor = createGovernor({
    ...{ clock, start: { ...budget, minute }, share: async () => perMinute, chance: () => 0 },
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

it('lets a batch be made ready three seconds before its call may go', async () => {
  const { governor, nowMs } = spent();
  expect(await governor.ready(signal, isUrgent)).toMatchObject({ kind: 'go' });
  expect(nowMs() - startMs).toBe(57_100);
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

it.each([60, 1])(
  'lets a comparison be asked again while nothing is known of the minute, %d a minute',
  async (perMinute) => {
    const { governor, nowMs } = governorOf([], perMinute);
    const first = await governor.enterPair(signal, isUrgent);
    expect(first.kind).toBe('go');
    // Its token had run out: neither it nor its update is over.
    expect(await governor.enterAgain(signal, isUrgent)).toMatchObject({ kind: 'go' });
    expect(governor.budget()).toMatchObject({ inFlight: 1, comparing: 1 });
    expect(nowMs() - startMs).toBeLessThan(61_000);
  },
);
