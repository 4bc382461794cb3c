// The last runs, for the overview, and the switch of automatic sync.
import { graphql, type ResultOf } from '../../graphql.ts';

export const runsDocument = graphql(`
  query Runs {
    runs(first: 8) {
      edges {
        node { id kind state asked startedBy createdAt startedAt endedAt done total calls totals { entity sent rejected } }
      }
    }
  }
`);

export type RunLine = ResultOf<typeof runsDocument>['runs']['edges'][number]['node'];

export const setAutoSyncDocument = graphql(`
  mutation SetAutoSync($on: Boolean!) {
    setAutoSync(input: { on: $on }) {
      __typename
      ... on Connection { autoSync }
      ... on Error { message }
    }
  }
`);
