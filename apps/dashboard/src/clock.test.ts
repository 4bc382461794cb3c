// @vitest-environment node
// The time of the page is the server's: whatever the browser's own clock says, and at whatever pace the server's goes.
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSecondMs, hearClock, nowMs } from './clock.ts';
import { calm } from './pages/shell/calm.ts';
import { obstacleOf } from './pages/shell/obstacle.ts';

const serverMs = Date.UTC(2026, 2, 4, 14);
const hourMs = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const waiting = {
  ...calm,
  activeRun: {
    ...{ id: 'r', state: 'RUNNING', asked: null, done: 1, total: 9 },
    ...{ parkedUntil: null, reason: null, hindrance: null },
  },
  calls: { ...calm.calls, closedUntil: new Date(serverMs + 60_000).toISOString() },
} as const;

test.each([-hourMs, hourMs])('a browser whose clock is off by %i ms counts down all the same', (offMs) => {
  vi.setSystemTime(serverMs + offMs);
  hearClock(new Date(serverMs).toISOString(), 1);
  createRoot((dispose) => {
    const secondMs = createSecondMs();
    expect(secondMs()).toBe(serverMs);
    expect(obstacleOf(waiting, secondMs())?.kind).toBe('closed');
    vi.advanceTimersByTime(59_000);
    expect(obstacleOf(waiting, secondMs())?.kind).toBe('closed');
    vi.advanceTimersByTime(2_000);
    expect(obstacleOf(waiting, secondMs())).toBeUndefined();
    dispose();
  });
});

test('a clock that goes faster is followed at its pace', () => {
  vi.setSystemTime(serverMs);
  hearClock(new Date(serverMs).toISOString(), 20);
  vi.advanceTimersByTime(3_000);
  expect(nowMs()).toBe(serverMs + 60_000);
});
