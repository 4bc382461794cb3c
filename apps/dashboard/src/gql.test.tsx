// The adapter against urql's caches: two components must never write into each other's answers.
import { cleanup, render } from '@solidjs/testing-library';
import { Client, type Exchange, gql, makeResult, type TypedDocumentNode } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { filter, map, pipe } from 'wonka';
import { createLiveQuery, GraphqlProvider } from './gql.ts';

interface PageAnswer {
  page: { __typename: 'Page'; total: number; rows: { __typename: 'Row'; id: string; name: string }[] };
}

/** The path to the rows has no id: just what reconcile() would overwrite in place. */
const pageDocument: TypedDocumentNode<PageAnswer, { number: number }> = gql`
  query Page($number: Int!) {
    page(number: $number) {
      total
      rows {
        id
        name
      }
    }
  }
`;

/** The far end: page n has the total n x 100. */
const network: Exchange = () => (operations$) =>
  pipe(
    operations$,
    filter((operation) => operation.kind === 'query'),
    map((operation) => {
      const number = Number(operation.variables?.number);
      const row = { __typename: 'Row', id: `row-${number}`, name: `Row ${number}` };
      const page = { __typename: 'Page', total: number * 100, rows: [row] };
      return makeResult(operation, { data: { page }, hasNext: false });
    }),
  );

/** What the client handed out, each with its text at that moment. */
const given: { data: unknown; text: string }[] = [];

const recording: Exchange =
  ({ forward }) =>
  (operations$) =>
    pipe(
      forward(operations$),
      map((result) => {
        given.push({ data: result.data, text: JSON.stringify(result.data) });
        return result;
      }),
    );

/** The marks that a Solid store leaves on what it takes for its own. */
function marksOn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const marks = Object.getOwnPropertySymbols(value).length;
  return Object.values(value).reduce((sum: number, part) => sum + marksOn(part), marks);
}

function createTestClient(): Client {
  const cache = cacheExchange({ keys: { Page: () => null } });
  const exchanges = [recording, cache, network];
  return new Client({ url: 'http://far.end/graphql', preferGetMethod: false, exchanges });
}

function Total(props: { name: string; number: number }) {
  const query = createLiveQuery(pageDocument, () => ({ number: props.number }));
  return <p data-testid={props.name}>{query.data?.page.total}</p>;
}

afterEach(() => {
  cleanup();
  given.length = 0;
});

test('a component that turns the page and back leaves the other one where it is', async () => {
  const [number, setNumber] = createSignal(1);
  const view = render(() => (
    <GraphqlProvider value={createTestClient()}>
      <Total name="a" number={number()} />
      <Total name="b" number={1} />
    </GraphqlProvider>
  ));
  const totals = () => ['a', 'b'].map((name) => view.getByTestId(name).textContent);
  await expect.poll(totals).toEqual(['100', '100']);
  setNumber(2);
  await expect.poll(totals).toEqual(['200', '100']);
  setNumber(1);
  await expect.poll(totals).toEqual(['100', '100']);
});

test('a component that is made later reads the cache as the server gave it', async () => {
  const client = createTestClient();
  const [number, setNumber] = createSignal(1);
  const [second, setSecond] = createSignal(false);
  const view = render(() => (
    <GraphqlProvider value={client}>
      <Total name="a" number={number()} />
      {second() ? <Total name="b" number={1} /> : null}
    </GraphqlProvider>
  ));
  await expect.poll(() => view.getByTestId('a').textContent).toBe('100');
  setNumber(2);
  await expect.poll(() => view.getByTestId('a').textContent).toBe('200');
  setSecond(true);
  await expect.poll(() => view.getByTestId('b').textContent).toBe('100');
});

test('no answer of the client is ever written into or kept in a store', async () => {
  const [number, setNumber] = createSignal(1);
  const view = render(() => (
    <GraphqlProvider value={createTestClient()}>
      <Total name="a" number={number()} />
      <Total name="b" number={1} />
    </GraphqlProvider>
  ));
  await expect.poll(() => view.getByTestId('a').textContent).toBe('100');
  setNumber(2);
  await expect.poll(() => view.getByTestId('a').textContent).toBe('200');
  expect(given.length).toBeGreaterThan(0);
  expect(given.map(({ data }) => JSON.stringify(data))).toEqual(given.map(({ text }) => text));
  expect(given.map(({ data }) => marksOn(data))).toEqual(given.map(() => 0));
});

test('reading again keeps the node of a row that stayed', async () => {
  let refetch = () => {};
  function Rows() {
    const query = createLiveQuery(pageDocument, () => ({ number: 1 }));
    refetch = query.refetch;
    return <p data-testid="row">{query.data?.page.rows[0]?.name}</p>;
  }
  const view = render(() => (
    <GraphqlProvider value={createTestClient()}>
      <Rows />
    </GraphqlProvider>
  ));
  await expect.poll(() => view.getByTestId('row').textContent).toBe('Row 1');
  const before = view.getByTestId('row').firstChild;
  refetch();
  await expect.poll(() => view.getByTestId('row').textContent).toBe('Row 1');
  expect(view.getByTestId('row').firstChild).toBe(before);
});
