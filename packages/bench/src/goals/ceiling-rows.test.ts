// The rows of the minute's ceiling, without measuring anything.
import { describe, expect, it } from 'vitest';
import type { Ceiling } from './ceiling.ts';
import { ceilingRows } from './ceiling-rows.ts';
import type { CeilingWindow } from './ceiling-windows.ts';

const window = (throttled: number, calls = 200): CeilingWindow => ({
  ...{ documents: 10_000, calls, throttled, perMinute: 3_000, share: 1, seconds: 185 },
});
const quiet = Array.from({ length: 5 }, () => window(0));
const ceiling = (windows: Ceiling['windows'], engine: CeilingWindow[], fourWorkers = quiet): Ceiling => ({
  ...{ windows, engine, paced: quiet, fourWorkers },
});
const real = { engine: window(0), paced: window(0) };
const slow = {
  single: { documents: 240, calls: 240, perMinute: 60 },
  sleepy: { documents: 100, calls: 100, perMinute: 25 },
};
const refused = (...ceilings: Ceiling[]) => ceilingRows(ceilings, real, slow).find(({ id }) => id === 'P4');

describe('the 429 answers', () => {
  it('count in all windows: what two of five hold is not forgiven', () => {
    const row = refused(
      ceiling('fixed', [...quiet.slice(2), window(40), window(60)]),
      ceiling('rolling', quiet),
    );
    expect(row).toMatchObject({ value: 100, spread: [0, 300], ok: false });
    expect(row?.detail).toMatchObject({ 'one worker': 100, 'four workers': 0 });
  });

  it('are as many as is allowed with one in a thousand calls, in one kind of windows alone', () => {
    const one = [...quiet.slice(1), window(1)];
    expect(refused(ceiling('fixed', one), ceiling('rolling', quiet))).toMatchObject({ value: 1, ok: true });
    expect(refused(ceiling('fixed', one), ceiling('rolling', one))).toMatchObject({ value: 1, ok: true });
  });

  it('count with four workers by themselves', () => {
    const row = refused(ceiling('fixed', quiet, [...quiet.slice(1), window(1)]), ceiling('rolling', quiet));
    expect(row).toMatchObject({ value: 1, ok: true });
    const two = refused(ceiling('fixed', quiet, [...quiet.slice(1), window(2)]), ceiling('rolling', quiet));
    expect(two).toMatchObject({ value: 2, ok: false });
    expect(two?.detail).toMatchObject({ 'one worker': 0, 'four workers': 2 });
  });
});

describe('each row', () => {
  it('has the figure of what it stands beside, measured in the same run', () => {
    const rows = ceilingRows([ceiling('fixed', quiet), ceiling('rolling', quiet)], real, slow);
    expect(rows.map(({ id, baseline }) => [id, baseline])).toEqual([
      ['P1', 1],
      ['P3', 1],
      ['P4', 0],
      ['P6', 185],
    ]);
    expect(rows[0]).toMatchObject({ value: 50, detail: { 'calls of the loop': 240 } });
  });
});
