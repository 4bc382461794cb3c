// Binds urql to Solid. Answers are copied before `reconcile`, which writes into whatever it was given first:
// urql's cached object must never get into a store.
import {
  type AnyVariables,
  type Client,
  type CombinedError,
  createRequest,
  type TypedDocumentNode,
} from '@urql/core';
import {
  type Accessor,
  batch,
  createComputed,
  createContext,
  createSignal,
  on,
  onCleanup,
  untrack,
  useContext,
} from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { pipe, subscribe } from 'wonka';

export type Document<D, V extends AnyVariables> = TypedDocumentNode<D, V>;

export interface LiveQuery<D> {
  readonly data: D | undefined;
  readonly problem: string | undefined;
  readonly fetching: boolean;
  /** Reads again from the API; what is shown stays until the answer is here. */
  refetch(): void;
}

export type Answer<D> = { kind: 'answer'; data: D } | { kind: 'unreachable'; message: string };

const ClientContext = createContext<Client>();
export const GraphqlProvider = ClientContext.Provider;

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('useClient needs a GraphqlProvider above it');
  return client;
}

/** A query whose data follow its variables and every change in the cache. Old data stay while new ones are read. */
export function createLiveQuery<D, V extends AnyVariables>(
  document: Document<D, V>,
  variables: Accessor<V>,
  options: { pause?: Accessor<boolean> } = {},
): LiveQuery<D> {
  const client = useClient();
  const [state, setState] = createStore<{ data?: D }>({});
  const [problem, setProblem] = createSignal<string>();
  const [fetching, setFetching] = createSignal(false);
  const [asked, ask] = createSignal(0);
  let shownKey: number | undefined;
  let askedBefore = 0;

  createComputed(() => {
    const count = asked();
    if (options.pause?.() === true) return setFetching(false);
    const request = createRequest(document, variables());
    untrack(() => startShowing(request.key));
    const requestPolicy = count > askedBefore ? 'network-only' : 'cache-and-network';
    askedBefore = count;
    const source = client.executeQuery(request, { requestPolicy });
    const subscription = pipe(
      source,
      subscribe((result) =>
        batch(() => {
          if (result.data !== undefined && result.data !== null) {
            setState(
              reconcile<{ data?: D }, { data?: D }>({ data: structuredClone(result.data) }, { key: 'id' }),
            );
          }
          setProblem(problemOf(result.error));
          setFetching(result.stale === true);
        }),
      ),
    );
    onCleanup(() => subscription.unsubscribe());
  });

  function startShowing(key: number): void {
    batch(() => {
      if (shownKey !== undefined && shownKey !== key) setState(reconcile<{ data?: D }, { data?: D }>({}));
      shownKey = key;
      setFetching(true);
    });
  }

  return {
    get data() {
      return state.data;
    },
    get problem() {
      return problem();
    },
    get fetching() {
      return fetching();
    },
    refetch: () => ask((count) => count + 1),
  };
}

/** A subscription that hands each event on, as a copy of its own. */
export function createLiveSubscription<D, V extends AnyVariables>(
  document: Document<D, V>,
  variables: Accessor<V>,
  onData: (data: D) => void,
  options: { pause?: Accessor<boolean>; client?: Client } = {},
): void {
  const client = options.client ?? useClient();
  createComputed(
    on([variables, () => options.pause?.() === true], ([current, paused]) => {
      if (paused) return;
      const subscription = pipe(
        client.executeSubscription(createRequest(document, current)),
        subscribe((result) => {
          const { data } = result;
          if (data !== undefined && data !== null) batch(() => onData(structuredClone(data)));
        }),
      );
      onCleanup(() => subscription.unsubscribe());
    }),
  );
}

/** Asks once, past any cache: a query of a long list. */
export async function askOnce<D, V extends AnyVariables>(
  client: Client,
  document: Document<D, V>,
  variables: V,
): Promise<Answer<D>> {
  const result = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise();
  return answerOf(result.data, result.error);
}

/** Sends one mutation. A refusal by the API is part of its data; only a lost connection or a fault is `unreachable`. */
export async function send<D, V extends AnyVariables>(
  client: Client,
  document: Document<D, V>,
  variables: V,
): Promise<Answer<D>> {
  const result = await client.mutation(document, variables).toPromise();
  return answerOf(result.data, result.error);
}

/** The words of a refusal, when the payload of a mutation is one of the error types. */
export function refusalOf(payload: object): string | undefined {
  return 'message' in payload && typeof payload.message === 'string' ? payload.message : undefined;
}

function answerOf<D>(data: D | undefined, error: CombinedError | undefined): Answer<D> {
  if (data !== undefined && data !== null && error === undefined)
    return { kind: 'answer', data: structuredClone(data) };
  return { kind: 'unreachable', message: problemOf(error) ?? 'Stockbook gave an empty answer. Try again.' };
}

function problemOf(error: CombinedError | undefined): string | undefined {
  if (error === undefined) return undefined;
  if (error.networkError) return 'Stockbook did not answer. Check the connection, then try again.';
  return error.graphQLErrors[0]?.message ?? 'Stockbook could not answer this. Try again.';
}
