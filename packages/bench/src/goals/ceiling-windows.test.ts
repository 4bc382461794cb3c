// What a window at the ceiling comes to, from its calls.
import { expect, test } from 'vitest';
import { isUsed, windowOf } from './ceiling-windows.ts';

const minuteMs = 60_000;

test('a burst at the beginning of a minute that is not used up does not count as pace', () => {
  const startMs = 1_000_000;
  // Sixty calls within the first ten seconds of each of three minutes, and twenty more in the fourth.
  const calls = [60, 60, 60, 20].flatMap((count, minute) =>
    Array.from({ length: count }, (_, n) => ({
      atMs: startMs + minute * minuteMs + n * 150,
      documents: 50,
    })),
  );
  const endMs = startMs + 3 * minuteMs + 5_000;
  const window = windowOf({ minutesWaiting: 3 }, { startMs, endMs, documents: 10_000, throttled: 0, calls });
  expect(window).toEqual({
    ...{ documents: 10_000, throttled: 0, calls: 200 },
    ...{ perMinute: 3_000, share: 1, seconds: 185 },
  });
});

test('a call that is answered 429 counts among the calls, and uses nothing of the minute', () => {
  const startMs = 1_000_000;
  const calls = Array.from({ length: 30 }, (_, n) => ({ atMs: startMs + n * 1_000, documents: 50 }));
  const endMs = startMs + minuteMs;
  const window = windowOf({ minutesWaiting: 1 }, { startMs, endMs, documents: 1_500, throttled: 10, calls });
  expect(window).toMatchObject({ calls: 40, throttled: 10, share: 0.5 });
});

test('what was held back, refused for a limit or not even begun used nothing; what was lost on its way did', () => {
  const allowance = { leftThisMinute: null, leftToday: null };
  const failed = (kind: 'rate-limited' | 'unknown-outcome' | 'unreachable', calls: number) => {
    const failure =
      kind === 'rate-limited'
        ? { kind, limit: 'minute' as const, retryAfterMs: 1_000, message: 'Too many' }
        : { kind, status: null, message: 'Lost' };
    return isUsed({ kind: 'failed', failure, allowance, calls });
  };
  expect([failed('rate-limited', 1), failed('unreachable', 0), failed('unknown-outcome', 1)]).toEqual([
    ...[false, false, true],
  ]);
});
