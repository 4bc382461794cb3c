// When the queue clears, from figures alone.
import { expect, it } from 'vitest';
import { closeDay, hearDay, openDay } from './day.ts';
import { forecast, type Outlook, usedUp } from './forecast.ts';

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

it('does not say that calls last until now where none is left, and goes on the next day', () => {
  const none = { ...outlook, usableToday: 0 };
  expect(forecast(none)).toEqual({ clearsAtMs: 10 * hour + 120_000, lastsUntilMs: null });
  expect(forecast({ ...none, startMs: hour })).toEqual(forecast(none));
});

it('says that the day’s calls are used up, and when they come back where Xero said so', () => {
  const heard = hearDay(openDay(), 4_999, 0);
  expect(usedUp(openDay(), hour)).toEqual({ usedUp: false, returnsAtMs: null });
  expect(usedUp(heard, hour)).toEqual({ usedUp: false, returnsAtMs: null });
  // What is kept for urgent work is left, and when the day ends is not known.
  expect(usedUp(hearDay(heard, 400, hour), hour)).toEqual({ usedUp: true, returnsAtMs: null });
  const closed = closeDay(heard, hour, 9 * hour);
  expect(usedUp(closed, hour)).toEqual({ usedUp: true, returnsAtMs: 9 * hour + 1_000 });
  expect(usedUp(closed, 10 * hour)).toEqual({ usedUp: false, returnsAtMs: null });
});
