// The audit history, newest first.
import { graphql, type ResultOf } from '../../graphql.ts';

export const historyDocument = graphql(`
  query History($filter: HistoryFilter, $first: Int, $after: String) {
    history(filter: $filter, first: $first, after: $after) {
      edges {
        cursor
        node { id at kind actor entity text runId count records(first: 3) { id entity number title } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** One event again, with every record it is about: the cursor before it and a page of a few. */
export const eventRecordsDocument = graphql(`
  query EventRecords($filter: HistoryFilter, $first: Int, $after: String) {
    history(filter: $filter, first: $first, after: $after) {
      edges { node { id records(first: 200) { id entity number title } } }
    }
  }
`);

type Edge = ResultOf<typeof historyDocument>['history']['edges'][number];
export type EventRow = Edge['node'] & { cursor: string };
export type EventRecord = EventRow['records'][number];
