// Who may call: the token, the organisation it may act for, the scope, and what a refusal says (XERO.md 1.4, 2, 10.1).

import { customTenant } from '../identity/client-credentials.ts';
import { findConnection } from '../identity/grant.ts';
import { opens } from '../identity/scope.ts';
import type { LimitProblem } from '../limits.ts';
import { option } from '../options.ts';
import { plainText, problem, type Reply } from '../reply.ts';
import type { World } from '../world.ts';
import type { CallHeaders } from './accounting.ts';

export type Caller = { readonly client: string; readonly tenant: string };

export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly reply: Reply };

/** `scopes` are those of the resource; undefined for an address that is none. */
export function admit(
  world: World,
  headers: CallHeaders,
  scopes: readonly string[] | undefined,
  reading: boolean,
): Admission {
  const access = world.identity.accesses.get(tokenOf(headers));
  if (access === undefined) return refuse(401, 'AuthenticationUnsuccessful');
  if (access.expiresMs <= world.clock.now()) {
    return refuse(401, `TokenExpired: token expired at ${expiryText(access.expiresMs)}`);
  }
  const sent = (headers.get('xero-tenant-id') ?? '').toLowerCase();
  // A custom connection has one organisation and need not name it (XERO.md 1.5).
  const tenant = sent === '' ? customTenant(world, access.client) : sent;
  const isConnected = findConnection(world.identity, access.client, tenant) !== undefined;
  if (!isConnected || !world.organisations.has(tenant)) return { kind: 'refused', reply: forbidden() };
  if (scopes !== undefined && !opens(access.scope, scopes, reading, world.clock.now())) {
    return refuse(option(world, 'scope-refusal') === '403' ? 403 : 401, 'AuthorizationUnsuccessful');
  }
  return { kind: 'admitted', caller: { client: access.client, tenant } };
}

/** The app whose token a call carries; '' where there is none. */
export function clientOf(world: World, headers: CallHeaders): string {
  return world.identity.accesses.get(tokenOf(headers))?.client ?? '';
}

/** The bearer token of a call; '' where there is none. */
export function tokenOf(headers: CallHeaders): string {
  return /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
}

/** 403 of a tenant that is not connected. */
export function forbidden(): Reply {
  return problem(403, 'AuthenticationUnsuccessful');
}

/** 429; Xero tells when to come again for the windows, not for calls at once. */
export function tooMany(world: World, limit: LimitProblem, retryAfterS: number | undefined): Reply {
  const retry = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) };
  const text = option(world, 'limit-body') === 'text' ? 'Too many requests' : '';
  return plainText(429, text, { 'X-Rate-Limit-Problem': wordOf(world, limit), ...retry });
}

function wordOf(world: World, limit: LimitProblem): string {
  if (limit === 'concurrent') return option(world, 'limit-word-concurrent');
  return limit === 'app' ? option(world, 'limit-word-app') : limit;
}

function refuse(status: 401 | 403, detail: string): Admission {
  return { kind: 'refused', reply: problem(status, detail) };
}

/** `08/12/2022 07:00:40`, as Xero writes it. */
function expiryText(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${month}/${day}/${year} ${time.slice(0, 8)}`;
}
