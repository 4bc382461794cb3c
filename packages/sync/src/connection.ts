// The connection of an organisation to its Xero tenant, as the engine uses it.
import type { Failure } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import {
  type CallResult,
  createXeroApi,
  type Oauth,
  type SendResult,
  type XeroApi,
  type XeroOptions,
} from '@stockbook/xero';
import type { Stepping } from './step.ts';
import { createTokenSource, type TokenSource } from './token.ts';

/** How long Xero may take for one call. */
export const callLimitMs = 60_000;

export type ConnectionApi = { kind: 'ready'; api: XeroApi } | { kind: 'failed'; failure: Failure };

/** Whose calls they are, and where a test may stand between the connection and the world. */
export interface Ports {
  step?: Stepping;
  /** No call goes for another lease than this. */
  leaseToken?: bigint;
  /** How long Xero may take for one call; a minute where nothing is said. */
  callMs?: number;
  /** Waits so many milliseconds. */
  wait?(delayMs: number): Promise<unknown>;
  /** Makes each request to the Accounting API. */
  wire?: NonNullable<XeroOptions['wire']>;
}

/** The API of the connected tenant; its tokens are refreshed as needed. `unauthorised` while nothing is connected or it is paused. */
export async function connectionApi(
  db: Db,
  organisation: string,
  oauth: Oauth,
  secret: Buffer,
  ports: Ports = {},
): Promise<ConnectionApi> {
  const [row] = await db.sql.query<{ state: string; tenantId: string | null; problem: string | null }>(
    `SELECT state, tenant_id AS "tenantId", problem FROM connection WHERE organisation_id = $1::uuid`,
    organisation,
  );
  if (row?.state !== 'connected' || row.tenantId === null) {
    const message = row?.problem ?? 'No Xero organisation is connected: connect one first.';
    return { kind: 'failed', failure: { kind: 'unauthorised', status: null, message } };
  }
  const source = createTokenSource(db, organisation, { oauth, secret, ...ports });
  const options = {
    apiUrl: oauth.apiUrl,
    tenantId: row.tenantId,
    accessToken: source.token,
    timeoutMs: ports.callMs ?? callLimitMs,
    ...(ports.wire && { wire: ports.wire }),
  };
  return { kind: 'ready', api: renewing(createXeroApi(options), source) };
}

/** A call refused for its token was not carried out: it is made once more with another token. One that only cannot be had just now does not end the permission. */
function renewing(api: XeroApi, source: TokenSource): XeroApi {
  return {
    tenantId: api.tenantId,
    send: (call) => again(source, () => api.send(call)),
    find: (call) => again(source, () => api.find(call)),
  };
}

async function again<T extends SendResult>(source: TokenSource, call: () => Promise<T>): Promise<T> {
  const result = await call();
  if (!isTokenRefused(result)) return result;
  const renewed = await source.renew();
  if (renewed.kind === 'failed')
    return renewed.failure.kind === 'unauthorised' ? result : { ...result, failure: renewed.failure };
  const repeated = await call();
  return 'calls' in repeated ? Object.assign(repeated, { calls: result.calls + repeated.calls }) : repeated;
}

function isTokenRefused(result: SendResult): result is Extract<CallResult, { kind: 'failed' }> {
  return result.kind === 'failed' && result.failure.kind === 'unauthorised' && result.failure.status === 401;
}
