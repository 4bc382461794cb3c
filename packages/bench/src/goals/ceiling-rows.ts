// The rows of the minute's ceiling: P1, P3, P4 and P6, the worse of the two kinds of windows.
import { median } from '../table.ts';
import type { Ceiling, CeilingWindow, RealPair } from './ceiling.ts';
import { type GoalRow, goalRow, summarise } from './goal.ts';

export function ceilingRows(ceilings: readonly Ceiling[], real: RealPair): GoalRow[] {
  return [perCall(ceilings), share(ceilings, real), refused(ceilings), wallTime(ceilings, real)];
}

function perCall(ceilings: readonly Ceiling[]): GoalRow {
  const windows = ceilings.flatMap(({ engine }) => engine);
  const values = windows.map(({ documents, calls }) => documents / calls);
  return goalRow({
    id: 'P1',
    measure: 'Documents per call, a backlog of 10,000 invoices',
    value: Math.min(...values),
    wanted: { sense: '>=', bound: 47 },
    baseline: 'one document a call',
    spread: null,
    detail: { documents: windows[0]?.documents ?? 0, calls: windows[0]?.calls ?? 0 },
  });
}

function share(ceilings: readonly Ceiling[], real: RealPair): GoalRow {
  const ofEngine = ceilings.map(({ windows, engine }) => ({
    windows,
    ...summarise(engine.map((one) => one.share)),
  }));
  const worst = ofEngine.reduce((a, b) => (b.value < a.value ? b : a));
  return goalRow({
    id: 'P3',
    measure: 'Share of the minute ceiling used while work waits',
    value: worst.value,
    wanted: { sense: '>=', bound: 0.95 },
    baseline: 'perfectly paced bare loop',
    spread: worst.spread,
    detail: {
      ...Object.fromEntries(
        ceilings.flatMap(({ windows, engine, paced }) => [
          [windows, median(engine.map((one) => one.share))],
          [`${windows}, paced loop`, median(paced.map((one) => one.share))],
        ]),
      ),
      'x1, one run': real.engine.share,
    },
  });
}

function refused(ceilings: readonly Ceiling[]): GoalRow {
  const one = ceilings.map(({ engine }) => median(engine.map(perThousand)));
  const four = ceilings.map(({ fourWorkers }) => perThousand(fourWorkers));
  const all = ceilings.flatMap(({ engine, fourWorkers }) => [...engine, fourWorkers]).map(perThousand);
  return goalRow({
    id: 'P4',
    measure: '429 answers in 1,000 calls, with one worker and with four',
    value: Math.max(...one, ...four),
    wanted: { sense: '<=', bound: 1 },
    baseline: 'perfectly paced bare loop',
    spread: [Math.min(...all), Math.max(...all)],
    detail: {
      'one worker': Math.max(...one),
      'four workers': Math.max(...four),
      'paced loop': Math.max(...ceilings.flatMap(({ paced }) => paced.map(perThousand))),
    },
  });
}

function perThousand({ throttled, calls }: CeilingWindow): number {
  return (1_000 * throttled) / calls;
}

function wallTime(ceilings: readonly Ceiling[], real: RealPair): GoalRow {
  const ratios = ceilings.map(({ windows, engine, paced }) => {
    const pairs = engine.map(({ seconds }, n) => seconds / (paced[n]?.seconds ?? seconds));
    return { windows, ...summarise(pairs) };
  });
  const worst = ratios.reduce((a, b) => (b.value > a.value ? b : a));
  return goalRow({
    id: 'P6',
    measure: 'Wall time over that of the perfectly paced bare loop posting the same batches',
    value: worst.value,
    wanted: { sense: '<=', bound: 1.05 },
    baseline: 'perfectly paced bare loop',
    spread: worst.spread,
    detail: {
      ...Object.fromEntries(ratios.map(({ windows, value }) => [windows, value])),
      'x1, one run': real.engine.seconds / real.paced.seconds,
    },
  });
}
