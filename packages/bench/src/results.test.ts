// What a run leaves in the folder of results.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeResults } from './results.ts';

const scratch = mkdtempSync(path.join(tmpdir(), 'stockbook-test-results-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const texts = (json: string) => ({
  ...{ name: 'goals', json, markdown: `table ${json}` },
  whole: { svg: '<svg/>', readme: (text: string) => text },
});

test('every run is the latest, and only one that is saved becomes what is committed', () => {
  const folder = path.join(scratch, 'results');
  writeResults(folder, texts('1'), false);
  expect(readdirSync(folder).sort()).toEqual(['latest.json', 'latest.md']);
  writeResults(folder, texts('2'), true);
  writeResults(folder, texts('3'), false);
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  expect([read('latest.md'), read('goals.md'), read('goals.json')]).toEqual([
    'table 3\n',
    'table 2\n',
    '2\n',
  ]);
  expect(read('documents-per-minute.svg')).toBe('<svg/>');
});

test('git leaves the latest alone', () => {
  const ignored = readFileSync(new URL('../../../.gitignore', import.meta.url), 'utf8').split('\n');
  expect(ignored).toContain('packages/bench/results/latest.*');
});
