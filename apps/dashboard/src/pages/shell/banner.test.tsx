// The banner over every page: what keeps anything from being saved or sent, with the one action that helps where there is one.
import { Route, Router } from '@solidjs/router';
import { cleanup, render } from '@solidjs/testing-library';
import { Client, type Exchange, makeResult } from '@urql/core';
import { afterEach, expect, test } from 'vitest';
import { delay, filter, map, pipe } from 'wonka';
import { createLiveQuery, GraphqlProvider } from '../../gql.ts';
import { FailureBanner } from './banner.tsx';
import { calm } from './calm.ts';
import { FrameProvider } from './frame.ts';
import {
  entitiesDocument,
  recentFailuresDocument,
  type Status,
  statusDocument,
  viewerDocument,
} from './query.ts';

afterEach(cleanup);

/** A far end whose status is what it holds when it is asked. */
function createFarEnd(first: Status) {
  const far = {
    status: first,
    client: new Client({ url: 'http://far.end/graphql', preferGetMethod: false, exchanges: [network()] }),
  };
  function network(): Exchange {
    return () => (operations$) =>
      pipe(
        operations$,
        filter(({ kind }) => kind === 'query'),
        delay(0),
        map((operation) => makeResult(operation, { data: { status: { ...far.status } }, hasNext: false })),
      );
  }
  return far;
}

function open(far: ReturnType<typeof createFarEnd>) {
  let refetch = () => {};
  function Page() {
    const none = () => ({});
    const paused = { pause: () => true };
    const status = createLiveQuery(statusDocument, none);
    refetch = status.refetch;
    const frame = {
      viewer: createLiveQuery(viewerDocument, none, paused),
      status,
      entities: createLiveQuery(entitiesDocument, none, paused),
      obstacle: () => undefined,
    };
    return (
      <FrameProvider value={frame}>
        <FailureBanner failures={createLiveQuery(recentFailuresDocument, none, paused)} />
      </FrameProvider>
    );
  }
  const view = render(() => (
    <GraphqlProvider value={far.client}>
      <Router>
        <Route path="*" component={Page} />
      </Router>
    </GraphqlProvider>
  ));
  return { view, refetch: () => refetch() };
}

const readOnly =
  'The database’s disk is full: nothing can be saved. Free space on the volume of PostgreSQL’s data folder.';

test('a database that keeps nothing is told above a lost connection, each notice with what helps, and goes by itself', async () => {
  const connection = { ...calm.connection, state: 'PAUSED', problem: 'Xero ended the access.' } as const;
  const far = createFarEnd({ ...calm, connection, readOnly });
  const { view, refetch } = open(far);
  const [first, second] = await view.findAllByRole('alert');
  expect(first?.textContent).toBe(readOnly);
  // There is nothing to press: it helps nowhere but on that machine.
  expect(first?.querySelector('a')).toBeNull();
  expect(second?.textContent).toContain('Connection lost: reconnect. Xero ended the access.');
  expect(second?.querySelector('a')?.getAttribute('href')).toBe('/connect');
  far.status = { ...calm, connection, rejected: 2 };
  refetch();
  await expect.poll(() => view.getByRole('alert').textContent).toContain('Connection lost: reconnect.');
  expect(view.getByRole('link', { name: 'Reconnect' }).getAttribute('href')).toBe('/connect');
  far.status = calm;
  refetch();
  await expect.poll(() => view.queryByRole('alert')).toBeNull();
});

test('failed records lead to the errors', async () => {
  const { view } = open(createFarEnd({ ...calm, rejected: 2 }));
  expect((await view.findByRole('alert')).textContent).toContain('2 records failed to reach Xero.');
  expect(view.getByRole('link', { name: 'View errors' }).getAttribute('href')).toBe('/errors');
});
