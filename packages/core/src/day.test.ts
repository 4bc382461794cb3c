// A day's calls: a tenth is kept back for what is urgent, and the next day is found with few calls.
import { describe, expect, it } from 'vitest';
import { closeDay, type Day, hearDay, nextAskMs, openDay, planDay, reserveOf, usableToday } from './day.ts';

const hour = 3_600_000;
const ask = { inFlight: 0, urgent: false };

describe('the calls of a day', () => {
  it('are for ordinary work but for a tenth, which waits until something urgent asks', () => {
    let day = hearDay(openDay(), 4_999, 0);
    expect(reserveOf(day)).toBe(500);
    expect(usableToday(day, false)).toBe(4_499);
    day = hearDay(day, 500, hour);
    expect(planDay(day, hour, ask)).toBeGreaterThan(hour);
    expect(planDay(day, hour, { inFlight: 0, urgent: true })).toBe(hour);
    day = hearDay(day, 0, hour);
    expect(planDay(day, hour, { inFlight: 0, urgent: true })).toBeGreaterThan(hour);
  });

  it('are learnt from what is heard, whatever the tier', () => {
    expect(reserveOf(hearDay(openDay(), 999, 0))).toBe(100);
    // Whoever connected has made some calls by then.
    expect(reserveOf(hearDay(openDay(), 4_993, 0))).toBe(500);
    expect(reserveOf(openDay())).toBe(0);
  });

  it.each([100, 990, 3_000])(
    'are learnt anew after a day without a call, %i of them left, when the tier shrank meanwhile',
    (left) => {
      const day = hearDay(hearDay(openDay(), 4_999, 0), left, hour);
      const monday = hearDay(day, 999, 49 * hour);
      expect(reserveOf(monday)).toBe(100);
      expect(usableToday(monday, false)).toBe(899);
      // A new day of the smaller tier is one as well.
      expect(reserveOf(hearDay(hearDay(monday, 200, 50 * hour), 999, 60 * hour))).toBe(100);
    },
  );

  it('begin anew when Xero said so: one call within a minute of it, none before', () => {
    const day = closeDay(hearDay(openDay(), 40, 0), hour, 5 * hour);
    const askMs = planDay(day, hour, ask);
    expect(askMs).toBeGreaterThan(5 * hour);
    expect(askMs).toBeLessThanOrEqual(5 * hour + 60_000);
    expect(planDay(day, askMs, ask)).toBe(askMs);
    expect(planDay(day, askMs, { ...ask, inFlight: 1 })).toBeGreaterThan(askMs);
  });

  // Every ten minutes of a day; whoever looks is some seconds late, which tells nothing of the day before.
  const phases = Array.from({ length: 24 * 6 }, (_, n) => n * 10 * 60_000 + 17_000);
  it.each([0, 10_000])(
    'are found by a few calls a day where Xero never said when they begin, whenever that is: to the minute within a week, looked for %i ms late',
    (lateMs) => {
      for (const beginsMs of phases) {
        const dayOf = (ms: number) => Math.floor((ms - beginsMs) / (24 * hour));
        let nowMs = 30 * hour;
        let day: Day = hearDay(openDay(), 500, nowMs);
        day = { ...day, most: 5_000 };
        let asked = 0;
        const late: number[] = [];
        for (let days = 0; days < 8; ) {
          const before = dayOf(nowMs);
          nowMs = planDay(day, nowMs, ask) + lateMs;
          asked += 1;
          const isNew = dayOf(nowMs) > before;
          day = hearDay(day, isNew ? 4_999 : (day.left ?? 0) - 1, nowMs);
          if (!isNew) continue;
          days += 1;
          late.push(nowMs - (dayOf(nowMs) * 24 * hour + beginsMs));
          // The day is used up an hour later.
          nowMs += hour;
          day = hearDay(day, 500, nowMs);
        }
        expect(asked, `a day begins ${beginsMs} ms after midnight`).toBeLessThanOrEqual(40);
        expect(late.at(-1), `a day begins ${beginsMs} ms after midnight`).toBeLessThanOrEqual(120_000);
      }
    },
  );

  it('come back a few at a time where days roll: no new day is seen in that', () => {
    const day = hearDay(hearDay(openDay(), 4_999, 0), 500, hour);
    const later = hearDay(day, 700, 2 * hour);
    expect(reserveOf(later)).toBe(500);
    expect(usableToday(later, false)).toBe(200);
    expect(nextAskMs(later)).toBeGreaterThan(2 * hour);
  });
});
