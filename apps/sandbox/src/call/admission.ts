// Who may call: the token, the organisation it may act for, the scope, and what a refusal says (XERO.md 1.4, 2, 10.1).
import { findConnection } from '../identity/grant.ts';
import { opens } from '../identity/scope.ts';
import type { Organisation } from '../organisation.ts';
import { plainText, problem, type Reply } from '../reply.ts';
import type { World } from '../world.ts';

export type Caller = { readonly client: string; readonly organisation: Organisation };

export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly reply: Reply };

/** `scopes` are those of the resource; undefined for an address that is none. */
export function admit(
  world: World,
  headers: Headers,
  scopes: readonly string[] | undefined,
  reading: boolean,
): Admission {
  const token = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  const access = world.identity.accesses.get(token);
  if (access === undefined) return refuse(401, 'AuthenticationUnsuccessful');
  if (access.expiresMs <= world.clock.now()) {
    return refuse(401, `TokenExpired: token expired at ${expiryText(access.expiresMs)}`);
  }
  const tenant = (headers.get('xero-tenant-id') ?? '').toLowerCase();
  const organisation = world.organisations.get(tenant);
  if (organisation === undefined || findConnection(world.identity, access.client, tenant) === undefined) {
    return refuse(403, 'AuthenticationUnsuccessful');
  }
  if (scopes !== undefined && !opens(access.scope, scopes, reading))
    return refuse(401, 'AuthorizationUnsuccessful');
  return { kind: 'admitted', caller: { client: access.client, organisation } };
}

/** 429; Xero tells when to come again for the windows, not for calls at once. */
export function tooMany(limit: 'minute' | 'day' | 'concurrent', retryAfterS: number | undefined): Reply {
  const retry = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) };
  return plainText(429, '', { 'X-Rate-Limit-Problem': limit, ...retry });
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
