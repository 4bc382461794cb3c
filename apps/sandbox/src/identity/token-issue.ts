// Makes the tokens of a grant (XERO.md 1.2).
import { randomBytes, randomUUID } from 'node:crypto';
import { commit, type World } from '../world.ts';
import type { Access, IdentityChange, Refresh } from './grant.ts';
import { signToken } from './signing.ts';

export type TokenAnswer = {
  readonly status: 200 | 400 | 401;
  readonly body: Readonly<Record<string, unknown>> | undefined;
};

const accessLifeMs = 30 * 60_000;
const refreshLifeMs = 60 * 86_400_000;
const idTokenLifeMs = 5 * 60_000;

/** What tokens are issued for; `before` is the refresh token they replace, or ''. */
export type Grant = Pick<Refresh, 'client' | 'scope' | 'authEvent' | 'isPublic' | 'before'> & {
  readonly nonce: string;
};

/** Makes an access token, with `offline_access` a refresh token, with `openid` an id token, and commits them. */
export async function issueTokens(
  world: World,
  grant: Grant,
  changes: IdentityChange[],
  issuer: string,
): Promise<TokenAnswer> {
  const atMs = world.clock.now();
  const scopes = grant.scope.split(' ');
  const { client, scope, authEvent, isPublic, before } = grant;
  const access: Access = {
    token: accessToken(world, grant, issuer),
    client,
    scope,
    authEvent,
    expiresMs: atMs + accessLifeMs,
  };
  changes.push({ kind: 'access', record: access });
  const body: Record<string, unknown> = {
    access_token: access.token,
    expires_in: accessLifeMs / 1_000,
    token_type: 'Bearer',
  };
  if (scopes.includes('offline_access')) {
    const token = randomBytes(32).toString('base64url');
    changes.push({
      kind: 'refresh',
      record: {
        token,
        client,
        scope,
        authEvent,
        isPublic,
        before,
        replacedMs: null,
        expiresMs: atMs + refreshLifeMs,
      },
    });
    body.refresh_token = token;
  }
  if (scopes.includes('openid') && before === '') body.id_token = idToken(world, grant, issuer);
  body.scope = scope;
  await commit(world, { atMs, identity: changes });
  return { status: 200, body };
}

/** The one person of this sandbox. */
const person = {
  id: '5b9a2f5e-6c1d-4f3a-9d5b-0c8d2f1e7a34',
  name: 'Sam',
  surname: 'Sandbox',
  email: 'sam@sandbox.example',
};

function accessToken(world: World, grant: Grant, issuer: string): string {
  const now = Math.floor(world.clock.now() / 1_000);
  return signToken(world.identity.signingKey, {
    nbf: now,
    exp: now + accessLifeMs / 1_000,
    iss: issuer,
    aud: `${issuer}/resources`,
    client_id: grant.client,
    sub: person.id,
    auth_time: now,
    xero_userid: person.id,
    global_session_id: randomUUID(),
    jti: randomUUID(),
    authentication_event_id: grant.authEvent,
    scope: grant.scope.split(' '),
  });
}

function idToken(world: World, grant: Grant, issuer: string): string {
  const now = Math.floor(world.clock.now() / 1_000);
  return signToken(world.identity.signingKey, {
    nbf: now,
    iat: now,
    exp: now + idTokenLifeMs / 1_000,
    iss: issuer,
    aud: grant.client,
    sub: person.id,
    auth_time: now,
    xero_userid: person.id,
    preferred_username: person.email,
    email: person.email,
    given_name: person.name,
    family_name: person.surname,
    ...(grant.nonce === '' ? {} : { nonce: grant.nonce }),
  });
}
