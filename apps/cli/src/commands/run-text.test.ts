// What a person reads of a run that is active, by what it waits for.
import { expect, it } from 'vitest';
import type { Run } from '../documents/run.ts';
import { time } from '../table.ts';
import { activeRunText } from './run-text.ts';

const running: Run = {
  ...{ id: 'r1', kind: 'MANUAL', state: 'RUNNING', startedBy: 'Ada', createdAt: '2026-11-23T06:00:00Z' },
  ...{ reason: null, hindrance: null, asked: null, parkedUntil: null, startedAt: null, endedAt: null },
  ...{ done: 0, total: 1, calls: 0, reads: 0, throttled: 0, totals: [] },
};
const parked: Run = { ...running, state: 'PARKED' };
const until = '2026-11-24T00:00:00Z';

it('says that --wait waits for a run that is under way', () => {
  expect(activeRunText(running)).toBe('Run r1 is active: stockbook sync --wait waits for it.');
});

it('says of a run that a person paused that a person lets it go on', () => {
  const text = 'Run r1 is parked (Paused by Ada): stockbook resume lets it go on.';
  expect(activeRunText({ ...parked, asked: 'pause', reason: 'Paused by Ada' })).toBe(text);
});

it('says that a lost connection is to be connected again', () => {
  const lost = 'Xero no longer accepts the connection. Reconnect to go on.';
  expect(activeRunText({ ...parked, hindrance: 'CONNECTION', reason: lost })).toBe(
    `Run r1 is parked (${lost}): stockbook connect reconnects, and it goes on by itself before any new run.`,
  );
});

it('says until when it waits for a limit, and that it then goes on by itself', () => {
  const used = { hindrance: 'DAY', reason: 'Today’s calls to Xero are used up', parkedUntil: until };
  expect(activeRunText({ ...parked, ...used })).toBe(
    `Run r1 is parked until ${time(until)} (Today’s calls to Xero are used up); it goes on by itself before any new run.`,
  );
});
