// How Xero’s minutes are told from what its answers say is left.
import { expect, it } from 'vitest';
import { createMinutes, usedWhileWaiting } from './minutes.ts';

function heard(...left: (number | null)[]) {
  const minutes = createMinutes();
  for (const one of left) minutes.hear(one);
  return minutes.read();
}

it('counts a jump upwards as a new minute', () => {
  expect(heard(2, 1, 0, 59, 58)).toEqual([
    { calls: 3, left: 0 },
    { calls: 2, left: 58 },
  ]);
});
it('takes answers that come in another order for the same minute', () => {
  expect(heard(59, 56, 58, 55, 57)).toEqual([{ calls: 5, left: 55 }]);
});
it('counts a late answer to the minute it belongs to', () => {
  expect(heard(22, 59, 20, 58)).toEqual([
    { calls: 2, left: 20 },
    { calls: 2, left: 58 },
  ]);
});
it('passes over answers that say nothing', () => {
  expect(heard(null, 30, null)).toEqual([{ calls: 1, left: 30 }]);
});
it('leaves out the last minute, in which the work ran out', () => {
  expect(
    usedWhileWaiting([
      { calls: 57, left: 0 },
      { calls: 54, left: 6 },
      { calls: 3, left: 57 },
    ]),
  ).toEqual({
    used: 111,
    allowed: 117,
    minutes: 2,
  });
});
