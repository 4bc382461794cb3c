// What people have consented to: codes, tokens and connections, and the changes that make and end them.
import { z } from 'zod';
import { type App, type AppSubscription, appRecord, appSubscriptionRecord } from './app.ts';

export const codeRecord = z.object({
  code: z.string(),
  client: z.string(),
  redirectUri: z.string(),
  scope: z.string(),
  authEvent: z.string(),
  challenge: z.string(),
  nonce: z.string(),
  expiresMs: z.number(),
});

export const accessRecord = z.object({
  token: z.string(),
  client: z.string(),
  scope: z.string(),
  authEvent: z.string(),
  expiresMs: z.number(),
});

export const refreshRecord = z.object({
  token: z.string(),
  client: z.string(),
  scope: z.string(),
  authEvent: z.string(),
  /** Whether the client proved itself by PKCE alone, without a secret. */
  isPublic: z.boolean(),
  /** The token this one replaced, or ''. */
  before: z.string(),
  replacedMs: z.number().nullable(),
  expiresMs: z.number(),
});

export const connectionRecord = z.object({
  id: z.string(),
  client: z.string(),
  tenant: z.string(),
  authEvent: z.string(),
  createdMs: z.number(),
  updatedMs: z.number(),
});

export const identityChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('app'), record: appRecord }),
  z.object({ kind: z.literal('code'), record: codeRecord }),
  z.object({ kind: z.literal('code-used'), code: z.string() }),
  z.object({ kind: z.literal('access'), record: accessRecord }),
  z.object({ kind: z.literal('refresh'), record: refreshRecord }),
  z.object({ kind: z.literal('refresh-gone'), token: z.string() }),
  z.object({ kind: z.literal('connection'), record: connectionRecord }),
  z.object({ kind: z.literal('connection-gone'), id: z.string() }),
  z.object({ kind: z.literal('consent'), client: z.string(), scopes: z.array(z.string()) }),
  z.object({ kind: z.literal('consent-gone'), client: z.string() }),
  z.object({ kind: z.literal('app-subscription'), record: appSubscriptionRecord }),
  z.object({ kind: z.literal('signing-key'), pem: z.string() }),
]);

export type Code = z.infer<typeof codeRecord>;
export type Access = z.infer<typeof accessRecord>;
export type Refresh = z.infer<typeof refreshRecord>;
export type Connection = z.infer<typeof connectionRecord>;
export type IdentityChange = z.infer<typeof identityChange>;

export type Identity = {
  /** By client id. */
  readonly apps: Map<string, App>;
  readonly codes: Map<string, Code>;
  readonly accesses: Map<string, Access>;
  readonly refreshes: Map<string, Refresh>;
  readonly connections: Map<string, Connection>;
  /** By client id, the scopes of the API the person has consented to so far: they add up until they are revoked. */
  readonly consents: Map<string, readonly string[]>;
  /** What was bought for apps in the App Store, by client id. */
  readonly appSubscriptions: Map<string, AppSubscription>;
  /** The key that signs tokens, PEM; '' until the first is signed. */
  signingKey: string;
};

export function createIdentity(apps: readonly App[]): Identity {
  return {
    apps: new Map(apps.map((app) => [app.id, app])),
    codes: new Map(),
    accesses: new Map(),
    refreshes: new Map(),
    connections: new Map(),
    consents: new Map(),
    appSubscriptions: new Map(),
    signingKey: '',
  };
}

/** Forgets everything but `apps`. */
export function clearIdentity(identity: Identity, apps: readonly App[]): void {
  const { codes, accesses, refreshes, connections, consents, appSubscriptions } = identity;
  for (const records of [codes, accesses, refreshes, connections, consents, appSubscriptions, identity.apps])
    records.clear();
  for (const app of apps) identity.apps.set(app.id, app);
  identity.signingKey = '';
}

export function applyIdentityChange(identity: Identity, change: IdentityChange, nowMs: number): void {
  switch (change.kind) {
    case 'app':
      identity.apps.set(change.record.id, change.record);
      return;
    case 'code':
      dropExpired(identity.codes, nowMs);
      identity.codes.set(change.record.code, change.record);
      return;
    case 'code-used':
      identity.codes.delete(change.code);
      return;
    case 'access':
      // An expired token is kept for a day, because Xero tells when it expired.
      dropExpired(identity.accesses, nowMs - dayMs);
      identity.accesses.set(change.record.token, change.record);
      return;
    case 'refresh':
      dropExpired(identity.refreshes, nowMs);
      identity.refreshes.set(change.record.token, change.record);
      return;
    case 'refresh-gone':
      identity.refreshes.delete(change.token);
      return;
    case 'connection':
      identity.connections.set(change.record.id, change.record);
      return;
    case 'connection-gone':
      identity.connections.delete(change.id);
      return;
    case 'consent':
      identity.consents.set(change.client, change.scopes);
      return;
    case 'consent-gone':
      identity.consents.delete(change.client);
      return;
    case 'app-subscription':
      identity.appSubscriptions.set(change.record.client, change.record);
      return;
    case 'signing-key':
      identity.signingKey = change.pem;
      return;
  }
}

/** The connection by which this client may act for the tenant. */
export function findConnection(identity: Identity, client: string, tenant: string): Connection | undefined {
  for (const connection of identity.connections.values()) {
    if (connection.client === client && connection.tenant === tenant) return connection;
  }
  return undefined;
}

const dayMs = 86_400_000;

function dropExpired(records: Map<string, { expiresMs: number }>, nowMs: number): void {
  for (const [key, record] of records) if (record.expiresMs < nowMs) records.delete(key);
}
