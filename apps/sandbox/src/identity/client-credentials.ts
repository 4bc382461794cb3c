// A custom connection: one organisation, no person and no refresh token (XERO.md 1.5).
import { randomUUID } from 'node:crypto';
import { option } from '../options.ts';
import type { World } from '../world.ts';
import type { App } from './app.ts';
import type { ClientCheck } from './client.ts';
import { findConnection, type IdentityChange } from './grant.ts';
import { isApiScope, isGiven, knownScopes, splitScope } from './scope.ts';
import { issueTokens, type TokenAnswer } from './token-issue.ts';

/** `scope` stands in the form; the connection is made with the first token. */
export async function giveCredentials(
  world: World,
  client: Exclude<ClientCheck, { kind: 'unknown' }>,
  form: URLSearchParams,
  issuer: string,
): Promise<TokenAnswer> {
  if (client.kind !== 'confidential' || client.app.kind !== 'custom')
    return { status: 400, body: { error: 'unauthorized_client' } };
  const asked = splitScope(form.get('scope') ?? '');
  if (asked.length === 0 && option(world, 'credentials-scope') === 'refuse') return invalidScope;
  const { app } = client;
  const scopes = asked.length === 0 ? knownScopes.filter((scope) => isAllowed(world, app, scope)) : asked;
  if (!scopes.every((scope) => isAllowed(world, app, scope))) return invalidScope;
  const tenant = customTenant(world, client.id);
  const atMs = world.clock.now();
  const before = findConnection(world.identity, client.id, tenant);
  const authEvent = before?.authEvent ?? randomUUID();
  const connection = {
    id: randomUUID(),
    client: client.id,
    tenant,
    authEvent,
    createdMs: atMs,
    updatedMs: atMs,
  };
  const changes: IdentityChange[] = before === undefined ? [{ kind: 'connection', record: connection }] : [];
  const grant = {
    client: client.id,
    scope: scopes.join(' '),
    authEvent,
    isPublic: false,
    before: '',
    nonce: '',
  };
  return issueTokens(world, grant, changes, issuer);
}

/** The organisation of a custom connection; '' for other apps. */
export function customTenant(world: World, client: string): string {
  const app = world.identity.apps.get(client);
  if (app?.kind !== 'custom') return '';
  return app.tenant === '' ? (world.organisations.keys().next().value ?? '') : app.tenant;
}

const invalidScope: TokenAnswer = { status: 400, body: { error: 'invalid_scope' } };

/** There is no person to ask for. */
function isAllowed(world: World, app: App, scope: string): boolean {
  return isApiScope(scope) && isGiven(world, app, scope, world.clock.now());
}
