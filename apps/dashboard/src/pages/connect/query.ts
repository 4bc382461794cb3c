// Connecting to Xero: what stands, and the steps that change it.
import { graphql, type ResultOf } from '../../graphql.ts';

const connectionFields = graphql(`
  fragment ConnectionFields on Connection {
    state problem tenantName tenantId country currency connectedBy connectedAt sandbox sandboxUrl unsettled
    tenants { id name }
    natures { nature label chosenBy held account { code name type } candidates { code name type } }
    treatments { treatment label rate chosenBy held taxType { type name rate } candidates { type name rate } }
  }
`);

export const connectionDocument = graphql(`query Connection { connection { ...ConnectionFields } }`, [
  connectionFields,
]);

export const beginConnectionDocument = graphql(`
  mutation BeginConnection {
    beginConnection(input: {}) {
      __typename
      ... on BeginConnectionPayload { url }
      ... on Error { message }
    }
  }
`);

export const chooseTenantDocument = graphql(
  `
    mutation ChooseTenant($tenantId: ID!) {
      chooseTenant(input: { tenantId: $tenantId }) {
        __typename
        ... on Connection { ...ConnectionFields }
        ... on Error { message }
      }
    }
  `,
  [connectionFields],
);

export const finishConnectionDocument = graphql(
  `
    mutation FinishConnection($accounts: [AccountChoiceInput!], $taxes: [TaxChoiceInput!]) {
      finishConnection(input: { accounts: $accounts, taxes: $taxes }) {
        __typename
        ... on Connection { ...ConnectionFields }
        ... on Error { message }
      }
    }
  `,
  [connectionFields],
);

export const chooseAccountDocument = graphql(`
  mutation ChooseAccount($nature: ID!, $code: String!) {
    chooseAccount(input: { nature: $nature, code: $code }) {
      __typename
      ... on Connection { unsettled }
      ... on Error { message }
    }
  }
`);

export const chooseTaxDocument = graphql(`
  mutation ChooseTax($treatment: ID!, $type: String!) {
    chooseTax(input: { treatment: $treatment, type: $type }) {
      __typename
      ... on Connection { unsettled }
      ... on Error { message }
    }
  }
`);

export type ConnectionRow = ResultOf<typeof connectionDocument>['connection'];
