// What the frame around every page reads and does.
import { graphql, type ResultOf } from '../../graphql.ts';

export const viewerDocument = graphql(`
  query Viewer {
    viewer {
      id name email role passwordSet unseen
      organisation { id name }
    }
  }
`);

export const entitiesDocument = graphql(`
  query Entities { entities { name label singular exports count } }
`);

export const statusDocument = graphql(`
  query Status {
    status {
      now clockScale
      organisation { id name }
      connection { state problem tenantName connectedBy sandbox unsettled autoSync }
      pending held conflicts claimed checking sent rejected sentToday timeZone lastFullSyncAt readOnly
      activeRun { id state asked done total parkedUntil reason hindrance }
      lastRun { id state }
      calls { used reads minimum perDocument leftThisMinute leftToday closedUntil }
      forecast { queueClearsAt callsLastUntil callsUsedUp callsReturnAt reserve }
    }
  }
`);

export const recentFailuresDocument = graphql(`
  query RecentFailures {
    queue(filter: { state: FAILED }, first: 6) {
      edges { node { id reason createdAt settledAt record { id entity number title } } }
    }
  }
`);

export const errorRaisedDocument = graphql(`
  subscription ErrorRaised { errorRaised { id } }
`);

export const syncNowDocument = graphql(`
  mutation SyncNow {
    syncNow {
      __typename
      ... on SyncNowPayload { pending run { id state } }
      ... on Error { message }
      ... on ConflictError { runId parkedUntil }
    }
  }
`);

/** What a run says after it was asked for something. */
const askedRun = graphql(`
  fragment AskedRun on Run { id state asked reason }
`);

export const pauseRunDocument = graphql(
  `
  mutation PauseRun($id: ID!) {
    run: pauseRun(input: { id: $id }) {
      __typename
      ...AskedRun
      ... on Error { message }
    }
  }
`,
  [askedRun],
);

export const resumeRunDocument = graphql(
  `
  mutation ResumeRun($id: ID!) {
    run: resumeRun(input: { id: $id }) {
      __typename
      ...AskedRun
      ... on Error { message }
    }
  }
`,
  [askedRun],
);

export const stopRunDocument = graphql(
  `
  mutation StopRun($id: ID!) {
    run: stopRun(input: { id: $id }) {
      __typename
      ...AskedRun
      ... on Error { message }
    }
  }
`,
  [askedRun],
);

export const markSeenDocument = graphql(`
  mutation MarkSeen {
    markSeen {
      __typename
      ... on MarkSeenPayload { unseen }
      ... on Error { message }
    }
  }
`);

export type Status = ResultOf<typeof statusDocument>['status'];
export type EntityRow = ResultOf<typeof entitiesDocument>['entities'][number];
export type ViewerRow = ResultOf<typeof viewerDocument>['viewer'];
