// One run: its figures as they move, and its log.
import { graphql, type ResultOf } from '../../graphql.ts';

export const runFields = graphql(`
  fragment RunFields on Run {
    id kind state asked startedBy reason hindrance parkedUntil createdAt startedAt endedAt
    done total calls reads throttled
    totals { entity label total sent rejected skipped held }
  }
`);

export const runDocument = graphql(`query Run($id: ID!) { run(id: $id) { ...RunFields } }`, [runFields]);

export const runProgressDocument = graphql(
  `subscription RunProgress($id: ID) { runProgress(id: $id) { ...RunFields } }`,
  [runFields],
);

export const runLogDocument = graphql(`
  query RunLog($id: ID!, $first: Int) {
    run(id: $id) { id log(first: $first) { id at kind text } }
  }
`);

export type RunRow = NonNullable<ResultOf<typeof runDocument>['run']>;
