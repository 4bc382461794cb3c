// The last runs, for the overview.
import { graphql, type ResultOf } from '../../graphql.ts';

export const runsDocument = graphql(`
  query Runs {
    runs(first: 8) {
      edges {
        node { id kind state startedBy createdAt startedAt endedAt done total calls totals { entity sent rejected } }
      }
    }
  }
`);

export type RunLine = ResultOf<typeof runsDocument>['runs']['edges'][number]['node'];
