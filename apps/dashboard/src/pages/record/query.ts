// One record with everything that is known of it, and its two flags.
import { graphql, type ResultOf } from '../../graphql.ts';

export const recordDocument = graphql(`
  query Record($id: ID!) {
    record(id: $id) {
      id entity number title date total currency status
      syncState problem fix conflict { seenAt gone differences { field ours agreed theirs } } xeroId xeroUrl accountingCode lastExportAt lastImportAt
      noExport noExportReason noImport noImportReason
      fields { label text path }
      lines { id item description quantity unitPrice net tax account taxType }
      stock { location quantity }
      changes { id state urgent }
      timeline(first: 50) { id at kind actor text runId }
      attempts { id kind startedAt endedAt outcome status message size key request answer }
    }
  }
`);

export const setDoNotSyncDocument = graphql(`
  mutation SetDoNotSync($input: SetDoNotSyncInput!) {
    setDoNotSync(input: $input) {
      __typename
      ... on Record { id syncState problem noExport noExportReason noImport noImportReason }
      ... on Error { message }
    }
  }
`);

export const sendNowDocument = graphql(`
  mutation SendNow($id: ID!) {
    sendNow(input: { id: $id }) {
      __typename
      ... on SendNowPayload { words record { id changes { id state urgent } } }
      ... on Error { message }
    }
  }
`);

export const chooseSideDocument = graphql(`
  mutation ChooseSide($id: ID!, $keep: Side!) {
    chooseSide(input: { id: $id, keep: $keep }) {
      __typename
      ... on Record { id syncState problem }
      ... on Error { message }
    }
  }
`);

export type RecordRow = NonNullable<ResultOf<typeof recordDocument>['record']>;
