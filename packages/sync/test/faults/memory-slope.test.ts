// The slope of memory: exact on a line, and blind to what comes before the warm-up is over.
import { expect, it } from 'vitest';
import { growthOf } from './memory-slope.ts';

it('is the rise of a line, whatever went on during the warm-up', () => {
  const warm = Array.from({ length: 10 }, (_, hour) => 100 + 1.5 * hour);
  const growth = growthOf([40, 70, 90, ...warm], 3);
  expect(growth).toMatchObject({ startMb: 40, warmMb: 100, endMb: 113.5 });
  expect(growth.slopeMb).toBeCloseTo(1.5, 10);
});

it('is little for memory that swings about one height', () => {
  const swing = Array.from({ length: 16 }, (_, hour) => 100 + (hour % 2 === 0 ? 10 : -10));
  expect(Math.abs(growthOf(swing, 0).slopeMb)).toBeLessThan(0.5);
});

it('takes two hours after the warm-up at least', () => {
  expect(() => growthOf([1, 2, 3], 2)).toThrow('3 hours are too few for a warm-up of 2');
});
