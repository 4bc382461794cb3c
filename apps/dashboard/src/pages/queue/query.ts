// The open changes: what waits, and why.
import { graphql, type ResultOf } from '../../graphql.ts';

export const queueDocument = graphql(`
  query Queue($filter: QueueFilter, $first: Int, $after: String) {
    queue(filter: $filter, first: $first, after: $after) {
      edges { node { id number entity state reason urgent createdAt settledAt record { id entity number title total currency } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const queueChangedDocument = graphql(
  `subscription QueueChanged { queueChanged { pending held claimed rejected } }`,
);

export type QueueRow = ResultOf<typeof queueDocument>['queue']['edges'][number]['node'];
