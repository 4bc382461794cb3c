// Failures by cause with the records of each, and trying again.
import { graphql, type ResultOf } from '../../graphql.ts';

export const errorGroupsDocument = graphql(`
  query ErrorGroups {
    errorGroups { id cause fix link message entity count firstAt lastAt 
      records(first: 100) { id entity number title problem total currency } }
  }
`);

export const retryDocument = graphql(`
  mutation Retry($input: RetryInput!) {
    retry(input: $input) {
      __typename
      ... on RetryPayload { count }
      ... on Error { message }
    }
  }
`);

export type ErrorGroupRow = ResultOf<typeof errorGroupsDocument>['errorGroups'][number];
export type FailedRow = ErrorGroupRow['records'][number];
