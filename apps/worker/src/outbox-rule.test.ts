// When the outbox opens a run by itself, as a table.
import { expect, it } from 'vitest';
import { decideOpening } from './outbox-rule.ts';

const nowMs = 1_000_000;
const waiting = { oldestAtMs: nowMs - 1_000, newestAtMs: nowMs - 1_000, mostOfOneKind: 1, urgent: false };

it.each([
  ['waits while changes still come', waiting, undefined],
  ['opens when it has been quiet for two seconds', { ...waiting, newestAtMs: nowMs - 2_000 }, 'auto'],
  ['waits a little before that', { ...waiting, newestAtMs: nowMs - 1_999 }, undefined],
  ['opens when a batch of one kind is full', { ...waiting, mostOfOneKind: 50 }, 'auto'],
  ['waits for the last of a batch', { ...waiting, mostOfOneKind: 49 }, undefined],
  ['opens when the oldest has waited a minute', { ...waiting, oldestAtMs: nowMs - 60_000 }, 'auto'],
  ['opens at once for an urgent change', { ...waiting, urgent: true }, 'instant'],
])('%s', (_, figures, kind) => {
  expect(decideOpening(figures, nowMs)).toBe(kind);
});
