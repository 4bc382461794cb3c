// Failures by cause, the records of one cause, and trying again.
import { graphql, type ResultOf } from '../../graphql.ts';

export const errorGroupsDocument = graphql(`
  query ErrorGroups {
    errorGroups { id cause fix link message entity count firstAt lastAt sample { id entity number title } }
  }
`);

export const failedDocument = graphql(`
  query Failed($filter: QueueFilter, $first: Int, $after: String) {
    queue(filter: $filter, first: $first, after: $after) {
      edges { node { id reason createdAt settledAt record { id entity number title date total currency } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const retryDocument = graphql(`
  mutation Retry($input: RetryInput!) {
    retry(input: $input) {
      __typename
      ... on RetryPayload { count }
      ... on InvalidInputError { message }
      ... on NotFoundError { message }
      ... on ForbiddenError { message }
      ... on ConflictError { message }
    }
  }
`);

export type ErrorGroupRow = ResultOf<typeof errorGroupsDocument>['errorGroups'][number];
export type FailedRow = ResultOf<typeof failedDocument>['queue']['edges'][number]['node'];
