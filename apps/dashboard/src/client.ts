// The two GraphQL clients: `client` normalises what has an id, `bulk` keeps nothing and serves long lists and streams.
import { Client, type Exchange, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { sessionEnded } from './session.ts';
import { createSocket } from './socket.ts';

const socket = createSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`);

const subscriptions = subscriptionExchange({
  forwardSubscription: (request) => ({
    subscribe: (sink) => ({
      unsubscribe: socket.subscribe<Record<string, unknown>>(
        { query: request.query ?? '', variables: request.variables },
        {
          next: (value) =>
            sink.next({ data: value.data ?? null, ...(value.errors ? { errors: [...value.errors] } : {}) }),
          error: (failure) => sink.error(failure),
          complete: () => sink.complete(),
        },
      ),
    }),
  }),
});

/** Value objects have no id of their own and live inside their parent. */
const embedded = () => null;
const embeddedTypes = [
  'AccountChoice',
  'Calls',
  'Cell',
  'ChangeConnection',
  'ChangeEdge',
  'Column',
  'ConflictError',
  'Connection',
  'Detail',
  'FormField',
  'ForbiddenError',
  'InvalidInputError',
  'Live',
  'LoadConnection',
  'LoadEdge',
  'MarkSeenPayload',
  'Nature',
  'NotFoundError',
  'PageInfo',
  'QueueCounts',
  'RejectionConnection',
  'RejectionEdge',
  'RetryPayload',
  'RunConnection',
  'RunEdge',
  'RunTotal',
  'Status',
  'StockLevel',
  'SyncNowPayload',
  'TaxChoice',
  'Template',
  'Tenant',
  'Treatment',
  'BeginConnectionPayload',
  'Entity',
  'RecordLine',
  'Event',
  'Attempt',
];

const cache = cacheExchange({
  keys: Object.fromEntries(embeddedTypes.map((name) => [name, embedded])),
  optimistic: { setDoNotSync: (args) => flagsOf(args.input) },
});

export const client = createGraphqlClient([cache]);
export const bulk = createGraphqlClient([]);

function createGraphqlClient(caching: Exchange[]): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [...caching, fetchExchange, subscriptions],
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (response.status === 401) sessionEnded();
      return response;
    },
  });
}

/** The flags as a person just set them, shown until the API has answered; a refusal takes them back. */
function flagsOf(
  input: unknown,
): { __typename: 'Record'; id: string; [flag: string]: string | boolean | null } | null {
  if (!isFields(input) || typeof input.id !== 'string') return null;
  const { id } = input;
  return {
    __typename: 'Record',
    id,
    ...(typeof input.export === 'boolean'
      ? { noExport: input.export, noExportReason: textOf(input.exportReason) }
      : {}),
    ...(typeof input.import === 'boolean'
      ? { noImport: input.import, noImportReason: textOf(input.importReason) }
      : {}),
  };
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
