// The naive design's window counts each document that went, and none that did not.
import { expect, test } from 'vitest';
import { createSending } from './sending.ts';

/** Posts that stand still until they are let go. */
function standing() {
  const waiting: (() => void)[] = [];
  return {
    post: () => new Promise<number>((resolve) => waiting.push(() => resolve(1))),
    letGo: () => {
      for (const go of waiting.splice(0)) go();
    },
    count: () => waiting.length,
  };
}

test('documents that go at the same time count each', async () => {
  const { post, letGo } = standing();
  const sending = createSending([1, 2, 3, 4, 5], post);
  const jobs = [0, 1, 2, 3, 4].map((index) => sending.send(index));
  const sent = sending.until(60_000);
  letGo();
  await Promise.all(jobs);
  expect(await sent).toBe(5);
});

test('when the time is over, what is under way counts and nothing else begins', async () => {
  const { post, letGo, count } = standing();
  const sending = createSending([1, 2, 3], post);
  const first = sending.send(0);
  const sent = sending.until(0);
  letGo();
  expect(await sent).toBe(1);
  await first;
  await sending.send(1);
  expect(count()).toBe(0);
});
