// What a window at the ceiling comes to, from its calls.
import { expect, test } from 'vitest';
import { windowOf } from './ceiling-windows.ts';

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
