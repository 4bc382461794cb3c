// The mixed day of the bench, of which P2's least number of calls is counted.
import { expect, test } from 'vitest';
import { sizes } from './sample.ts';

test('no kind comes to whole batches: a call that is not full shows in the least number of calls', () => {
  expect(Object.values(sizes).map((size) => size % 50)).not.toContain(0);
});
