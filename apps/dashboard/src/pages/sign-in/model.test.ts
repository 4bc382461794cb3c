// @vitest-environment node
// After signing in a person goes on where they wanted to go, and nowhere else.
import { expect, test } from 'vitest';
import { afterSignIn, linkProblem } from './model.ts';

test('only a path of our own is followed', () => {
  expect(afterSignIn('/errors?group=1')).toBe('/errors?group=1');
  expect(afterSignIn(undefined)).toBe('/');
  expect(afterSignIn('https://elsewhere.test')).toBe('/');
  expect(afterSignIn('//elsewhere.test')).toBe('/');
  expect(afterSignIn('/\\elsewhere.test')).toBe('/');
});

test('a used link says how to get another', () => {
  expect(linkProblem('INVALID_TOKEN')).toContain('used before');
  expect(linkProblem(undefined)).toBeUndefined();
});
