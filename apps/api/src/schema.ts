// The schema: every schema file and every entity's own, each adding its types to the one builder.
import { entities } from '@stockbook/sync/entities';
import { builder } from '@stockbook/sync/graphql';
import './schema/alert.ts';
import './schema/attempt.ts';
import './schema/change.ts';
import './schema/conflict.ts';
import './schema/connect.ts';
import './schema/connection.ts';
import './schema/entity.ts';
import './schema/error-group.ts';
import './schema/event.ts';
import './schema/live.ts';
import './schema/load.ts';
import './schema/progress.ts';
import './schema/record.ts';
import './schema/records.ts';
import './schema/rejection.ts';
import './schema/retry.ts';
import './schema/run.ts';
import './schema/run-control.ts';
import './schema/send-now.ts';
import './schema/status.ts';
import './schema/sync-now.ts';
import './schema/viewer.ts';
import type { GraphQLSchema } from 'graphql';

export async function createSchema(): Promise<GraphQLSchema> {
  for (const entity of entities) await entity.graphql?.();
  return builder.toSchema();
}
