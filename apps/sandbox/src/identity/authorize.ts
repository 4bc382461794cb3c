// GET and POST /identity/connect/authorize: checks the client's request, asks the person, sends the code back.
import { randomBytes, randomUUID } from 'node:crypto';
import { option } from '../options.ts';
import { commit, type World } from '../world.ts';
import type { App } from './app.ts';
import { capFault } from './connection-cap.ts';
import { consentPage, refusalPage } from './consent-page.ts';
import { type Code, findConnection, type IdentityChange } from './grant.ts';
import { isApiScope, isGiven, splitScope } from './scope.ts';
import { tierOf } from './tier.ts';

export type AuthorizeAnswer =
  | { readonly kind: 'page'; readonly status: 200 | 400; readonly html: string }
  | { readonly kind: 'redirect'; readonly location: string };

export const authorizePath = '/identity/connect/authorize';

/** Shows the consent page; `sandbox_consent=<tenantId>` or `=all` stands for a person who allows at once. */
export async function startAuthorize(world: World, query: URLSearchParams): Promise<AuthorizeAnswer> {
  const request = parseRequest(world, query);
  if (request.kind !== 'request') return request;
  const consent = query.get('sandbox_consent');
  if (consent === null) {
    const organisations = [...world.organisations.values()].map(({ record: { id, name } }) => {
      return { id, name, fault: capFault(world, request.app, [id]) };
    });
    const html = consentPage({
      client: request.client,
      redirectUri: request.redirectUri,
      scopes: request.scopes,
      organisations,
      action: `${authorizePath}?${query}`,
      isBulk: request.isBulk,
    });
    return { kind: 'page', status: 200, html };
  }
  const tenants = consent === 'all' ? [...world.organisations.keys()] : [consent.toLowerCase()];
  return allow(world, request, tenants);
}

/** Carries out what the person decided on the page. */
export async function decideAuthorize(
  world: World,
  query: URLSearchParams,
  form: URLSearchParams,
): Promise<AuthorizeAnswer> {
  const request = parseRequest(world, query);
  if (request.kind !== 'request') return request;
  if (form.get('decision') !== 'allow') return sendBack(request, { error: 'access_denied' });
  const tenants = form.getAll('tenant');
  if (tenants.length > 1 && !request.isBulk)
    return refusal('One organisation can be chosen at a time; send the person here again for another.');
  return allow(world, request, tenants);
}

type Request = {
  readonly kind: 'request';
  readonly client: string;
  readonly app: App;
  /** Whether the person may choose several organisations at once. */
  readonly isBulk: boolean;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly challenge: string;
  readonly nonce: string;
};

/** A request that cannot be trusted to be sent back is refused on a page, any other fault by redirect. */
function parseRequest(world: World, query: URLSearchParams): Request | AuthorizeAnswer {
  const client = query.get('client_id') ?? '';
  const app = world.identity.apps.get(client);
  if (app === undefined || app.kind === 'custom')
    return refusal(`unauthorized_client: no app has the client id '${client}'.`);
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!isAllowedRedirect(redirectUri)) {
    return refusal(
      `Invalid redirect_uri '${redirectUri}': it must begin with https:// or be http://localhost.`,
    );
  }
  const scopes = splitScope(query.get('scope') ?? '');
  const challenge = query.get('code_challenge') ?? '';
  const request: Request = {
    kind: 'request',
    client,
    app,
    isBulk:
      (tierOf(app).isAdvanced || option(world, 'bulk-connect') === 'on') &&
      query.get('acr_values') !== 'bulk_connect:false',
    redirectUri,
    scopes,
    challenge,
    state: query.get('state') ?? '',
    nonce: query.get('nonce') ?? '',
  };
  if (query.get('response_type') !== 'code') return sendBack(request, { error: 'unsupported_response_type' });
  if (scopes.length === 0 || !scopes.every((scope) => isGiven(world, app, scope, world.clock.now()))) {
    return sendBack(request, { error: 'invalid_scope' });
  }
  if (app.kind === 'pkce' && challenge === '') {
    return sendBack(request, { error: 'invalid_request', error_description: 'code_challenge is required' });
  }
  if (challenge !== '' && query.get('code_challenge_method') !== 'S256') {
    return sendBack(request, {
      error: 'invalid_request',
      error_description: 'code_challenge_method must be S256',
    });
  }
  return request;
}

function isAllowedRedirect(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost');
}

const codeLifeMs = 5 * 60_000;

async function allow(world: World, request: Request, tenants: readonly string[]): Promise<AuthorizeAnswer> {
  if (tenants.length === 0 || tenants.some((tenant) => !world.organisations.has(tenant))) {
    return refusal(`There is no organisation '${tenants.join(', ')}' in this sandbox.`);
  }
  const fault = capFault(world, request.app, tenants);
  if (fault !== undefined) return refusal(fault);
  const atMs = world.clock.now();
  const authEvent = randomUUID();
  // What the person has consented to before stays: scopes add up and are lessened by revoking alone (XERO.md 1.3).
  const scopes = [...new Set([...request.scopes, ...(world.identity.consents.get(request.client) ?? [])])];
  const changes: IdentityChange[] = tenants.map((tenant) => {
    const before = findConnection(world.identity, request.client, tenant);
    const id = before?.id ?? randomUUID();
    const createdMs = before?.createdMs ?? atMs;
    return {
      kind: 'connection',
      record: { id, client: request.client, tenant, authEvent, createdMs, updatedMs: atMs },
    };
  });
  const record: Code = {
    code: randomBytes(32).toString('base64url'),
    client: request.client,
    redirectUri: request.redirectUri,
    scope: scopes.join(' '),
    authEvent,
    challenge: request.challenge,
    nonce: request.nonce,
    expiresMs: atMs + codeLifeMs,
  };
  changes.push({ kind: 'consent', client: request.client, scopes: scopes.filter(isApiScope) });
  await commit(world, { atMs, identity: [...changes, { kind: 'code', record }] });
  return sendBack(request, { code: record.code, scope: record.scope });
}

function sendBack(request: Request, members: Readonly<Record<string, string>>): AuthorizeAnswer {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(members)) url.searchParams.set(name, value);
  if (request.state !== '') url.searchParams.set('state', request.state);
  return { kind: 'redirect', location: url.href };
}

function refusal(reason: string): AuthorizeAnswer {
  return { kind: 'page', status: 400, html: refusalPage(reason) };
}
