// The sandbox's rows from figures that were not measured.
import { describe, expect, it } from 'vitest';
import { rowsOf } from './sandbox-rows.ts';
import type { SpeedFigures } from './sandbox-speed.ts';

const windowOf = (seconds: number, cpuMs: number | undefined) => ({
  calls: 100,
  seconds,
  cpuMs,
  clientCpuMs: 50,
});

const figures: SpeedFigures = {
  plain: [windowOf(0.25, 200), windowOf(0.5, 300), windowOf(1, 900)],
  keyed: [windowOf(1, 400)],
  echo: [windowOf(0.05, 10), windowOf(0.1, 20), windowOf(0.1, 30)],
  memory: [800, 80],
  page: [30, 10, 20],
  pageEcho: [4, 5, 6],
};

describe('the sandbox in the table', () => {
  it('has medians of windows and pages, each beside the echo', () => {
    const rows = rowsOf(figures).map(({ unit, stockbook, beside, ratio }) => [
      unit,
      stockbook,
      beside,
      ratio,
    ]);
    expect(rows).toEqual([
      ['calls/s', 200, 1000, 0.2],
      ['calls/s', 100, 1000, 0.1],
      ['ms/call', 3, 0.2, expect.closeTo(15)],
      ['MB', 800, 80, 10],
      ['ms', 20, 5, 4],
    ]);
  });
  it('leaves CPU out where the system does not tell it', () => {
    const untold = { ...figures, plain: [windowOf(1, undefined)] };
    expect(rowsOf(untold).map(({ unit }) => unit)).not.toContain('ms/call');
  });
});
