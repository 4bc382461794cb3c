// The README's section of results: written between its marks, again and again, and nothing beside it is touched.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goalRow } from './goal.ts';
import { beginMark, endMark, readmeWith } from './readme.ts';

const row = (value: number) =>
  goalRow({
    ...{
      id: 'P1',
      measure: 'documents per call',
      baseline: 1,
      beside: 'one',
      spread: null,
      detail: {},
      value,
    },
    wanted: { sense: '>=', bound: 47 },
  });
const goals = (value: number) => ({
  machine: { hardware: 'a machine', load: [0, 0, 0], at: '2026-11-22' },
  versions: {},
  rows: [row(value)],
});

describe('the section of results', () => {
  it('takes the place of the one before, and leaves the rest alone', () => {
    const empty = `# Title\n\n${beginMark}\n${endMark}\n\n## Words\n`;
    const once = readmeWith(empty, goals(49.5));
    expect(once).toContain('| P1 | documents per call | 49.50 | >= 47 | yes |');
    expect(once).toContain('All goals are met.');
    expect(once).toContain('documents-per-minute.svg');
    const twice = readmeWith(once, goals(40));
    expect(twice).toContain('1 of 1 goals is missed.');
    expect(twice).not.toContain('49.50');
    expect(twice.startsWith('# Title\n\n')).toBe(true);
    expect(twice.endsWith(`${endMark}\n\n## Words\n`)).toBe(true);
  });

  it('has its place in the README', () => {
    const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
    expect(readmeWith(readme, goals(49.5))).toContain('## How fast it is');
    expect(() => readmeWith('# Title', goals(1))).toThrow('README.md must hold the lines');
  });
});
