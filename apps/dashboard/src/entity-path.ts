// The URL form of an entity's name: `credit_notes` in GraphQL is `/records/credit-notes` in the address bar.
import type { introspection } from './graphql-env.d.ts';

export type EntityName = introspection['types']['EntityName']['enumValues'];

export function entityPath(entity: string): string {
  return `/records/${entity.replaceAll('_', '-')}`;
}

export function recordPath(record: { entity: string; id: string }): string {
  return `${entityPath(record.entity)}/${record.id}`;
}

/** The entity a URL names, if the server knows it. */
export function findEntity<E extends { name: string }>(
  entities: readonly E[],
  urlName: string | undefined,
): E | undefined {
  return entities.find((entity) => entity.name === urlName?.replaceAll('-', '_'));
}
