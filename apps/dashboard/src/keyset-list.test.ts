// Reading a list page by page: order, more, reading again, and slow answers to old questions.
import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import type { Answer } from './gql.ts';
import { createKeysetList, type KeysetList, type Slice } from './keyset-list.ts';

interface Row {
  id: string;
  name: string;
}

/** A far end with n rows, in pages; the cursor is the number of rows before it. */
function pageOf(total: number, name: string, first: number, after: string | null): Answer<Slice<Row>> {
  const from = Number(after ?? 0);
  const nodes = Array.from({ length: Math.min(first, total - from) }, (_, index) => ({
    id: String(from + index),
    name,
  }));
  const end = from + nodes.length;
  return { kind: 'answer', data: { nodes, endCursor: String(end), hasNextPage: end < total } };
}

test('pages follow one another until there are no more', async () => {
  const { list, dispose } = createList(async (_key, first, after) => pageOf(25, 'x', first, after));
  await expect.poll(() => list.rows.length).toBe(10);
  expect(list.hasMore).toBe(true);
  await list.loadMore();
  await list.loadMore();
  expect(list.rows.map((row) => row.id)).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
  expect(list.hasMore).toBe(false);
  dispose();
});

test('reading again reads as many rows as are shown, and keeps the objects of those that stayed', async () => {
  let name = 'before';
  const { list, dispose } = createList(async (_key, first, after) => pageOf(25, name, first, after));
  await expect.poll(() => list.rows.length).toBe(10);
  await list.loadMore();
  const sixth = list.rows[6];
  name = 'after';
  await list.refresh();
  expect(list.rows.length).toBe(20);
  expect(list.rows[6]?.name).toBe('after');
  expect(list.rows[6]).toBe(sixth);
  dispose();
});

test('a slow answer to an old filter is dropped', async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const [key, setKey] = createSignal('old');
  const { list, dispose } = createList(async (asked, first, after) => {
    if (asked === 'old') await slow;
    return pageOf(3, asked, first, after);
  }, key);
  setKey('new');
  await expect.poll(() => list.rows.map((row) => row.name)).toEqual(['new', 'new', 'new']);
  release();
  await slow;
  expect(list.rows[0]?.name).toBe('new');
  dispose();
});

test('a problem is told and the rows stay', async () => {
  let broken = false;
  const { list, dispose } = createList(async (_key, first, after) =>
    broken ? { kind: 'unreachable', message: 'No answer.' } : pageOf(5, 'x', first, after),
  );
  await expect.poll(() => list.known).toBe(true);
  broken = true;
  await list.refresh();
  expect(list.problem).toBe('No answer.');
  expect(list.rows.length).toBe(5);
  dispose();
});

function createList(
  fetch: (key: string, first: number, after: string | null) => Promise<Answer<Slice<Row>>>,
  key = () => 'all',
): { list: KeysetList<Row>; dispose: () => void } {
  return createRoot((dispose) => ({
    list: createKeysetList<Row, string>({ key, pageSize: 10, fetch }),
    dispose,
  }));
}
