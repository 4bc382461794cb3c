// What the fault tests say of their seeds and of what they show can be used as it stands.
import { expect, it } from 'vitest';
import { boundOf, replayLine } from './replay.ts';

it('a failure names its seed, its commit and its command on one line', () => {
  expect(replayLine(7, 'SEED=7 npm run faults -- real-data')).toMatch(
    /^SEED=7 COMMIT=([0-9a-f]{7,}|unknown) again with: SEED=7 npm run faults -- real-data$/,
  );
});

it('what no failure shows is said as a bound', () => {
  expect(boundOf(1_000)).toBe('0 failures in 1000: below 0.3 % of schedules at 95 %');
  expect(boundOf(10_000)).toBe('0 failures in 10000: below 0.03 % of schedules at 95 %');
  expect(boundOf(870)).toBe('0 failures in 870: below 0.34 % of schedules at 95 %');
});
