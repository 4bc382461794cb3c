// Gives the person who asks a first password.
import { graphql } from '../../graphql.ts';

export const setPasswordDocument = graphql(`
  mutation SetPassword($password: String!) {
    setPassword(input: { password: $password }) {
      __typename
      ... on Viewer { id passwordSet }
      ... on Error { message }
    }
  }
`);
