// OAuth as XERO.md 1 tells: consent, codes, tokens and their lives, connections, and what a call without them gets.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { allScopes, connect, consent, postToken, read, useXero } from './xero.ts';

const xero = useXero();
const redirect_uri = 'http://localhost:9/callback';
const minuteMs = 60_000;

function authorizeUrl(more: Readonly<Record<string, string>> = {}): string {
  const query = {
    response_type: 'code',
    client_id: 'sandbox-client',
    redirect_uri,
    scope: allScopes,
    state: 's 1',
    ...more,
  };
  return `${xero().url}/identity/connect/authorize?${new URLSearchParams(query)}`;
}

async function tokens(scope = allScopes): Promise<Record<'access_token' | 'refresh_token', string>> {
  const answer = await postToken(xero().url, {
    grant_type: 'authorization_code',
    code: await consent(xero().url, scope),
    redirect_uri,
  });
  return {
    access_token: String(answer.json('access_token')),
    refresh_token: String(answer.json('refresh_token')),
  };
}

const refresh = (refresh_token: string) =>
  postToken(xero().url, { grant_type: 'refresh_token', refresh_token });
const location = (response: Response) => new URL(response.headers.get('location') ?? 'http://none');

describe('authorize (1.1)', () => {
  it('asks on a page that names the client, the scopes and the organisations', async () => {
    const response = await fetch(authorizeUrl());
    const html = await response.text();
    expect(response.status).toBe(200);
    for (const part of [
      'sandbox-client',
      'accounting.invoices',
      'Stockbook Trial (GB)',
      'Allow access',
      'Cancel',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('sends a code and the state back when the person allows, and access_denied when not', async () => {
    const post = (form: Record<string, string>) =>
      fetch(authorizeUrl(), { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
    const allowed = location(await post({ decision: 'allow', tenant: xero().tenant }));
    expect(allowed.searchParams.get('state')).toBe('s 1');
    expect(allowed.searchParams.get('code')).toMatch(/.{20}/);
    const refused = location(await post({ decision: 'cancel', tenant: xero().tenant }));
    expect(refused.searchParams.get('error')).toBe('access_denied');
  });

  it.each([
    ['another app', { client_id: 'stranger' }],
    ['http://127.0.0.1', { redirect_uri: 'http://127.0.0.1:9/callback' }],
    ['an address without a scheme', { redirect_uri: 'callback' }],
    ['an organisation that is not there', { sandbox_consent: 'nobody' }],
  ])('refuses %s on a page', async (_what, more) => {
    expect((await fetch(authorizeUrl(more), { redirect: 'manual' })).status).toBe(400);
  });

  it.each([
    ['invalid_scope', { scope: 'accounting.everything' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { code_challenge: 'abc', code_challenge_method: 'plain' }],
  ])('sends %s back', async (error, more) => {
    expect(location(await fetch(authorizeUrl(more), { redirect: 'manual' })).searchParams.get('error')).toBe(
      error,
    );
  });
});

describe('token (1.2)', () => {
  it('gives an access token for thirty minutes, a refresh token and a signed id token', async () => {
    const answer = await postToken(xero().url, {
      grant_type: 'authorization_code',
      code: await consent(xero().url),
      redirect_uri,
    });
    expect(answer.json()).toMatchObject({ expires_in: 1800, token_type: 'Bearer', scope: allScopes });
    expect(String(answer.json('id_token')).split('.')).toHaveLength(3);
    const discovery = await read(await fetch(`${xero().url}/.well-known/openid-configuration`));
    expect(discovery.json('issuer')).toBe(xero().url);
    const keys = await read(await fetch(String(discovery.json('jwks_uri'))));
    expect(keys.json('keys.0.alg')).toBe('RS256');
  });

  it('takes a code once, within five minutes, for the address it was given to', async () => {
    const code = await consent(xero().url);
    const form = { grant_type: 'authorization_code', code, redirect_uri };
    expect((await postToken(xero().url, form)).status).toBe(200);
    const again = await postToken(xero().url, form);
    expect([again.status, again.json()]).toEqual([400, { error: 'invalid_grant' }]);
    const late = await consent(xero().url);
    await xero().control.advance(5 * minuteMs);
    expect((await postToken(xero().url, { ...form, code: late })).status).toBe(400);
    const elsewhere = await consent(xero().url);
    expect(
      (await postToken(xero().url, { ...form, code: elsewhere, redirect_uri: 'http://localhost:8/' })).status,
    ).toBe(400);
  });

  it('gives tokens to one of two that come with the same code at once', async () => {
    const form = { grant_type: 'authorization_code', code: await consent(xero().url), redirect_uri };
    const answers = await Promise.all([postToken(xero().url, form), postToken(xero().url, form)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
  });

  it('refuses a wrong secret with 401 invalid_client', async () => {
    const answer = await postToken(xero().url, { grant_type: 'refresh_token', refresh_token: 'x' }, 'wrong');
    expect([answer.status, answer.json()]).toEqual([401, { error: 'invalid_client' }]);
  });

  it('checks PKCE in place of a secret', async () => {
    const verifier = 'v'.repeat(50);
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const challenge = { code_challenge, code_challenge_method: 'S256' };
    const ask = async (code: string, code_verifier: string) => {
      const form = {
        grant_type: 'authorization_code',
        client_id: 'sandbox-client',
        code,
        redirect_uri,
        code_verifier,
      };
      return read(
        await fetch(`${xero().url}/connect/token`, { method: 'POST', body: new URLSearchParams(form) }),
      );
    };
    expect((await ask(await consent(xero().url, allScopes, challenge), 'wrong')).status).toBe(400);
    expect((await ask(await consent(xero().url, allScopes, challenge), verifier)).status).toBe(200);
    expect((await ask(await consent(xero().url), '')).status).toBe(400);
  });

  it('replaces the refresh token with every use and lets the one before work for thirty more minutes', async () => {
    const first = (await tokens()).refresh_token;
    const second = String((await refresh(first)).json('refresh_token'));
    expect(second).not.toBe(first);
    await xero().control.advance(29 * minuteMs);
    const again = await refresh(first);
    expect(again.status).toBe(200);
    const third = String(again.json('refresh_token'));
    await xero().control.advance(2 * minuteMs);
    expect((await refresh(first)).json()).toEqual({ error: 'invalid_grant' });
    const fourth = String((await refresh(third)).json('refresh_token'));
    await refresh(fourth);
    // Once its successor was used, nobody can have lost the reply that brought it.
    expect((await refresh(third)).status).toBe(400);
  });

  it('lets a refresh token die after sixty days', async () => {
    const token = (await tokens()).refresh_token;
    await xero().control.advance(60 * 24 * 60 * minuteMs);
    expect((await refresh(token)).status).toBe(400);
  });
});

describe('connections and calls (1.1, 1.3, 1.4, 10.1)', () => {
  const organisationOf = async (headers: Record<string, string>) =>
    read(await fetch(`${xero().url}/api.xro/2.0/Organisation`, { headers }));

  it('lists connections as a bare array with seven decimals and no zone', async () => {
    const { access_token } = await tokens();
    const answer = await read(
      await fetch(`${xero().url}/connections`, { headers: { Authorization: `Bearer ${access_token}` } }),
    );
    expect(answer.json()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        authEventId: expect.any(String),
        tenantId: xero().tenant,
        tenantType: 'ORGANISATION',
        tenantName: 'Stockbook Trial (GB)',
        createdDateUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/),
        updatedDateUtc: expect.any(String),
      },
    ]);
    const other = await fetch(`${xero().url}/connections?authEventId=none`, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect(await other.json()).toEqual([]);
  });

  it('answers 401 without a token, with an expired one and without the scope', async () => {
    const none = await organisationOf({ 'xero-tenant-id': xero().tenant });
    expect(none.json()).toMatchObject({
      Title: 'Unauthorized',
      Status: 401,
      Detail: 'AuthenticationUnsuccessful',
    });
    const contactsOnly = await connect(xero().url, 'accounting.contacts.read');
    expect((await contactsOnly.call('GET', '/Contacts')).status).toBe(200);
    const unscoped = await contactsOnly.call('GET', '/Invoices');
    expect([unscoped.status, unscoped.json('Detail')]).toEqual([401, 'AuthorizationUnsuccessful']);
    expect((await contactsOnly.call('PUT', '/Contacts', { Name: 'No' })).status).toBe(401);
    const { access_token } = await tokens();
    await xero().control.advance(30 * minuteMs);
    const expired = await organisationOf({
      Authorization: `Bearer ${access_token}`,
      'xero-tenant-id': xero().tenant,
    });
    expect(expired.json('Detail')).toMatch(
      /^TokenExpired: token expired at \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/,
    );
    expect(expired.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('answers 403 for another tenant and after the connection was ended', async () => {
    const { access_token, refresh_token } = await tokens();
    const authorization = { Authorization: `Bearer ${access_token}` };
    const wrong = await organisationOf({
      ...authorization,
      'xero-tenant-id': '00000000-0000-0000-0000-000000000001',
    });
    expect(wrong.json()).toMatchObject({
      Title: 'Forbidden',
      Status: 403,
      Detail: 'AuthenticationUnsuccessful',
    });
    const list = await read(await fetch(`${xero().url}/connections`, { headers: authorization }));
    const address = `${xero().url}/connections/${String(list.json('0.id'))}`;
    expect((await fetch(address, { method: 'DELETE', headers: authorization })).status).toBe(204);
    expect((await fetch(address, { method: 'DELETE', headers: authorization })).status).toBe(404);
    expect((await organisationOf({ ...authorization, 'xero-tenant-id': xero().tenant })).status).toBe(403);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('ends everything when a refresh token is revoked', async () => {
    const { access_token, refresh_token } = await tokens();
    const body = new URLSearchParams({
      token: refresh_token,
      client_id: 'sandbox-client',
      client_secret: 'sandbox-secret',
    });
    const revoked = await fetch(`${xero().url}/connect/revocation`, { method: 'POST', body });
    expect([revoked.status, await revoked.text()]).toEqual([200, '']);
    expect((await refresh(refresh_token)).status).toBe(400);
    const call = await organisationOf({
      Authorization: `Bearer ${access_token}`,
      'xero-tenant-id': xero().tenant,
    });
    expect(call.status).toBe(403);
  });
});
