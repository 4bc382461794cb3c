// Money is exact: rounding, tax per line, sums.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAmounts, negate, parseDecimal, plain, round2, sameMoney, sumTotals } from './money.ts';

describe('money', () => {
  it.each([
    ['1.005', '1.01'],
    ['-1.005', '-1.01'],
    ['2.675', '2.68'],
    ['0.004', '0.00'],
    ['12345678901234.565', '12345678901234.57'],
  ])('rounds %s half away from zero to %s', (value, rounded) => {
    expect(round2(value).toFixed(2)).toBe(rounded);
  });

  it('reckons tax per line and sums afterwards (N20)', () => {
    const line = lineAmounts({ quantity: '1', unitPrice: '0.12', taxRate: '20' });
    expect(line).toEqual({ net: '0.12', tax: '0.02' });
    expect(sumTotals([line, line, line])).toEqual({ subTotal: '0.36', totalTax: '0.06', total: '0.42' });
  });

  it('keeps a document whole: total is net plus tax for any lines', () => {
    const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => (value / 100).toFixed(2));
    fc.assert(
      fc.property(fc.array(fc.record({ net: cents, tax: cents }), { maxLength: 30 }), (lines) => {
        const { subTotal, totalTax, total } = sumTotals(lines);
        const sum = lines.reduce(
          (all, line) => all + Math.round(Number(line.net) * 100) + Math.round(Number(line.tax) * 100),
          0,
        );
        expect(Math.round(Number(total) * 100)).toBe(sum);
        expect(sameMoney(round2(subTotal).plus(totalTax), total)).toBe(true);
      }),
    );
  });

  it.each(['', 'abc', '1e3', '1,5', '--2', '1.', '.5', 'NaN', 'Infinity', '0x10', '1.123456789'])(
    'refuses %j as a decimal',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it('prints decimals plainly', () => {
    expect(plain('2.5000')).toBe('2.5');
    expect(plain('0.0000001')).toBe('0.0000001');
    expect(negate('3.10')).toBe('-3.1');
  });
});
