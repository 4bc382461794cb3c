// @vitest-environment node
// What stands in the way is said in one sentence, with its cause and what helps.
import { expect, test } from 'vitest';
import { calm } from './calm.ts';
import type { Standing } from './next-step.ts';
import { changedInXero, type Obstacle, obstacleOf, outcomeUnknown } from './obstacle.ts';
import type { Status } from './query.ts';

const nowMs = new Date(2026, 2, 4, 14, 0).getTime();
const at = (ms: number) => new Date(nowMs + ms).toISOString();

type Run = NonNullable<Status['activeRun']>;
const running: Run = {
  ...{ id: 'r', state: 'RUNNING', asked: null, done: 1, total: 9 },
  ...{ parkedUntil: null, reason: null, hindrance: null },
};

function found(run: Partial<Run>, closedUntil: string | null = null) {
  const activeRun = { ...running, ...run };
  return obstacleOf({ ...calm, activeRun, calls: { ...calm.calls, closedUntil } }, nowMs);
}

test('nothing stands in the way of a sync that goes, or of none', () => {
  expect(obstacleOf(calm, nowMs)).toBeUndefined();
  expect(found({})).toBeUndefined();
  expect(found({}, at(-1))).toBeUndefined();
});

test('a lost connection leads to reconnecting, whatever else is', () => {
  const connection = { ...calm.connection, state: 'PAUSED', problem: 'Xero ended the access.' } as const;
  expect(obstacleOf({ ...calm, connection, activeRun: running }, nowMs)).toMatchObject({
    sentence: 'Connection lost: reconnect',
    cause: expect.stringContaining('Xero ended the access.'),
    action: { href: '/connect', words: 'Reconnect' },
  });
});

test('a limit is waited for until its moment, with the cause where it says more', () => {
  expect(found({}, at(180_000))).toMatchObject({
    kind: 'closed',
    sentence: 'Waiting for Xero until 14:03:00',
    action: { href: '/runs/r' },
  });
  const parked = {
    state: 'PARKED',
    parkedUntil: at(180_000),
    reason: 'Today’s calls to Xero are used up',
    hindrance: 'DAY',
  } as const;
  expect(found(parked)?.cause).toBe(
    'Today’s calls to Xero are used up. Nothing to do: it goes on by itself.',
  );
});

test('an outage counts down, and is not taken for a limit or for work while a try is under way', () => {
  const down = { reason: 'Xero is down: trying again', hindrance: 'OUTAGE' } as const;
  expect(found(down, at(40_000))?.sentence).toBe('Xero is down, trying again in 40 s');
  expect(found(down, at(180_000))?.sentence).toBe('Xero is down, trying again at 14:03:00');
  expect(found(down, at(-1))?.sentence).toBe('Xero is down, trying again now');
  const away = { reason: 'Xero cannot be reached: trying again', hindrance: 'NETWORK' } as const;
  expect(found(away, at(40_000))?.cause).toContain('network');
});

test('an outcome that is unknown is shown as unknown', () => {
  const unsure = {
    reason: 'Xero gave no answer that can be trusted: trying again',
    hindrance: 'ANSWER',
  } as const;
  expect(found(unsure, at(5_000))?.sentence).toBe('Outcome unknown: checking in 5 s');
});

test('records whose outcome is unknown are counted, whatever else is said of the run', () => {
  const unsure = { ...calm, claimed: 3, checking: 2, activeRun: running };
  expect(outcomeUnknown(calm, undefined)).toBeUndefined();
  expect(outcomeUnknown(unsure, undefined)).toMatchObject({
    sentence: 'Outcome unknown: checking',
    cause: expect.stringMatching(/2 records.*Nothing to do: Stockbook finds out/),
    action: { href: '/queue?state=CHECKING', words: 'See which' },
  });
  expect(outcomeUnknown(unsure, found({}, at(180_000)))?.kind).toBe('unknown');
  const told = found({ hindrance: 'ANSWER' }, at(5_000));
  expect(outcomeUnknown(unsure, told)).toBeUndefined();
});

test.each<[string, Partial<Standing>, RegExp, Obstacle['step']]>([
  ['no run', { activeRun: null }, /\. The next sync finds out/, { kind: 'sync' }],
  [
    'a run that a person paused',
    { activeRun: { ...running, state: 'PARKED', asked: 'pause' } },
    /\. Resume the sync: then Stockbook finds out/,
    { kind: 'resume', runId: 'r' },
  ],
  [
    'one that is pausing',
    { activeRun: { ...running, asked: 'pause' } },
    /\. Resume the sync: then/,
    undefined,
  ],
  [
    'one that is stopping',
    { activeRun: { ...running, asked: 'stop' } },
    /\. The next sync finds out/,
    undefined,
  ],
  [
    'a lost connection',
    { connection: { ...calm.connection, state: 'PAUSED' }, activeRun: running },
    /\. Reconnect to Xero: then Stockbook finds out/,
    { kind: 'link', href: '/connect', words: 'Reconnect' },
  ],
  [
    'a lost connection and no run',
    { connection: { ...calm.connection, state: 'PAUSED' }, activeRun: null },
    /\. Reconnect to Xero: the next sync then finds out/,
    { kind: 'link', href: '/connect', words: 'Reconnect' },
  ],
  [
    'a reconnection that is half done, and a paused run',
    {
      connection: { ...calm.connection, state: 'CHOOSING' },
      activeRun: { ...running, state: 'PARKED', asked: 'pause' },
    },
    /\. Finish connecting to Xero and resume the sync: then Stockbook finds out/,
    { kind: 'link', href: '/connect', words: 'Go on' },
  ],
])('an unknown outcome says who must act, and how: %s', (_name, as, words, step) => {
  const found = outcomeUnknown({ ...calm, claimed: 2, checking: 2, ...as }, undefined);
  expect(found?.cause).toMatch(words);
  expect(found?.cause).not.toContain('Nothing to do');
  expect(found?.step).toEqual(step);
});

test('a reconnection that is half done keeps a run from going, whatever it waits for', () => {
  const connection = { ...calm.connection, state: 'CHOOSING' } as const;
  const activeRun = { ...running, hindrance: 'ANSWER' } as const;
  expect(obstacleOf({ ...calm, connection, activeRun }, nowMs)).toMatchObject({
    kind: 'half',
    sentence: 'Connecting to Xero is half done',
    action: { href: '/connect', words: 'Go on' },
  });
});

test('what a person asked for is no obstacle', () => {
  expect(found({ asked: 'pause', reason: 'Paused by Ada' }, at(60_000))).toBeUndefined();
});

test('records changed in Xero lead to the choice', () => {
  expect(changedInXero(calm)).toBeUndefined();
  expect(changedInXero({ ...calm, conflicts: 2 })).toMatchObject({
    sentence: 'Xero was changed: choose',
    action: { href: '/queue?state=CONFLICT', words: 'Choose' },
  });
});
