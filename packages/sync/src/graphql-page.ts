// Keyset pages: their size, their cursors, and the relay words for them.
import { GraphQLError } from 'graphql';

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Page<Row> {
  edges: { cursor: string; node: Row }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

const firstDefault = 50;
const firstMax = 200;

/** How many rows were asked for. Throws for a number that is not from 1 to 200. */
export function pageSize(args: PageArguments): number {
  const first = args.first ?? firstDefault;
  if (first >= 1 && first <= firstMax) return first;
  throw new GraphQLError(`\`first\` must be from 1 to ${firstMax}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** The size, and the id to go on after: for lists in the order of a uuid. Throws for a cursor that is not one of ours. */
export function pageArguments(args: PageArguments): { first: number; after: string | undefined } {
  const first = pageSize(args);
  if (args.after === undefined || args.after === null) return { first, after: undefined };
  if (isId(args.after)) return { first, after: args.after };
  throw badCursor();
}

export function badCursor(): GraphQLError {
  return new GraphQLError('`after` must be a cursor from an earlier page of the same list and order.', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** A page of the rows found; one row more than `first` was looked for, to know whether there is a next page. */
export function toPage<Row>(found: Row[], args: PageArguments, cursorOf: (row: Row) => string): Page<Row> {
  const first = pageSize(args);
  const edges = found.slice(0, first).map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: typeof args.after === 'string',
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isId(text: string): boolean {
  return idPattern.test(text);
}

/** A node's global id is readable: its type, a colon, its uuid. */
export function nodeId(typename: string, id: string | number | bigint): string {
  return `${typename}:${id}`;
}

export function parseNodeId(text: string): { typename: string; id: string } {
  const [typename, id, ...rest] = text.split(':');
  if (typename && id && rest.length === 0 && /^\w+$/.test(typename) && isId(id)) return { typename, id };
  throw new GraphQLError('A node id is its type and its uuid, such as `Contact:0199…`.', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

export const relayDescriptions = {
  nodeTypeOptions: { description: 'Anything with a global id.' },
  idFieldOptions: { description: 'The global id.' },
  nodeQueryOptions: {
    description: 'One node by its global id.',
    args: { id: { description: 'The global id.' } },
  },
  nodesQueryOptions: {
    description: 'Several nodes by their global ids, in that order.',
    args: { ids: { description: 'The global ids.' } },
  },
  pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
  hasNextPageFieldOptions: { description: 'Whether rows follow this page.' },
  hasPreviousPageFieldOptions: { description: 'Whether the page was asked for after a cursor.' },
  startCursorFieldOptions: { description: 'The cursor of the first row.' },
  endCursorFieldOptions: { description: 'The cursor of the last row: ask for the next page after it.' },
  pageInfoFieldOptions: { description: 'Where the page stands in the list.' },
  cursorFieldOptions: { description: 'Where the row stands in the list.' },
  defaultConnectionTypeOptions: { description: 'A page of a list.' },
  defaultEdgeTypeOptions: { description: 'A row of a page.' },
} as const;
