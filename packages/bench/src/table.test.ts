// The table and the median of a bench, without measuring anything.
import { describe, expect, it } from 'vitest';
import { figure, jsonOf, markdownOf, median, type Result } from './table.ts';

const result: Result = {
  title: 'A goal',
  machine: { hardware: '2 x Some CPU, 8.0 GB', load: [0.5, 1, 1.25], at: '2026-11-21' },
  versions: { Node: '20.20.0', PostgreSQL: '18.4' },
  rows: [
    {
      measure: 'Documents a second',
      unit: 'documents/s',
      stockbook: 2000,
      baseline: 'bare loop',
      beside: 4000.4,
      ratio: 0.49995,
      goal: 'at least 0.35',
    },
    {
      measure: '429s',
      unit: 'answers',
      stockbook: 0,
      baseline: 'calls',
      beside: 183,
      ratio: null,
      goal: 'none',
    },
  ],
  notes: ['Measured, not guessed.'],
};

describe('the median', () => {
  it('is the value in the middle, whatever the order', () => expect(median([9, 1, 5])).toBe(5));
  it('is the mean of the two in the middle of an even number', () => expect(median([4, 1, 3, 2])).toBe(2.5));
  it('is the only value of one', () => expect(median([7])).toBe(7));
  it('of nothing does not exist', () => expect(() => median([])).toThrow('no median'));
  it('leaves its values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('the table', () => {
  it('has a line for machine and versions, a row for each measure and a line for each note', () => {
    expect(markdownOf(result).split('\n')).toEqual([
      '## A goal',
      '',
      'Measured 2026-11-21 on 2 x Some CPU, 8.0 GB (load 0.5 1.0 1.3); Node 20.20.0, PostgreSQL 18.4.',
      '',
      '| Measure | Unit | Stockbook | Beside it | Ratio | Goal |',
      '|---|---|---:|---:|---:|---|',
      '| Documents a second | documents/s | 2,000 | 4,000 (bare loop) | 0.500 | at least 0.35 |',
      '| 429s | answers | 0 | 183 (calls) |  | none |',
      '',
      '- Measured, not guessed.',
    ]);
  });
  it('is one line of JSON with the figures as they were measured', () => {
    const text = jsonOf(result);
    expect(text).not.toContain('\n');
    expect(JSON.parse(text)).toEqual({
      machine: result.machine,
      versions: result.versions,
      rows: result.rows,
    });
  });
  it('names what is measured where it is not Stockbook, in the heading and in JSON', () => {
    const other: Result = { ...result, subject: 'Sandbox' };
    expect(markdownOf(other)).toContain('| Measure | Unit | Sandbox | Beside it | Ratio | Goal |');
    expect(JSON.parse(jsonOf(other)).rows[0]).toEqual({
      measure: 'Documents a second',
      unit: 'documents/s',
      sandbox: 2000,
      baseline: 'bare loop',
      beside: 4000.4,
      ratio: 0.49995,
      goal: 'at least 0.35',
    });
  });
  it('rounds by size', () => {
    expect([0.12345, 12.345, 123.45, 1234.5, 3].map(figure)).toEqual([
      '0.123',
      '12.35',
      '123.5',
      '1,235',
      '3',
    ]);
  });
});
