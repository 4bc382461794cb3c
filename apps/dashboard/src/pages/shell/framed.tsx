// A part of a page as it stands in the shell, before a far end that says what it is told to: for tests.
import { Route, Router } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import { Client, type Exchange, makeResult, type Operation } from '@urql/core';
import type { JSX } from 'solid-js';
import { delay, filter, map, pipe } from 'wonka';
import { createLiveQuery, GraphqlProvider } from '../../gql.ts';
import { FrameProvider } from './frame.ts';
import type { Obstacle } from './obstacle.ts';
import { entitiesDocument, statusDocument, viewerDocument } from './query.ts';

/** A client whose queries and mutations get `answer` as their data, a moment later. */
export function createFarEnd(answer: (operation: Operation) => object): Client {
  const network: Exchange = () => (operations$) =>
    pipe(
      operations$,
      filter(({ kind }) => kind === 'query' || kind === 'mutation'),
      delay(0),
      map((operation) => makeResult(operation, { data: answer(operation), hasNext: false })),
    );
  return new Client({ url: 'http://far.end/graphql', preferGetMethod: false, exchanges: [network] });
}

/** Draws `shown`, which may use the frame: of it only the status is asked for. */
export function framed(client: Client, shown: () => JSX.Element, obstacle?: Obstacle) {
  function Page() {
    const none = () => ({});
    const paused = { pause: () => true };
    const frame = {
      viewer: createLiveQuery(viewerDocument, none, paused),
      status: createLiveQuery(statusDocument, none),
      entities: createLiveQuery(entitiesDocument, none, paused),
      obstacle: () => obstacle,
    };
    return <FrameProvider value={frame}>{shown()}</FrameProvider>;
  }
  return render(() => (
    <GraphqlProvider value={client}>
      <Router>
        <Route path="*" component={Page} />
      </Router>
    </GraphqlProvider>
  ));
}
