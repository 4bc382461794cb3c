// The notes of a record that does not go, each with its cause and its action, and the calls it took part in.
import { cleanup, fireEvent, screen } from '@solidjs/testing-library';
import type { Operation } from '@urql/core';
import type { JSX } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { calm } from '../shell/calm.ts';
import { createFarEnd, framed } from '../shell/framed.tsx';
import type { Obstacle } from '../shell/obstacle.ts';
import type { Status } from '../shell/query.ts';
import { Attempts } from './attempts.tsx';
import { ProblemNote } from './problem-note.tsx';
import type { RecordRow } from './query.ts';
import { WaitNote } from './wait-note.tsx';

afterEach(() => {
  cleanup();
  asked.length = 0;
});

/** jsdom knows no width: this window is wide. */
vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));

const record: RecordRow = {
  ...{ id: 'r', entity: 'contacts', number: 'C-1', title: 'Acme', date: null, total: null, currency: null },
  ...{ status: 'active', syncState: 'PENDING', problem: null, fix: null, conflict: null },
  ...{ xeroId: null, xeroUrl: null, accountingCode: null, lastExportAt: null, lastImportAt: null },
  ...{ noExport: false, noExportReason: null, noImport: false, noImportReason: null },
  ...{ fields: [], lines: [], stock: [], changes: [], timeline: [], attempts: [] },
};
const down: Obstacle = {
  ...{ kind: 'down', tone: 'warn', sentence: 'Xero is down, trying again in 40 s' },
  cause: 'Xero gives no answer that can be trusted.',
  action: { href: '/runs/x', words: 'Open run' },
};

/** Mutations in the order in which they came, with what they were given. */
const asked: unknown[] = [];

function open(shown: () => JSX.Element, obstacle?: Obstacle, status: Status = calm) {
  const answer = ({ kind, variables }: Operation) => {
    if (kind === 'query') return { status };
    asked.push(variables);
    return {
      sendNow: { __typename: 'SendNowPayload', words: 'It goes first.', record: { id: 'r', changes: [] } },
      chooseSide: { __typename: 'Record', id: 'r', syncState: 'PENDING', problem: null },
      run: { __typename: 'Run', id: 'run', state: 'WAITING', asked: null, reason: null },
      syncNow: { __typename: 'SyncNowPayload', pending: 0, run: { id: 'run', state: 'WAITING' } },
    };
  };
  return framed(createFarEnd(answer), shown, obstacle);
}

const note = (as: Partial<RecordRow>, obstacle?: Obstacle, onDone = () => {}) =>
  open(() => <ProblemNote record={{ ...record, ...as }} onDone={onDone} />, obstacle);

test.each(['PENDING', 'SENDING'] as const)('what is %s says what stops everything', async (syncState) => {
  const view = note({ syncState }, down);
  await view.findByText(down.sentence);
  await view.findByText(down.cause);
  expect((await view.findByRole('link', { name: 'Open run' })).getAttribute('href')).toBe('/runs/x');
});

/** The note of a record that waits, in a sync that stands so. */
const waits = (urgent: boolean, as: Partial<Status> = {}, onDone = () => {}) => {
  const changes: RecordRow['changes'] = [{ id: '7', state: 'PENDING', urgent }];
  return open(() => <WaitNote record={{ ...record, changes }} onDone={onDone} />, undefined, {
    ...calm,
    pending: 1,
    ...as,
  });
};

test('what waits can be asked to go before all else, and says when it does', async () => {
  let done = 0;
  const view = waits(false, {}, () => {
    done += 1;
  });
  const button = await view.findByRole('button', { name: 'Send now' });
  expect(view.getByText('Waits for the next sync.')).toBeTruthy();
  fireEvent.click(button);
  await expect.poll(() => done).toBe(1);
  expect(asked).toEqual([{ id: 'r' }]);
  cleanup();
  const urgent = waits(true);
  await urgent.findByText('Waits for the next sync, and goes before all else.');
  expect(urgent.queryByRole('button')).toBeNull();
});

test.each<[string, Partial<Status>, string]>([
  ['nothing is kept', { readOnly: 'The disk is full.' }, 'The disk is full.'],
  ['Xero is not connected', { connection: { ...calm.connection, state: 'NONE' } }, 'Connect Xero first.'],
])('what waits while %s cannot be asked to go, and the button says why', async (_when, as, why) => {
  const button = await waits(false, as).findByRole('button', { name: 'Send now' });
  expect(button).toHaveProperty('disabled', true);
  expect(button.title).toBe(why);
});

test('a record at rest says nothing, whatever stops others', () => {
  expect(note({ syncState: 'COMPLETED' }, down).container.textContent).toBe('');
});

const going: NonNullable<Status['activeRun']> = {
  ...{ id: 'run', state: 'RUNNING', asked: null, done: 1, total: 9 },
  ...{ parkedUntil: null, reason: null, hindrance: null },
};

/** The note of a record whose outcome is unknown, in a sync that stands so. */
const unsure = (as: Partial<Status>, obstacle?: Obstacle, problem: string | null = null) =>
  open(
    () => <ProblemNote record={{ ...record, syncState: 'CHECKING', problem }} onDone={() => {}} />,
    obstacle,
    {
      ...calm,
      claimed: 1,
      checking: 1,
      ...as,
    },
  );

test('one whose outcome is unknown is being checked, and says when', async () => {
  const view = unsure({ activeRun: going }, down);
  await view.findByText('Outcome unknown: checking');
  await view.findByText(/may be there or not\. Nothing to do: Stockbook finds out/);
  await view.findByText(down.sentence);
  await view.findByText(down.cause);
  expect((await view.findByRole('link', { name: 'Open run' })).getAttribute('href')).toBe('/runs/x');
  expect(view.queryByRole('button')).toBeNull();
});

test('one whose outcome Xero refuses to tell says so in Xero’s words', async () => {
  const view = unsure({}, undefined, 'It may be in Xero or not. Too many.');
  await view.findByText(/It may be in Xero or not\. Too many\./);
  expect(view.queryByText(/gave no answer/)).toBeNull();
});

test('one whose outcome is unknown asks for a sync where none runs', async () => {
  const view = unsure({});
  await view.findByText(/may be there or not\. The next sync finds out/);
  fireEvent.click(view.getByRole('button', { name: 'Sync now' }));
  await expect.poll(() => asked).toEqual([{}]);
});

test('one whose outcome is unknown asks to resume the sync that a person paused', async () => {
  const view = unsure({ activeRun: { ...going, state: 'PARKED', asked: 'pause' } });
  await view.findByText(/may be there or not\. Resume the sync: then Stockbook finds out/);
  fireEvent.click(view.getByRole('button', { name: 'Resume' }));
  await expect.poll(() => asked).toEqual([{ id: 'run' }]);
  expect(view.queryByRole('button', { name: 'Stop' })).toBeNull();
});

test('one whose outcome is unknown asks to reconnect where the connection is lost', async () => {
  const view = unsure({ connection: { ...calm.connection, state: 'PAUSED' }, activeRun: going });
  await view.findByText(/may be there or not\. Reconnect to Xero: then Stockbook finds out/);
  expect(view.getByRole('link', { name: 'Reconnect' }).getAttribute('href')).toBe('/connect');
});

test('a refused one says why, what to do, and can be retried', async () => {
  const view = note({ syncState: 'FAILED', problem: 'The contact is archived', fix: 'Restore it in Xero.' });
  const alert = await view.findByRole('alert');
  expect(alert.textContent).toMatch(/The contact is archived.*What to do: .*Restore it in Xero\./);
  await view.findByRole('button', { name: 'Retry' });
});

const conflict: NonNullable<RecordRow['conflict']> = {
  ...{ seenAt: '2026-03-04T14:00:00Z', gone: false },
  differences: [
    { field: 'name', ours: 'Ours', agreed: 'Agreed', theirs: '' },
    { field: 'phone', ours: null, agreed: '1', theirs: '2' },
  ],
};

test('a record changed in Xero shows each side, and the choice goes out once', async () => {
  let done = 0;
  const onDone = () => {
    done += 1;
  };
  note({ syncState: 'CONFLICT', problem: 'Xero was changed', conflict }, undefined, onDone);
  await screen.findByText('Xero was changed: choose');
  const cells = screen.getAllByRole('cell').map((cell) => cell.textContent);
  expect(cells).toEqual(['Ours', '–', 'Agreed', 'Not sent', '2', '1']);
  fireEvent.click(screen.getByRole('button', { name: 'Keep Xero’s' }));
  expect(screen.getByRole('button', { name: 'Send ours' })).toHaveProperty('disabled', true);
  await expect.poll(() => done).toBe(1);
  expect(asked).toEqual([{ id: 'r', keep: 'THEIRS' }]);
});

test('a record that is gone from Xero is created again or left', async () => {
  note({ syncState: 'CONFLICT', conflict: { ...conflict, gone: true, differences: [] } });
  await screen.findByText('Gone from Xero: choose');
  await screen.findByRole('button', { name: 'Create it again' });
  await screen.findByRole('button', { name: 'Do not send' });
  expect(screen.queryByRole('table')).toBeNull();
});

type Attempt = RecordRow['attempts'][number];
const attempt: Attempt = {
  ...{ id: 'a', kind: 'send', outcome: 'answered', status: 200, message: null, size: 1, key: 'k' },
  ...{ startedAt: '2026-03-04T14:00:00.000Z', endedAt: '2026-03-04T14:00:00.250Z' },
  ...{ request: '{ "Name": "Acme" }', answer: '{ "ContactID": "x" }' },
};

const brokenOff = 'Broken off before its next request';

test.each<[string, Partial<Attempt>, string[]]>([
  ['an answer', {}, ['Send of 1', 'Answered', '200', '250 ms']],
  ['a lost one', { outcome: 'unknown-outcome', status: null }, ['Outcome unknown', '–']],
  [
    'a look without answer',
    { kind: 'look', outcome: 'unknown-outcome', status: 503 },
    ['No clear answer', '503'],
  ],
  [
    'a limit',
    { outcome: 'rate-limited', status: 429, message: 'Minute' },
    ['Xero asked to wait', 'Minute', '429'],
  ],
  [
    'one that Stockbook kept back',
    { outcome: 'rate-limited', status: null, message: 'Not sent: too long after it was decided' },
    ['Kept back by Stockbook', 'Not sent: too long after', '–'],
  ],
  [
    'one whose repeat with another token it kept back',
    { outcome: 'rate-limited', status: null, message: `${brokenOff}: too long after it was decided` },
    ['Kept back by Stockbook', brokenOff, '–'],
  ],
  [
    'a look of which it kept back the second request',
    {
      kind: 'look',
      outcome: 'rate-limited',
      status: null,
      message: `${brokenOff}: the limits leave no room`,
    },
    ['Kept back by Stockbook', 'Look of 1', brokenOff, '–'],
  ],
  ['one under way', { outcome: null, status: null, endedAt: null }, ['Under way', '–']],
])('of a call it is told when it was and what came of it: %s', async (_name, as, words) => {
  const view = open(() => <Attempts attempts={[{ ...attempt, ...as }]} />);
  await view.findByText(words[0] ?? '');
  const text = view.container.textContent ?? '';
  for (const word of words) expect(text).toContain(word);
  // Of what went nothing says that it did not.
  expect(text.includes('Not sent')).toBe(as.message?.startsWith('Not sent') === true);
  fireEvent.click(view.getByText('What went and what came back'));
  expect((await view.findByRole('region', { name: 'Sent' })).textContent).toBe(attempt.request);
  expect((await view.findByRole('region', { name: 'Answered' })).textContent).toBe(attempt.answer);
});
