// When the queue clears, from figures alone.
import { expect, it } from 'vitest';
import { forecast, type Outlook } from './forecast.ts';

const hour = 3_600_000;
const outlook: Outlook = {
  callsNeeded: 120,
  callsPerMinute: 60,
  usableToday: 4_000,
  usablePerDay: 4_500,
  startMs: 0,
  dayEndsMs: 10 * hour,
};

it('clears after the calls that are needed, at the pace that was measured', () => {
  expect(forecast(outlook)).toEqual({ clearsAtMs: 120_000, lastsUntilMs: (4_000 / 60) * 60_000 });
  expect(forecast({ ...outlook, startMs: hour }).clearsAtMs).toBe(hour + 120_000);
});

it('says nothing without a pace, or with nothing to send', () => {
  expect(forecast({ ...outlook, callsPerMinute: null })).toEqual({ clearsAtMs: null, lastsUntilMs: null });
  expect(forecast({ ...outlook, callsNeeded: 0 }).clearsAtMs).toBeNull();
});

it('goes on the next day where today’s calls are used up before, and the days after it', () => {
  const next = forecast({ ...outlook, callsNeeded: 4_060 });
  expect(next.clearsAtMs).toBe(10 * hour + 60_000);
  const later = forecast({ ...outlook, callsNeeded: 4_000 + 4_500 + 60 });
  expect(later.clearsAtMs).toBe(34 * hour + 60_000);
});

it('does not say that calls run out which outlast the day', () => {
  expect(forecast({ ...outlook, dayEndsMs: hour }).lastsUntilMs).toBeNull();
});
