// Templates, earlier loads, and the three steps of a new one: create, files, close.
import { graphql } from '../../graphql.ts';

export const templatesDocument = graphql(`query Templates { templates { name label columns } }`);

export const loadsDocument = graphql(`
  query Loads {
    loads(first: 8) {
      edges { node { id template state createdBy createdAt documents imported unchanged rejected files { id name } } }
    }
  }
`);

export const createLoadDocument = graphql(`
  mutation CreateLoad($template: ID!, $files: [String!]!) {
    createLoad(input: { template: $template, files: $files }) {
      __typename
      ... on Load { id }
      ... on Error { message }
    }
  }
`);

export const closeLoadDocument = graphql(`
  mutation CloseLoad($id: ID!) {
    closeLoad(input: { id: $id }) {
      __typename
      ... on Load { id state }
      ... on Error { message }
    }
  }
`);
