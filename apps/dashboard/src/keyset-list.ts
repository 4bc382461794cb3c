// A long list read page by page along its cursor, past the cache; reading again keeps the rows (and their nodes) that stayed.
import { type Accessor, createComputed, createSignal, on } from 'solid-js';
import { createStore, produce, reconcile } from 'solid-js/store';
import type { Answer } from './gql.ts';

export interface Slice<N> {
  nodes: readonly N[];
  endCursor: string | null;
  hasNextPage: boolean;
}

export interface KeysetList<N> {
  readonly rows: readonly N[];
  readonly problem: string | undefined;
  readonly loading: boolean;
  /** True once the first answer for the current filter is here. */
  readonly known: boolean;
  readonly hasMore: boolean;
  loadMore(): Promise<void>;
  /** Reads what is shown again, from the start. */
  refresh(): Promise<void>;
}

export interface KeysetOptions<N, K> {
  /** Filter and order: when it changes the list starts anew. */
  key: Accessor<K>;
  pageSize: number;
  fetch(key: K, first: number, after: string | null): Promise<Answer<Slice<N>>>;
}

/** Re-reading goes at most this far; rows beyond it are dropped and come back by scrolling. */
const refreshMax = 400;

export function createKeysetList<N extends { id: string }, K>(options: KeysetOptions<N, K>): KeysetList<N> {
  const shown = createShown<N>();
  let cursor: string | null = null;
  // A slow answer to an old question is dropped by its number.
  let generation = 0;

  createComputed(
    on(options.key, () => {
      shown.forget();
      void read(options.pageSize);
    }),
  );

  async function read(wanted: number): Promise<void> {
    generation += 1;
    const mine = generation;
    shown.setLoading(true);
    const answer = await readRows(options, wanted, () => mine === generation);
    if (mine !== generation) return;
    if (answer.kind === 'answer') {
      cursor = answer.data.endCursor;
      shown.replace(answer.data);
    }
    shown.settle(answer);
  }

  async function loadMore(): Promise<void> {
    if (shown.list.loading || !shown.list.hasMore) return;
    const mine = generation;
    shown.setLoading(true);
    const answer = await options.fetch(options.key(), options.pageSize, cursor);
    if (mine !== generation) return;
    if (answer.kind === 'answer') {
      cursor = answer.data.endCursor;
      shown.append(answer.data);
    }
    shown.settle(answer);
  }

  return Object.assign(shown.list, {
    loadMore,
    refresh: () => read(Math.min(refreshMax, Math.max(options.pageSize, shown.list.rows.length))),
  });
}

/** Reads page after page until there are enough rows, no more, or somebody asked anew. */
async function readRows<N, K>(
  options: KeysetOptions<N, K>,
  wanted: number,
  isCurrent: () => boolean,
): Promise<Answer<Slice<N>>> {
  const nodes: N[] = [];
  let endCursor: string | null = null;
  let hasNextPage = true;
  while (hasNextPage && nodes.length < wanted && isCurrent()) {
    const answer: Answer<Slice<N>> = await options.fetch(options.key(), options.pageSize, endCursor);
    if (answer.kind === 'unreachable') return answer;
    nodes.push(...answer.data.nodes);
    ({ endCursor, hasNextPage } = answer.data);
  }
  return { kind: 'answer', data: { nodes, endCursor, hasNextPage } };
}

/** What is on the page, and the ways it changes. */
function createShown<N extends { id: string }>() {
  const [store, setStore] = createStore<{ rows: N[] }>({ rows: [] });
  const [problem, setProblem] = createSignal<string>();
  const [loading, setLoading] = createSignal(false);
  const [known, setKnown] = createSignal(false);
  const [hasMore, setHasMore] = createSignal(false);
  const list = {
    get rows(): readonly N[] {
      return store.rows;
    },
    get problem() {
      return problem();
    },
    get loading() {
      return loading();
    },
    get known() {
      return known();
    },
    get hasMore() {
      return hasMore();
    },
  };
  return {
    list,
    setLoading,
    forget() {
      setKnown(false);
      setHasMore(false);
    },
    replace(slice: Slice<N>) {
      const rows = [...slice.nodes];
      setStore(reconcile<{ rows: N[] }, { rows: N[] }>({ rows }, { key: 'id' }));
      setHasMore(slice.hasNextPage);
    },
    append(slice: Slice<N>) {
      setStore(produce<{ rows: N[] }>((state) => append(state.rows, slice.nodes)));
      setHasMore(slice.hasNextPage);
    },
    settle(answer: Answer<unknown>) {
      setProblem(answer.kind === 'unreachable' ? answer.message : undefined);
      setLoading(false);
      if (answer.kind === 'answer') setKnown(true);
    },
  };
}

/** A row may have moved behind the cursor meanwhile; it is shown once. */
function append<N extends { id: string }>(rows: N[], added: readonly N[]): void {
  const shown = new Set(rows.map((row) => row.id));
  rows.push(...added.filter((row) => !shown.has(row.id)));
}
