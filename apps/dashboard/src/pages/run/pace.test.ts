// @vitest-environment node
// The time left: told only when it can be, and never jumping about while records go in batches.
import { expect, test } from 'vitest';
import { createPaceMeter, formatLeft } from './pace.ts';

/** Samples a run once a second whose batches of `batch` end every `everyS` seconds. */
function run(total: number, batch: number, everyS: number, seconds: number) {
  const meter = createPaceMeter();
  return Array.from({ length: seconds }, (_, second) => {
    const done = Math.min(total, Math.floor(second / everyS) * batch);
    return { second, done, ...meter.sample(done, total, second * 1000) };
  });
}

test('it estimates until a few seconds have passed and something is done', () => {
  const meter = createPaceMeter();
  expect(meter.sample(0, 1000, 0).leftMs).toBeUndefined();
  expect(meter.sample(50, 1000, 1000).leftMs).toBeUndefined();
  expect(meter.sample(0, 1000, 2000).leftMs).toBeUndefined();
});

test('the slow first records of a run do not pass for its pace', () => {
  const meter = createPaceMeter();
  for (let second = 0; second < 6; second += 1) meter.sample(0, 448, second * 1000);
  expect(meter.sample(8, 448, 6_000).leftMs).toBeUndefined();
  expect(meter.sample(258, 448, 7_000).leftMs).toBeLessThan(10_000);
});

test('at a steady rate the time left is right and counts down', () => {
  const looks = run(6000, 50, 1, 60).filter((look) => look.second > 35);
  for (const look of looks) {
    const trueLeftMs = (120 - look.second) * 1000;
    expect(look.perSecond).toBeCloseTo(50, 0);
    expect(look.leftMs).toBeGreaterThan(trueLeftMs * 0.9);
    expect(look.leftMs).toBeLessThan(trueLeftMs * 1.1);
  }
});

test('batches of fifty every four seconds do not make it jump', () => {
  const looks = run(2000, 50, 4, 120).filter((look) => look.second > 30);
  for (const [index, look] of looks.entries()) {
    const before = looks[index - 1]?.leftMs;
    if (before === undefined || look.leftMs === undefined) continue;
    const jumpMs = Math.abs(look.leftMs - (before - 1000));
    expect(jumpMs).toBeLessThan(before * 0.06 + 500);
  }
});

test('a slower pace is taken over gently', () => {
  const meter = createPaceMeter();
  for (let second = 0; second <= 40; second += 1) meter.sample(second * 50, 10_000, second * 1000);
  const before = meter.sample(41 * 50, 10_000, 41_000).leftMs ?? 0;
  const next = meter.sample(41 * 50, 10_000, 43_000).leftMs ?? 0;
  expect(Math.abs(next - before)).toBeLessThan(before * 0.1);
});

test('nothing is left once all is done', () => {
  const looks = run(100, 50, 1, 10);
  expect(looks.at(-1)?.leftMs).toBeUndefined();
});

test('the words are coarse', () => {
  expect(formatLeft(undefined)).toBe('Estimating');
  expect(formatLeft(3_000)).toBe('A few seconds left');
  expect(formatLeft(23_000)).toBe('About 25 s left');
  expect(formatLeft(59_000)).toBe('About 1 min left');
  expect(formatLeft(200_000)).toBe('About 3 min left');
  expect(formatLeft(4_200_000)).toBe('About 1 h 10 min left');
});
