// The rows of P7 and P8: every pair counts, and the naive design stands beside them.
import { describe, expect, it } from 'vitest';
import { costRows } from './cost-rows.ts';

const window = (documents: number, seconds: number, cpuMs: number) => ({ documents, seconds, cpuMs });
const bare = Array.from({ length: 5 }, () => window(2_000, 1, 1_000));
const stockbook = [4, 5, 6, 7, 8].map((seconds) => window(2_000, seconds, 1_000 * seconds));
const [cost, rate] = costRows({ stockbook, bare }, window(1_000, 10, 5_000));

describe('the rows of the cost without limits', () => {
  it('say the median of the pairs, how far they swung and how many there were', () => {
    expect(cost).toMatchObject({ id: 'P7', value: 6, spread: [4, 8], ok: false, detail: { pairs: 5 } });
    expect(rate).toMatchObject({ id: 'P8', value: 1 / 6, ok: false, detail: { pairs: 5 } });
  });

  it('stand beside an Agenda job for each document', () => {
    expect(cost).toMatchObject({ baseline: 0.5, beside: expect.stringContaining('Agenda job') });
    expect(rate?.baseline).toBe(2_000);
    expect(cost?.detail['a job a document']).toBe(5);
    expect(rate?.detail['a job a document']).toBe(100);
    expect(rate?.detail['times a job a document']).toBeCloseTo(10 / 3);
  });

  it('leave out what cannot be said of jobs that sent nothing', () => {
    const [costless, rateless] = costRows({ stockbook, bare }, window(0, 20, 5_000));
    expect(costless?.detail).not.toHaveProperty('a job a document');
    expect(rateless?.detail).toMatchObject({ 'a job a document': 0 });
    expect(rateless?.detail).not.toHaveProperty('times a job a document');
  });

  it('tell the absolute figures that are wanted, and do not judge by them', () => {
    expect(cost?.detail['ms wanted, at most']).toBe(0.25);
    expect(rate?.detail['documents a second wanted, at least']).toBe(4_000);
    const slow = costRows({ stockbook: bare, bare }, window(1, 1, 1)).map(({ ok }) => ok);
    expect(slow).toEqual([true, true]);
  });
});
