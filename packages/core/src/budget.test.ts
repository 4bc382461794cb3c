// Calls go as Xero's limits allow it: as many as there are, none too many, whatever the windows and whoever else calls.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Budget,
  closeBudget,
  dropUpdate,
  endComparison,
  hearAnswer,
  openBudget,
  ordinary,
  planCall,
  spendCall,
  type Want,
} from './budget.ts';
import { inFlightMax, minuteMax } from './minute.ts';

interface Simulated {
  /** Every other call is an update that follows a comparison. */
  pairs?: boolean;
  window: 'fixed' | 'rolling';
  offsetMs: number;
  /** Between a call and its answer, in turn. */
  latenciesMs: readonly number[];
  minutes: number;
  /** Calls that somebody else made in the first window. */
  foreign?: number;
  /** When somebody else calls, all the time. */
  foreignMs?: readonly number[];
  share?: number;
}

interface Event {
  atMs: number;
  run: () => void;
}

/** Xero's count of the calls that came, and how it refuses those over sixty. */
function gateOf(want: Simulated) {
  const counted = Array.from({ length: want.foreign ?? 0 }, () => 0);
  const windowOf = (ms: number) => Math.floor((ms + want.offsetMs) / 60_000);
  const used = (nowMs: number) =>
    counted.filter((ms) => (want.window === 'fixed' ? windowOf(ms) === windowOf(nowMs) : ms > nowMs - 60_000))
      .length;
  const freeMs = (nowMs: number) =>
    want.window === 'fixed'
      ? (windowOf(nowMs) + 1) * 60_000 - want.offsetMs
      : Math.min(...counted.filter((ms) => ms > nowMs - 60_000)) + 60_000;
  return { counted, used, freeMs };
}

/** Five slots with endless work against a gate as Xero's; answers how many calls each minute of ours came to, and how many were refused. */
function simulate(want: Simulated) {
  const events: Event[] = [];
  const { counted, used, freeMs } = gateOf(want);
  const perMinute = Array.from({ length: want.minutes }, () => 0);
  let budget: Budget = openBudget();
  let refused = 0;
  let calls = 0;
  let again = 0;
  const at = (atMs: number, run: () => void) => void events.push({ atMs, run });
  for (const ms of want.foreignMs ?? []) at(ms, () => void (used(ms) < minuteMax && counted.push(ms)));
  const wait = (nowMs: number, untilMs: number, as: Want['as']): void => {
    if (as === 'update') {
      again += 1;
      budget = dropUpdate(budget);
    }
    const askMs = as === 'update' ? nowMs : untilMs;
    at(askMs, () => slot(askMs));
  };
  const first = want.pairs ? ('comparison' as const) : undefined;
  function slot(nowMs: number, as: Want['as'] = first): void {
    const share = want.share ?? minuteMax;
    const permission = planCall(budget, nowMs, { ...ordinary, share, ...(as && { as }) });
    if (permission.kind === 'wait') {
      wait(nowMs, permission.untilMs, as);
      return;
    }
    budget = spendCall(budget, nowMs, as);
    const latencyMs = want.latenciesMs[calls++ % want.latenciesMs.length] ?? 100;
    at(nowMs + latencyMs / 2, () => {
      const arriveMs = nowMs + latencyMs / 2;
      const isRefused = used(arriveMs) >= minuteMax;
      if (isRefused) refused += 1;
      else counted.push(arriveMs);
      const retryMs = isRefused ? freeMs(arriveMs) - arriveMs : 0;
      const left = minuteMax - used(arriveMs);
      const minute = Math.floor(arriveMs / 60_000);
      if (minute < perMinute.length) perMinute[minute] = (perMinute[minute] ?? 0) + 1;
      at(nowMs + latencyMs, () => {
        budget = hearAnswer(budget, {
          allowance: { leftThisMinute: left, leftToday: null },
          nowMs: nowMs + latencyMs,
          lost: false,
          chance: 0,
        });
        const refusal = { limit: 'minute', nowMs: nowMs + latencyMs } as const;
        if (isRefused) budget = closeBudget(budget, nowMs + latencyMs + retryMs, refusal);
        const follows = as === 'comparison' && !isRefused;
        if (as === 'comparison') budget = endComparison(budget, follows);
        at(nowMs + latencyMs + 5, () => slot(nowMs + latencyMs + 5, follows ? 'update' : first));
      });
    });
  }
  for (let n = 0; n < inFlightMax; n += 1) at(n, () => slot(n));
  for (;;) {
    events.sort((a, b) => a.atMs - b.atMs);
    const next = events.shift();
    if (next === undefined || next.atMs >= want.minutes * 60_000) return { perMinute, refused, calls, again };
    next.run();
  }
}

const latencies = fc.array(fc.integer({ min: 60, max: 240 }), { minLength: 7, maxLength: 13 });
const slow = fc.array(fc.integer({ min: 1_000, max: 4_900 }), { minLength: 7, maxLength: 13 });

describe('sixty calls a minute', () => {
  it('are all used from the second minute on, and never refused: fixed windows that begin at any moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 59_999 }), latencies, (offsetMs, latenciesMs) => {
        const { perMinute, refused } = simulate({ window: 'fixed', offsetMs, latenciesMs, minutes: 8 });
        expect(refused).toBe(0);
        const steady = perMinute.slice(2, 7).reduce((sum, calls) => sum + calls, 0);
        expect(steady / 5).toBeGreaterThanOrEqual(0.95 * minuteMax);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['fixed', 'rolling'] as const)(
    'hold each update with the comparison before it, so that none is compared in vain but few, where windows are %s',
    (window) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 59_999 }), latencies, (offsetMs, latenciesMs) => {
          const simulated = { window, offsetMs, latenciesMs, minutes: 8, pairs: true };
          const { perMinute, refused, calls, again } = simulate(simulated);
          expect(refused).toBe(0);
          const steady = perMinute.slice(2, 7).reduce((sum, each) => sum + each, 0);
          expect(steady / 5).toBeGreaterThanOrEqual(0.95 * minuteMax);
          expect(again / calls).toBeLessThanOrEqual(0.05);
          // A share too small for both still carries updates.
          const small = simulate({ ...simulated, share: 1 });
          expect(small.calls).toBeGreaterThanOrEqual(14);
          expect(small.again).toBe(0);
        }),
        { numRuns: 20 },
      );
    },
  );

  it('are used where windows roll, too', () => {
    fc.assert(
      fc.property(latencies, (latenciesMs) => {
        const { perMinute, refused } = simulate({ window: 'rolling', offsetMs: 0, latenciesMs, minutes: 8 });
        expect(refused).toBe(0);
        const steady = perMinute.slice(2, 7).reduce((sum, calls) => sum + calls, 0);
        expect(steady / 5).toBeGreaterThanOrEqual(0.95 * minuteMax);
      }),
      { numRuns: 60 },
    );
  });

  it('are not refused when answers take so long that calls straddle the windows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('fixed' as const, 'rolling' as const),
        fc.integer({ min: 0, max: 59_999 }),
        slow,
        (window, offsetMs, latenciesMs) => {
          expect(simulate({ window, offsetMs, latenciesMs, minutes: 6 }).refused).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are what is left where somebody else called before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 59_999 }),
        fc.integer({ min: 1, max: 50 }),
        latencies,
        (offsetMs, foreign, latenciesMs) => {
          const { refused } = simulate({ window: 'fixed', offsetMs, latenciesMs, minutes: 4, foreign });
          expect(refused).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['fixed', 'rolling'] as const)(
    'are refused five times in a thousand at most where somebody else calls all the time, where windows are %s',
    (window) => {
      const total = { calls: 0, refused: 0 };
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 59_999 }),
          fc.array(fc.integer({ min: 0, max: 6_000 }), { minLength: 100, maxLength: 100 }),
          latencies,
          (offsetMs, gapsMs, latenciesMs) => {
            let sumMs = 0;
            const foreignMs = gapsMs.concat(gapsMs, gapsMs, gapsMs).map((gap) => {
              sumMs += gap;
              return sumMs;
            });
            const { calls, refused } = simulate({ window, offsetMs, latenciesMs, minutes: 20, foreignMs });
            total.calls += calls;
            total.refused += refused;
          },
        ),
        { numRuns: 10, seed: 9 },
      );
      expect(total.calls).toBeGreaterThan(10 * 20 * 40);
      expect(total.refused / total.calls).toBeLessThanOrEqual(0.005);
    },
  );

  it('are fewer where the app’s own limit is shared with other organisations', () => {
    const { perMinute } = simulate({
      window: 'fixed',
      offsetMs: 17_000,
      latenciesMs: [120],
      minutes: 6,
      share: 20,
    });
    for (const calls of perMinute.slice(1)) expect(calls).toBeLessThanOrEqual(20);
    expect(perMinute.slice(1).reduce((sum, calls) => sum + calls, 0)).toBeGreaterThanOrEqual(5 * 19);
  });
});

const heard = (leftThisMinute: number | null, leftToday: number | null, nowMs: number, lost = false) => ({
  allowance: { leftThisMinute, leftToday },
  nowMs,
  lost,
  chance: 0,
});
const called = (budget: Budget, answer: ReturnType<typeof heard>): Budget =>
  hearAnswer(spendCall(budget, answer.nowMs - 100), answer);

describe('waiting for Xero', () => {
  it('makes no call before Retry-After', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 200_000 }),
        (untilMs, nowMs) => {
          const permission = planCall(closeBudget(openBudget(), untilMs), nowMs);
          expect(permission.kind).toBe(nowMs < untilMs ? 'wait' : 'go');
        },
      ),
    );
  });

  it('leaves places to somebody else who calls at once, and takes them back step by step', () => {
    let budget = openBudget();
    for (let n = 0; n < 3; n += 1) budget = spendCall(budget, 0);
    budget = hearAnswer(budget, heard(57, null, 100));
    budget = closeBudget(budget, 2_000, { limit: 'concurrent', nowMs: 100 });
    expect(planCall(budget, 200)).toMatchObject({ kind: 'wait' });
    expect(planCall(budget, 5_200)).toEqual({ kind: 'go' });
    // However long nobody refused, one place more is tried at a time.
    budget = spendCall(budget, 20_000);
    expect(planCall(budget, 20_100)).toMatchObject({ kind: 'wait' });
    expect(planCall(budget, 25_100)).toEqual({ kind: 'go' });
  });

  it('tries a place that stays refused less and less often, and every five seconds again once one went through', () => {
    let budget = openBudget();
    let nowMs = 0;
    // Somebody else holds all places but two, and then none.
    const called = (free: number) => {
      const before = budget.slots;
      while (planCall(budget, nowMs).kind === 'go' && budget.inFlight <= free)
        budget = spendCall(budget, nowMs);
      const isTried = budget.slots > before;
      while (budget.inFlight > free) {
        budget = hearAnswer(budget, { ...heard(null, null, nowMs), refused: 'concurrent' });
        budget = closeBudget(budget, nowMs, { limit: 'concurrent', nowMs });
      }
      while (budget.inFlight > 0) budget = hearAnswer(budget, heard(30, null, nowMs));
      return isTried;
    };
    const tries = (free: number, untilMs: number) => {
      const times: number[] = [];
      for (const beganMs = nowMs; nowMs < beganMs + untilMs; nowMs += 5_000)
        if (called(free)) times.push((nowMs - beganMs) / 1_000);
      return times;
    };
    // The first finds three of five refused.
    for (let n = 0; n < inFlightMax; n += 1) budget = spendCall(budget, nowMs);
    called(2);
    expect(tries(2, 240_000)).toEqual([5, 15, 35, 75, 135, 195]);
    // Whatever the last pause was, it is over within a minute, and then the next places are free five seconds apart.
    expect(tries(inFlightMax, 60_000).slice(0, 3)).toEqual([15, 20, 25]);
  });

  it('sends no more calls than tell of an outage, in whatever order their answers are lost', () => {
    let budget = called(openBudget(), heard(59, 4_999, 0));
    for (let n = 0; n < inFlightMax; n += 1) budget = spendCall(budget, n);
    for (let n = 1; n < inFlightMax; n += 1) {
      budget = hearAnswer(budget, heard(null, null, 1_000 * n, true));
      expect(planCall(budget, 1_000 * n + 500)).toMatchObject({ kind: 'wait' });
    }
    budget = hearAnswer(budget, heard(59, 4_000, 6_000));
    expect(planCall(budget, 6_500)).toEqual({ kind: 'go' });
  });

  it('asks at most thirty times in an hour of outage, one call at a time, and goes on at once when it is over', () => {
    let budget = openBudget();
    let nowMs = 1_000_000;
    const endMs = nowMs + 3_600_000;
    let calls = 0;
    while (nowMs < endMs) {
      const permission = planCall(budget, nowMs);
      if (permission.kind === 'wait') {
        nowMs = permission.untilMs;
        continue;
      }
      calls += 1;
      nowMs += 100;
      budget = called(budget, heard(null, null, nowMs, true));
    }
    expect(calls).toBeLessThanOrEqual(30);
    expect(planCall(budget, nowMs)).toMatchObject({ kind: 'go' });
    expect(planCall(spendCall(budget, nowMs), nowMs)).toMatchObject({ kind: 'wait', why: 'outage' });
    budget = called(budget, heard(59, 4_000, nowMs));
    for (let n = 0; n < inFlightMax; n += 1) {
      expect(planCall(budget, nowMs)).toEqual({ kind: 'go' });
      budget = spendCall(budget, nowMs);
    }
  });

  it('does not take a minute that begins while answers are on their way for one without a limit', () => {
    /** After so many calls of which the last were told that nothing is used. */
    const after = (calls: number, whole: number) => {
      let budget = openBudget();
      for (let n = 1; n <= calls; n += 1)
        budget = called(budget, heard(n > calls - whole ? minuteMax : minuteMax - n, 4_999, n));
      return planCall(budget, 10_000).kind;
    };
    expect(after(minuteMax, inFlightMax)).toBe('wait');
    expect(after(minuteMax, inFlightMax + 1)).toBe('go');
  });
});
