// The rows of the minute's ceiling: P1, P3, P4 and P6, the worse of the two kinds of windows.
import { median } from '../table.ts';
import type { Ceiling, RealPair } from './ceiling.ts';
import type { CeilingWindow } from './ceiling-windows.ts';
import { type GoalRow, goalRow, summarise } from './goal.ts';
import type { Slow } from './slow.ts';

export function ceilingRows(ceilings: readonly Ceiling[], real: RealPair, slow: Slow): GoalRow[] {
  return [perCall(ceilings, slow), share(ceilings, real), refused(ceilings), wallTime(ceilings, real)];
}

function perCall(ceilings: readonly Ceiling[], { single }: Slow): GoalRow {
  const windows = ceilings.flatMap(({ engine }) => engine);
  const values = windows.map(({ documents, calls }) => documents / calls);
  return goalRow({
    id: 'P1',
    measure: 'Documents per call, a backlog of 10,000 invoices',
    value: Math.min(...values),
    wanted: { sense: '>=', bound: 47 },
    baseline: single.documents / single.calls,
    beside: 'documents per call of the loop that sends one a call',
    spread: null,
    detail: {
      ...{ documents: windows[0]?.documents ?? 0, calls: windows[0]?.calls ?? 0 },
      ...{ 'documents of the loop': single.documents, 'calls of the loop': single.calls },
    },
  });
}

function share(ceilings: readonly Ceiling[], real: RealPair): GoalRow {
  const ofEngine = ceilings.map(({ engine, paced }) => ({
    paced,
    ...summarise(engine.map((one) => one.share)),
  }));
  const worst = ofEngine.reduce((a, b) => (b.value < a.value ? b : a));
  return goalRow({
    id: 'P3',
    measure: 'Share of the minute ceiling used while work waits',
    value: worst.value,
    wanted: { sense: '>=', bound: 0.95 },
    baseline: median(worst.paced.map((one) => one.share)),
    beside: 'share of the perfectly paced bare loop, in the same windows',
    spread: worst.spread,
    detail: {
      ...Object.fromEntries(
        ceilings.flatMap(({ windows, engine, paced }) => [
          [windows, median(engine.map((one) => one.share))],
          [`${windows}, paced loop`, median(paced.map((one) => one.share))],
        ]),
      ),
      'x1, five minutes': real.engine.share,
    },
  });
}

/** All 429 answers over all calls, of each kind of windows by itself: a median would forgive what two windows of five hold. */
function refused(ceilings: readonly Ceiling[]): GoalRow {
  const one = Math.max(...ceilings.map(({ engine }) => perThousand(engine)));
  const four = Math.max(...ceilings.map(({ fourWorkers }) => perThousand(fourWorkers)));
  const all = ceilings
    .flatMap(({ engine, fourWorkers }) => [...engine, ...fourWorkers])
    .map((window) => perThousand([window]));
  return goalRow({
    id: 'P4',
    measure: '429 answers in 1,000 calls, with one worker and with four',
    value: Math.max(one, four),
    wanted: { sense: '<=', bound: 1 },
    baseline: Math.max(...ceilings.map(({ paced }) => perThousand(paced))),
    beside: '429 answers in 1,000 calls of the perfectly paced bare loop',
    spread: [Math.min(...all), Math.max(...all)],
    detail: {
      'one worker': one,
      'four workers': four,
    },
  });
}

function perThousand(windows: readonly CeilingWindow[]): number {
  const throttled = windows.reduce((sum, one) => sum + one.throttled, 0);
  return (1_000 * throttled) / windows.reduce((sum, one) => sum + one.calls, 0);
}

function wallTime(ceilings: readonly Ceiling[], real: RealPair): GoalRow {
  const ratios = ceilings.map(({ windows, engine, paced }) => {
    const pairs = engine.map(({ seconds }, n) => seconds / (paced[n]?.seconds ?? seconds));
    return { windows, beside: median(paced.map(({ seconds }) => seconds)), ...summarise(pairs) };
  });
  const worst = ratios.reduce((a, b) => (b.value > a.value ? b : a));
  return goalRow({
    id: 'P6',
    measure: 'Wall time over that of the perfectly paced bare loop posting the same batches',
    value: worst.value,
    wanted: { sense: '<=', bound: 1.05 },
    baseline: worst.beside,
    beside: 'seconds of the perfectly paced bare loop posting the same batches',
    spread: worst.spread,
    detail: {
      ...Object.fromEntries(ratios.map(({ windows, value }) => [windows, value])),
      'x1, five minutes': real.engine.seconds / real.paced.seconds,
    },
  });
}
