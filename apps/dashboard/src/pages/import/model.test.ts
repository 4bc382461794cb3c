// @vitest-environment node
// Choosing files.
import { expect, test } from 'vitest';
import { addFiles, fileMaxBytes, problemOf } from './model.ts';

test('a file chosen twice is there once, and files stand in the order of their names', () => {
  const first = addFiles(
    [],
    [
      { name: 'day-10.csv', size: 1 },
      { name: 'day-2.csv', size: 1 },
    ],
  );
  const second = addFiles(first, [
    { name: 'day-2.csv', size: 1 },
    { name: 'day-1.csv', size: 1 },
  ]);
  expect(second.map((file) => file.name)).toEqual(['day-1.csv', 'day-2.csv', 'day-10.csv']);
});

test('empty files and those over 500 MB are refused before they are sent', () => {
  expect(problemOf({ name: 'a.csv', size: 0 })).toBe('It is empty.');
  expect(problemOf({ name: 'a.csv', size: fileMaxBytes + 1 })).toContain('500 MB');
  expect(problemOf({ name: 'a.csv', size: fileMaxBytes })).toBeUndefined();
});
