// Answer times with and without jitter.
import { describe, expect, it } from 'vitest';
import { createLatency } from './latency.ts';

const many = (latency: ReturnType<typeof createLatency>, path = '/Items') =>
  Array.from({ length: 1_000 }, () => latency.of('PUT', path));

describe('the answer time', () => {
  it('swings evenly around its middle, no further than its jitter', () => {
    const times = many(createLatency({ ms: 120, jitterMs: 40 }));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(80);
    expect(Math.min(...times)).toBeLessThan(82);
    expect(Math.max(...times)).toBeLessThanOrEqual(160);
    expect(Math.max(...times)).toBeGreaterThan(158);
    expect(times.reduce((sum, ms) => sum + ms, 0) / times.length).toBeCloseTo(120, -1);
  });

  it('is drawn from a seed: the same at each start', () => {
    const time = { ms: 120, jitterMs: 40 };
    expect(many(createLatency(time))).toEqual(many(createLatency(time)));
  });

  it('is never below 0, and stands still without jitter', () => {
    expect(Math.min(...many(createLatency({ ms: 1, jitterMs: 40 })))).toBe(0);
    expect(new Set(many(createLatency({ ms: 120, jitterMs: 0 })))).toEqual(new Set([120]));
  });

  it('may swing for some calls alone', () => {
    const latency = createLatency({ ms: 10, jitterMs: 0 });
    latency.set({ ms: 120, jitterMs: 40 }, 'PUT', '/Invoices');
    expect(new Set(many(latency, '/Invoices')).size).toBeGreaterThan(900);
    expect(new Set(many(latency))).toEqual(new Set([10]));
  });
});
