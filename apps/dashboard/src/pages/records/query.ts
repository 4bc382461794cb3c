// The records of one entity, with the columns the server says it has.
import { graphql, type ResultOf, type VariablesOf } from '../../graphql.ts';

export const columnsDocument = graphql(`
  query Columns {
    entities { name label singular exports count columns { key label kind filterable sortable } }
  }
`);

export const recordsDocument = graphql(`
  query Records($entity: EntityName!, $filter: RecordFilter, $sort: RecordSort, $first: Int, $after: String) {
    records(entity: $entity, filter: $filter, sort: $sort, first: $first, after: $after) {
      edges { node { id entity number title total currency date syncState problem cells { key text } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type EntityColumns = ResultOf<typeof columnsDocument>['entities'][number];
export type Column = EntityColumns['columns'][number];
export type RecordRow = ResultOf<typeof recordsDocument>['records']['edges'][number]['node'];
export type RecordFilter = NonNullable<VariablesOf<typeof recordsDocument>['filter']>;
export type RecordSort = NonNullable<VariablesOf<typeof recordsDocument>['sort']>;
