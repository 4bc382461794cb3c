// @vitest-environment node
// What may be asked of a run follows from its state and from what was asked before.
import { expect, test } from 'vitest';
import { runButtons } from './run-asks.ts';

const words = (state: string, asked: string | null) =>
  runButtons({ state, asked }).map((button) => (button.ready ? button.word : `(${button.word})`));

test('an active run can be paused and stopped, also while it waits for Xero by itself', () => {
  for (const state of ['WAITING', 'RUNNING', 'PARKED']) expect(words(state, null)).toEqual(['Pause', 'Stop']);
});

test('what was asked and has not come about is said, and cannot be asked twice', () => {
  expect(words('RUNNING', 'pause')).toEqual(['(Pausing …)', 'Stop']);
  expect(words('RUNNING', 'stop')).toEqual(['(Stopping …)']);
});

test('a run that a person paused goes on or stops', () => {
  expect(words('PARKED', 'pause')).toEqual(['Resume', 'Stop']);
});

test('an ended run, or none, has no buttons', () => {
  for (const state of ['DONE', 'FAILED', 'STOPPED']) expect(words(state, 'stop')).toEqual([]);
  expect(runButtons(null)).toEqual([]);
});
