// Exact decimals: every operation agrees with an independent decimal library, half away from zero.
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fixed,
  hasMorePlaces,
  multiplyDivide,
  multiplyThreeDivide,
  placesOf,
  toUnits,
} from '../src/exact.ts';
import { parseDate } from '../src/wire-date.ts';

const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

/** A plain generator with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('exact decimals', () => {
  it.each([
    [1.005, 2, 101],
    ['1.005', 2, 101],
    [-1.005, 2, -101],
    [0.1 + 0.2, 4, 3000],
    ['1e-7', 4, 0],
    [1e21, 2, undefined],
    ['12,5', 2, undefined],
    ['', 2, undefined],
    ['.5', 1, 5],
    ['-0.00005', 4, -1],
    [2.675, 2, 268],
    ['1E2', 2, 10_000],
  ])('reads %s with %i places as %s units', (sent, places, units) => {
    expect(toUnits(sent, places)).toBe(units);
  });

  it('agrees with a decimal library on thousands of products', () => {
    const next = random(7);
    for (let round = 0; round < 4_000; round += 1) {
      const quantity = Math.floor(next() * 10 ** Math.ceil(next() * 12)) * (next() < 0.2 ? -1 : 1);
      const price = Math.floor(next() * 10 ** Math.ceil(next() * 9));
      const rate = Math.floor(next() * 1_000_000);
      const product = new Exact(quantity).times(price);
      expect(multiplyDivide(quantity, price, 1_000_000)).toBe(product.div(1_000_000).round().toNumber() + 0);
      const discounted =
        product
          .times(1_000_000 - rate)
          .div(1e12)
          .round()
          .toNumber() + 0;
      expect(multiplyThreeDivide(quantity, price, 1_000_000 - rate, 1_000_000_000_000n)).toBe(discounted);
      expect(fixed(quantity, 4)).toBe(new Exact(quantity).div(10_000).toFixed(4));
    }
  });

  it('agrees with a decimal library wherever a shorter way is taken for small or plain numbers', () => {
    const units = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -20_000, max: 20_000 }));
    const divisor = fc.oneof(fc.integer({ min: 1 }), fc.constantFrom(3, 7, 1_000_000, 1_200_000));
    fc.assert(
      fc.property(units, units, divisor, fc.constantFrom(0, 2, 4, 6), (a, b, by, places) => {
        expect(fixed(a, places)).toBe(new Exact(a).div(10 ** places).toFixed(places));
        const quotient = new Exact(a).times(b).div(by).round();
        expect(multiplyDivide(a, b, by)).toBe(quotient.toNumber() + 0);
      }),
      { numRuns: 5_000 },
    );
    const numbers = fc.oneof(
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
      fc.tuple(units, fc.integer({ min: 0, max: 12 })).map(([a, places]) => a / 10 ** places),
    );
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 9 }), (sent, places) => {
        expect(hasMorePlaces(sent, places)).toBe(new Exact(String(sent)).decimalPlaces() > places);
      }),
      { numRuns: 5_000 },
    );
  });

  it('counts decimals without trailing noughts', () => {
    expect(['1.50', 1e-10, '3', '0.1234567890'].map(placesOf)).toEqual([1, 10, 0, 9]);
  });
});

describe('dates', () => {
  it.each([
    ['2026-02-28', '2026-02-28'],
    ['2026-02-30', undefined],
    ['2026-04-09T00:00:00Z', '2026-04-09'],
    ['2026-04-09T12:00:00', '2026-04-09'],
    ['2026-04-09T01:00:00+12:00', '2026-04-08'],
    ['/Date(1573755038314)/', '2019-11-14'],
    ['/Date(1573755038314+0000)/', '2019-11-14'],
    ['09/04/2026', undefined],
    ['tomorrow', undefined],
  ])('reads %s as %s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });
});
