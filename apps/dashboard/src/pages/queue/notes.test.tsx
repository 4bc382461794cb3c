// The notes above the queue: what concerns records that may stand beyond its first page.
import { cleanup } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { calm } from '../shell/calm.ts';
import { useFrame } from '../shell/frame.ts';
import { createFarEnd, framed } from '../shell/framed.tsx';
import { type Obstacle, obstacleOf } from '../shell/obstacle.ts';
import type { Status } from '../shell/query.ts';
import type { QueueFilter } from './model.ts';
import { QueueNotes } from './notes.tsx';

afterEach(cleanup);

function open(status: Status, state?: QueueFilter['state'], obstacle?: Obstacle) {
  function Page() {
    const { status: heard } = useFrame();
    return (
      <>
        <QueueNotes state={state} />
        <p>Status: {heard.data === undefined ? 'asked for' : 'known'}</p>
      </>
    );
  }
  return framed(
    createFarEnd(() => ({ status })),
    () => <Page />,
    obstacle,
  );
}

const changed = 'Xero was changed: choose';

test('records that were changed in Xero are told of wherever they stand, with where to choose', async () => {
  const view = open({ ...calm, pending: 400, conflicts: 2 });
  await view.findByText(changed);
  await view.findByText(/^2 records were changed there/);
  expect(view.getByRole('link', { name: 'Choose' }).getAttribute('href')).toBe('/queue?state=CONFLICT');
});

test('where they alone are shown their rows say so, and where there are none nothing does', async () => {
  const filtered = open({ ...calm, conflicts: 2 }, 'CONFLICT');
  await filtered.findByText('Status: known');
  expect(filtered.queryByText(changed)).toBeNull();
  cleanup();
  const quiet = open(calm);
  await quiet.findByText('Status: known');
  expect(quiet.queryByRole('region')).toBeNull();
});

test('what stops everything stands first, but for a lost connection, which the banner tells of', async () => {
  const down: Obstacle = {
    ...{ kind: 'down', tone: 'warn', sentence: 'Xero is down, trying again in 40 s', cause: 'No answer.' },
    action: { href: '/runs/x', words: 'Open run' },
  };
  const view = open({ ...calm, checking: 1, conflicts: 1 }, undefined, down);
  await view.findByText(changed);
  const labels = view.getAllByRole('region').map((note) => note.getAttribute('aria-label'));
  expect(labels).toEqual(['Why nothing goes', 'Outcome unknown', 'Changed in Xero']);
  cleanup();
  const lost: Status = { ...calm, connection: { ...calm.connection, state: 'PAUSED' } };
  const without = open(lost, undefined, obstacleOf(lost, 0));
  await without.findByText('Status: known');
  expect(without.queryByRole('region')).toBeNull();
});
