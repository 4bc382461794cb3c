// The schema: every schema file and every entity's own, each adding its types to the one builder.
import { entities } from '@stockbook/sync/entities';
import { builder } from '@stockbook/sync/graphql';
import './schema/viewer.ts';
import type { GraphQLSchema } from 'graphql';

export async function createSchema(): Promise<GraphQLSchema> {
  for (const entity of entities) await entity.graphql?.();
  return builder.toSchema();
}
