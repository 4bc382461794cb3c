// One load: its progress as it goes, and its report.
import { graphql, type ResultOf } from '../../graphql.ts';

export const loadFields = graphql(`
  fragment LoadFields on Load {
    id template state problem createdBy createdAt startedAt endedAt
    rows documents position imported unchanged rejected rowsImported rowsUnchanged rowsRejected
    files { id name state rows problem }
  }
`);

export const loadDocument = graphql(`query Load($id: ID!) { load(id: $id) { ...LoadFields } }`, [loadFields]);

export const loadProgressDocument = graphql(
  `subscription LoadProgress($id: ID!) { loadProgress(id: $id) { ...LoadFields } }`,
  [loadFields],
);

export const rejectionsDocument = graphql(`
  query Rejections($id: ID!, $first: Int, $after: String) {
    load(id: $id) {
      id
      rejections(first: $first, after: $after) {
        edges { node { id file line document reason } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export type LoadRow = NonNullable<ResultOf<typeof loadDocument>['load']>;
