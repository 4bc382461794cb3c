// The rows of one part each: what the value is of, and how far it swung.
import { describe, expect, it } from 'vitest';
import { dayRows, idleRow } from './part-rows.ts';

describe('an urgent change while idle', () => {
  const upTo = (most: number) => Array.from({ length: 100 }, (_, n) => (most * (n + 1)) / 100);

  it('is the median of its windows by their 99th percentile, and swings between them', () => {
    const row = idleRow([100, 500, 200, 300, 400].map(upTo));
    expect(row).toMatchObject({ value: 297, spread: [99, 495], ok: false });
    expect(row.detail).toEqual({
      p50: 150,
      'p50 wanted, at most': 50,
      longest: 500,
      changes: 500,
      windows: 5,
    });
  });

  it('has a least value above nothing', () => expect(idleRow([[7]]).spread).toEqual([7, 7]));
});

describe('a day of calls', () => {
  const day = {
    ...{ callsMax: 1_000, reserve: 100, calls: 900, callsWithUrgent: 1_000 },
    ...{ invoices: 36_000, creditNotes: 6_000, throttled: 0, single: 1_000 },
  };
  const values = (other: Partial<typeof day>) => dayRows({ ...day, ...other }).map(({ value }) => value);

  it('is used whole once something urgent asked for the reserve', () => {
    expect(dayRows(day)).toMatchObject([
      { id: 'P5', value: 1, ok: true },
      { id: 'P9', value: 42, ok: true },
    ]);
    expect(dayRows({ ...day, callsWithUrgent: 999 })[0]?.ok).toBe(false);
  });

  it('is nothing where ordinary work touched the reserve', () => expect(values({ calls: 901 })[0]).toBe(0));

  it('counts sales alone, of both kinds', () => expect(values({ creditNotes: 0 })[1]).toBe(36));
});
