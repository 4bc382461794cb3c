// Typed documents: `graphql()` reads the types of its answers and variables from the committed schema.
import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Decimal: string; Date: string; DateTime: string };
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
