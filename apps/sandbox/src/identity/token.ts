// POST /connect/token and /connect/revocation: codes and refresh tokens become tokens, and end (XERO.md 1.2).
import { createHash } from 'node:crypto';
import { commit, type World } from '../world.ts';
import { type ClientCheck, checkClient } from './client.ts';
import { giveCredentials } from './client-credentials.ts';
import type { IdentityChange } from './grant.ts';
import { signingKeyOf } from './signing-key.ts';
import { issueTokens, type TokenAnswer } from './token-issue.ts';

/** How long the previous refresh token still works, for a client whose reply was lost. */
const graceMs = 30 * 60_000;

export async function answerToken(
  world: World,
  authorization: string | undefined,
  form: URLSearchParams,
  issuer: string,
): Promise<TokenAnswer> {
  const client = checkClient(world.identity.apps, authorization, form);
  if (client.kind === 'unknown') return refuse(401, 'invalid_client');
  // Waited for here, so that nothing comes between looking at a code and using it up.
  await signingKeyOf(world);
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(world, client, form, issuer);
    case 'refresh_token':
      return redeemRefresh(world, client, form, issuer);
    case 'client_credentials':
      return giveCredentials(world, client, form, issuer);
    default:
      return refuse(400, 'unsupported_grant_type');
  }
}

/** Revoking a refresh token ends all of this client's connections, scopes and refresh tokens; an unknown one changes nothing. */
export async function answerRevocation(
  world: World,
  authorization: string | undefined,
  form: URLSearchParams,
): Promise<TokenAnswer> {
  const client = checkClient(world.identity.apps, authorization, form);
  if (client.kind === 'unknown') return refuse(401, 'invalid_client');
  const { refreshes, connections } = world.identity;
  if (refreshes.get(form.get('token') ?? '')?.client === client.id) {
    const gone: IdentityChange[] = [{ kind: 'consent-gone', client: client.id }];
    for (const one of refreshes.values())
      if (one.client === client.id) gone.push({ kind: 'refresh-gone', token: one.token });
    for (const one of connections.values())
      if (one.client === client.id) gone.push({ kind: 'connection-gone', id: one.id });
    await commit(world, { atMs: world.clock.now(), identity: gone });
  }
  return { status: 200, body: undefined };
}

type KnownClient = Exclude<ClientCheck, { kind: 'unknown' }>;

async function redeemCode(
  world: World,
  client: KnownClient,
  form: URLSearchParams,
  issuer: string,
): Promise<TokenAnswer> {
  const atMs = world.clock.now();
  const code = world.identity.codes.get(form.get('code') ?? '');
  if (code === undefined || code.client !== client.id) return refuse(400, 'invalid_grant');
  const used: IdentityChange = { kind: 'code-used', code: code.code };
  const verifier = form.get('code_verifier') ?? '';
  const isProven = code.challenge === '' ? client.kind === 'confidential' : hash(verifier) === code.challenge;
  if (code.expiresMs <= atMs || code.redirectUri !== form.get('redirect_uri') || !isProven) {
    await commit(world, { atMs, identity: [used] });
    return refuse(400, 'invalid_grant');
  }
  const { scope, authEvent, nonce } = code;
  const grant = {
    client: client.id,
    scope,
    authEvent,
    isPublic: client.kind === 'public',
    before: '',
    nonce,
  };
  return issueTokens(world, grant, [used], issuer);
}

/** A refresh token is replaced by each use; the one before it still works for a while, the one before that no longer. */
async function redeemRefresh(
  world: World,
  client: KnownClient,
  form: URLSearchParams,
  issuer: string,
): Promise<TokenAnswer> {
  const atMs = world.clock.now();
  const refresh = world.identity.refreshes.get(form.get('refresh_token') ?? '');
  if (refresh === undefined || refresh.client !== client.id || refresh.expiresMs <= atMs)
    return refuse(400, 'invalid_grant');
  if (client.kind === 'public' && !refresh.isPublic) return refuse(401, 'invalid_client');
  if (refresh.replacedMs !== null && atMs - refresh.replacedMs > graceMs) return refuse(400, 'invalid_grant');
  const changes: IdentityChange[] = [];
  if (refresh.before !== '') changes.push({ kind: 'refresh-gone', token: refresh.before });
  if (refresh.replacedMs === null)
    changes.push({ kind: 'refresh', record: { ...refresh, before: '', replacedMs: atMs } });
  const { scope, authEvent, isPublic } = refresh;
  return issueTokens(
    world,
    { client: client.id, scope, authEvent, isPublic, before: refresh.token, nonce: '' },
    changes,
    issuer,
  );
}

function hash(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function refuse(status: 400 | 401, error: string): TokenAnswer {
  return { status, body: { error } };
}
