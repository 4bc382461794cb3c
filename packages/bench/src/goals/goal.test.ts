// Goals are judged by their bound, and written as a table and as one line.
import { describe, expect, it } from 'vitest';
import { goalRow, goalsJson, goalsMarkdown, summarise } from './goal.ts';

const measured = {
  id: 'P1',
  measure: 'documents per call',
  baseline: 1,
  beside: 'one',
  spread: null,
  detail: { calls: 3 },
};

describe('a goal', () => {
  it('is met from its bound on', () => {
    const least = (value: number) => goalRow({ ...measured, value, wanted: { sense: '>=', bound: 47 } }).ok;
    expect([least(46.9), least(47), least(50)]).toEqual([false, true, true]);
    const most = (value: number) => goalRow({ ...measured, value, wanted: { sense: '<=', bound: 1.1 } }).ok;
    expect([most(1.0), most(1.1), most(1.2)]).toEqual([true, true, false]);
  });

  it('is the median of its windows, with the least and the most of them', () => {
    expect(summarise([3, 1, 2])).toEqual({ value: 2, spread: [1, 3] });
    expect(() => summarise([])).toThrow();
  });

  it('is a line of a table, and a member of one line of JSON', () => {
    const row = goalRow({ ...measured, value: 49.5, wanted: { sense: '>=', bound: 47 } });
    const goals = {
      machine: { hardware: 'a machine', load: [0, 0, 0], at: '2026-11-22' },
      versions: { Node: '20' },
      rows: [row],
    };
    expect(goalsMarkdown(goals)).toContain(
      '| P1 | documents per call | 49.50 | >= 47 | yes | 1 | one |  | calls 3 |',
    );
    expect(JSON.parse(goalsJson(goals)).rows).toEqual([row]);
    expect(goalsJson(goals)).not.toContain('\n');
  });
});
