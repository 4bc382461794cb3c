// Calls go as Xero's limits allow: sixty in a window, none while it is closed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeBudget, hearAnswer, minuteMax, openBudget, planCall, spendCall } from './budget.ts';

describe('the budget of calls', () => {
  it('lets sixty calls go and then waits for the next window', () => {
    let budget = openBudget();
    for (let call = 0; call < minuteMax; call += 1) {
      expect(planCall(budget, call)).toEqual({ kind: 'go' });
      budget = hearAnswer(
        spendCall(budget, call),
        { leftThisMinute: minuteMax - 1 - call, leftToday: 4_000 },
        call,
      );
    }
    const permission = planCall(budget, 100);
    expect(permission).toMatchObject({ kind: 'wait' });
    if (permission.kind === 'wait') expect(permission.untilMs).toBeGreaterThanOrEqual(60_000);
    expect(planCall(budget, 60_300)).toEqual({ kind: 'go' });
  });

  it('obeys what the headers say when somebody else uses the same organisation', () => {
    const budget = hearAnswer(spendCall(openBudget(), 0), { leftThisMinute: 0, leftToday: 10 }, 0);
    expect(planCall(budget, 1_000)).toMatchObject({ kind: 'wait' });
  });

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

  it('never lets more calls go in a fixed window than Xero has, whatever the order of answers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 200, maxLength: 400 }),
        fc.integer({ min: 0, max: 59_999 }),
        (gaps, offset) => {
          let budget = openBudget();
          let nowMs = 0;
          const windows = new Map<number, number>();
          for (const gap of gaps) {
            nowMs += gap;
            const permission = planCall(budget, nowMs);
            if (permission.kind === 'wait') nowMs = permission.untilMs;
            const window = Math.floor((nowMs + offset) / 60_000);
            const used = (windows.get(window) ?? 0) + 1;
            windows.set(window, used);
            budget = spendCall(budget, nowMs);
            const left = minuteMax - used;
            budget =
              left < 0
                ? closeBudget({ ...budget, inFlight: 0 }, (window + 1) * 60_000 - offset)
                : hearAnswer(budget, { leftThisMinute: left, leftToday: null }, nowMs);
          }
          const over = [...windows.values()].filter((used) => used > minuteMax).length;
          expect(over).toBe(0);
        },
      ),
    );
  });
});
