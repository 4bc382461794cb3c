// The GraphQL builder that the API's schema files and the entities' own share, and the context every resolver gets.
import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { getDatamodel, type Prisma, type PrismaTypes } from '@stockbook/db';
import type { Context } from './graphql-context.ts';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from './graphql-error.ts';
import { nodeId, parseNodeId, relayDescriptions } from './graphql-page.ts';
import { dateScalar, dateTimeScalar, decimalScalar } from './graphql-scalar.ts';
// Once more by name alone: only these stay in the emitted types, and with them what the plugins add to the builder.
import '@pothos/plugin-dataloader';
import '@pothos/plugin-errors';
import '@pothos/plugin-prisma';
import '@pothos/plugin-relay';
import '@pothos/plugin-scope-auth';

export * from './graphql-context.ts';
export * from './graphql-error.ts';
export {
  badCursor,
  isId,
  type Page,
  type PageArguments,
  pageArguments,
  pageSize,
  toPage,
} from './graphql-page.ts';

export interface SchemaTypes {
  PrismaTypes: PrismaTypes;
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  AuthScopes: { member: boolean; person: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    Decimal: { Input: string; Output: string | Prisma.Decimal };
    Date: { Input: string; Output: string | Date };
    DateTime: { Input: Date; Output: Date };
  };
}

/** One builder for the process: each schema file adds its types to it when it is imported. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, PrismaPlugin, DataloaderPlugin],
  defaultFieldNullability: false,
  errors: {
    defaultTypes: [InvalidInputError, NotFoundError, ConflictError, ForbiddenError],
    directResult: true,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`,
      description: 'What the mutation made, or the error that refused it.',
    },
  },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ member: true, person: viewer.kind === 'person' }),
    unauthorizedError: () =>
      new ForbiddenError('Only a person may do this, not an API key: sign in and try again.'),
  },
  relay: {
    ...relayDescriptions,
    cursorType: 'String',
    clientMutationId: 'omit',
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The rows of this page, in order.',
    },
    nodeFieldOptions: { nullable: false, description: 'What the row holds.' },
    encodeGlobalID: nodeId,
    decodeGlobalID: parseNodeId,
  },
  prisma: {
    client: (context) => context.db.prisma,
    dmmf: getDatamodel(),
    filterConnectionTotalCount: true,
  },
});

builder.addScalarType('Decimal', decimalScalar);
builder.addScalarType('Date', dateScalar);
builder.addScalarType('DateTime', dateTimeScalar);

/** The arguments of every list. */
export const pageArgs = builder.args((t) => ({
  first: t.int({ description: 'How many rows, from 1 to 200; 50 when left out.' }),
  after: t.string({ description: 'The cursor to go on after.' }),
}));

builder.queryType({
  description: 'What can be asked. Everything is of the organisation the request names.',
  authScopes: { member: true },
});
builder.mutationType({
  description: 'What can be done. Each answers with what it made, or with the error that refused it.',
  authScopes: { member: true },
});
builder.subscriptionType({
  description: 'What can be watched, over WebSocket (graphql-transport-ws) or SSE.',
});

const ErrorInterface = builder.interfaceRef<Error>('Error').implement({
  description: 'Why a mutation was refused.',
  fields: (t) => ({
    message: t.exposeString('message', {
      description: 'What is wrong and what to do, in words for a person.',
    }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'What was sent cannot be taken.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    field: t.exposeString('field', {
      nullable: true,
      description: 'The field at fault, such as `lines.2.quantity`.',
    }),
  }),
});

builder.objectType(NotFoundError, {
  name: 'NotFoundError',
  description: 'There is no such thing in this organisation.',
  interfaces: [ErrorInterface],
});

builder.objectType(ForbiddenError, {
  name: 'ForbiddenError',
  description: 'The one who asks may not do this.',
  interfaces: [ErrorInterface],
});

builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'Something else stands in the way now.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    runId: t.exposeID('runId', {
      nullable: true,
      description: 'The run that is active, where that is the reason.',
    }),
    parkedUntil: t.expose('parkedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until when that run is parked, where it is.',
    }),
  }),
});
