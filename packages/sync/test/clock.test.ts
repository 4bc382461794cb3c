// Waiting: for as long as is asked, and never no time at all.
import { expect, it } from 'vitest';
import { pause } from '../src/clock.ts';

it('a wait of more than a timer can last does not end at once', async () => {
  const halt = new AbortController();
  let isOver = false;
  const waited = pause(400 * 86_400_000, halt.signal).then(() => {
    isOver = true;
  });
  await pause(50, new AbortController().signal);
  expect(isOver).toBe(false);
  halt.abort();
  await waited;
});
