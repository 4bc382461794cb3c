// Gives the person who asks a first password.
import { graphql } from '../../graphql.ts';

export const setPasswordDocument = graphql(`
  mutation SetPassword($password: String!) {
    setPassword(input: { password: $password }) {
      __typename
      ... on Viewer { id passwordSet }
      ... on InvalidInputError { message }
      ... on NotFoundError { message }
      ... on ForbiddenError { message }
      ... on ConflictError { message }
    }
  }
`);
