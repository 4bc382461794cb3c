// A row of the queue says in which state it is, why it waits, and where the way out is.
import { Route, Router } from '@solidjs/router';
import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { calm } from '../shell/calm.ts';
import { nextStepOf, type Standing } from '../shell/next-step.ts';
import type { Status } from '../shell/query.ts';
import { QueueCell } from './cell.tsx';
import type { QueueSync } from './model.ts';
import type { QueueRow } from './query.ts';

afterEach(cleanup);

const row: QueueRow = {
  ...{ id: '1', number: '1', entity: 'contacts', state: 'PENDING', reason: null, urgent: false },
  ...{ createdAt: '2026-03-04T14:00:00Z', settledAt: null },
  record: { id: 'r', entity: 'contacts', number: 'C-1', title: 'Acme', total: null, currency: null },
};
type Run = NonNullable<Status['activeRun']>;
const going: Run = {
  ...{ id: 'r', state: 'RUNNING', asked: null, done: 1, total: 9 },
  ...{ parkedUntil: null, reason: null, hindrance: null },
};

/** What the queue knows of a status; nothing is the matter where nothing is said. */
function syncOf(status: Partial<Standing>, obstacle?: string): QueueSync {
  return { step: nextStepOf({ ...calm, ...status }), obstacle };
}
const idle = syncOf({});
const running = syncOf({ activeRun: going });
const paused = syncOf({ activeRun: { ...going, state: 'PARKED', asked: 'pause' } });
const lost = syncOf({ connection: { ...calm.connection, state: 'PAUSED' }, activeRun: going });
const halfDone = syncOf({ connection: { ...calm.connection, state: 'CHOOSING' }, activeRun: going });

function cell(column: string, as: Partial<QueueRow>, sync = idle) {
  const page = () => <QueueCell row={{ ...row, ...as }} column={column} sync={sync} kind="Contact" />;
  return render(() => (
    <Router>
      <Route path="*" component={page} />
    </Router>
  ));
}

test.each<[string, Partial<QueueRow>, QueueSync]>([
  ['Waits for the next sync', {}, idle],
  ['Waits for its turn in this sync', {}, running],
  ['Waits until somebody resumes the sync', {}, paused],
  ['Waits until Xero is reconnected', {}, lost],
  ['Waits until Xero is connected', {}, halfDone],
  ['Xero is down, trying again in 40 s', {}, { ...running, obstacle: 'Xero is down, trying again in 40 s' }],
  [
    'Waiting for Xero until 14:03:00',
    { state: 'SENDING' },
    { ...running, obstacle: 'Waiting for Xero until 14:03:00' },
  ],
  ['On its way to Xero', { state: 'SENDING' }, running],
  [
    'Outcome unknown: checking whether it arrived',
    { state: 'CHECKING' },
    { ...running, obstacle: 'Xero is down' },
  ],
  ['Outcome unknown: checked in the next sync', { state: 'CHECKING' }, idle],
  ['Outcome unknown: checked once the sync is resumed', { state: 'CHECKING' }, paused],
  ['Outcome unknown: checked once Xero is reconnected', { state: 'CHECKING' }, lost],
  ['Waits for contact C-0', { state: 'HELD', reason: 'Waits for contact C-0' }, idle],
])('it says: %s', async (words, as, sync) => {
  const view = cell('why', as, sync);
  await view.findByText(words);
  expect(view.queryByRole('link')).toBeNull();
});

test('a record changed in Xero leads to the choice', async () => {
  const view = cell('why', { state: 'CONFLICT', reason: 'Xero was changed: name' });
  await view.findByText('Xero was changed: name');
  expect((await view.findByRole('link', { name: 'Choose' })).getAttribute('href')).toBe(
    '/records/contacts/r',
  );
});

test('the states have their words', async () => {
  await cell('state', { state: 'CHECKING' }).findByText('Checking');
  await cell('state', { state: 'CONFLICT' }).findByText('Changed in Xero');
});
