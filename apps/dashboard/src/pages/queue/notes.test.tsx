// The notes above the queue: what concerns records that may stand beyond its first page.
import { Route, Router } from '@solidjs/router';
import { cleanup, render } from '@solidjs/testing-library';
import { Client, type Exchange, makeResult } from '@urql/core';
import { afterEach, expect, test } from 'vitest';
import { delay, filter, map, pipe } from 'wonka';
import { createLiveQuery, GraphqlProvider } from '../../gql.ts';
import { calm } from '../shell/calm.ts';
import { FrameProvider } from '../shell/frame.ts';
import { type Obstacle, obstacleOf } from '../shell/obstacle.ts';
import { entitiesDocument, type Status, statusDocument, viewerDocument } from '../shell/query.ts';
import type { QueueFilter } from './model.ts';
import { QueueNotes } from './notes.tsx';

afterEach(cleanup);

function open(status: Status, state?: QueueFilter['state'], obstacle?: Obstacle) {
  const network: Exchange = () => (operations$) =>
    pipe(
      operations$,
      filter(({ kind }) => kind === 'query'),
      delay(0),
      map((operation) => makeResult(operation, { data: { status }, hasNext: false })),
    );
  const client = new Client({ url: 'http://far.end/graphql', preferGetMethod: false, exchanges: [network] });
  function Page() {
    const none = () => ({});
    const paused = { pause: () => true };
    const frame = {
      viewer: createLiveQuery(viewerDocument, none, paused),
      status: createLiveQuery(statusDocument, none),
      entities: createLiveQuery(entitiesDocument, none, paused),
      obstacle: () => obstacle,
    };
    return (
      <FrameProvider value={frame}>
        <QueueNotes state={state} />
        <p>Status: {frame.status.data === undefined ? 'asked for' : 'known'}</p>
      </FrameProvider>
    );
  }
  return render(() => (
    <GraphqlProvider value={client}>
      <Router>
        <Route path="*" component={Page} />
      </Router>
    </GraphqlProvider>
  ));
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
