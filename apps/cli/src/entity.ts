// Names of entities: people write credit-notes, GraphQL writes credit_notes.
import type { Api } from './api.ts';
import { entitiesQuery } from './documents/record.ts';
import { Sentence } from './sentence.ts';

/** The name as GraphQL has it. Throws a Sentence that lists the names when there is no such entity. */
export async function graphqlEntity(api: Api, written: string): Promise<string> {
  const name = written.toLowerCase().replaceAll('-', '_');
  const known = await api.ask(entitiesQuery);
  if (known.some((entity) => entity.name === name)) return name;
  const names = known.map((entity) => writtenEntity(entity.name)).join(', ');
  throw new Sentence(`There is no entity '${written}': ${names}.`, 2);
}

export function writtenEntity(name: string): string {
  return name.replaceAll('_', '-');
}
