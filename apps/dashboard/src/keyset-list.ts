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
  const [store, setStore] = createStore<{ rows: N[] }>({ rows: [] });
  const [problem, setProblem] = createSignal<string>();
  const [loading, setLoading] = createSignal(false);
  const [known, setKnown] = createSignal(false);
  const [hasMore, setHasMore] = createSignal(false);
  let cursor: string | null = null;
  // A slow answer to an old question is dropped by its number.
  let generation = 0;

  createComputed(
    on(options.key, () => {
      setKnown(false);
      setHasMore(false);
      void read(options.pageSize);
    }),
  );

  async function read(wanted: number): Promise<void> {
    generation += 1;
    const mine = generation;
    setLoading(true);
    const rows: N[] = [];
    let after: string | null = null;
    let more = true;
    while (more && rows.length < wanted) {
      const answer: Answer<Slice<N>> = await options.fetch(options.key(), options.pageSize, after);
      if (mine !== generation) return;
      if (answer.kind === 'unreachable') return settle(answer.message);
      rows.push(...answer.data.nodes);
      after = answer.data.endCursor;
      more = answer.data.hasNextPage;
    }
    cursor = after;
    setStore(reconcile<{ rows: N[] }, { rows: N[] }>({ rows }, { key: 'id' }));
    setHasMore(more);
    settle(undefined);
  }

  async function loadMore(): Promise<void> {
    if (loading() || !hasMore()) return;
    const mine = generation;
    setLoading(true);
    const answer = await options.fetch(options.key(), options.pageSize, cursor);
    if (mine !== generation) return;
    if (answer.kind === 'unreachable') return settle(answer.message);
    cursor = answer.data.endCursor;
    setStore(produce<{ rows: N[] }>((state) => append(state.rows, answer.data.nodes)));
    setHasMore(answer.data.hasNextPage);
    settle(undefined);
  }

  function settle(message: string | undefined) {
    setProblem(message);
    setLoading(false);
    if (message === undefined) setKnown(true);
  }

  return {
    get rows() {
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
    loadMore,
    refresh: () => read(Math.min(refreshMax, Math.max(options.pageSize, store.rows.length))),
  };
}

/** A row may have moved behind the cursor meanwhile; it is shown once. */
function append<N extends { id: string }>(rows: N[], added: readonly N[]): void {
  const shown = new Set(rows.map((row) => row.id));
  rows.push(...added.filter((row) => !shown.has(row.id)));
}
