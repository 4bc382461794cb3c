// Letting clients in (XERO.md 1.1, 1.2, 1.4, 1.5), the rules that the other files of OAuth do not show; windows of limits (2).
import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect, connectAs, consent, look, newApp, postForm, read, useXero } from './xero.ts';

const start = { realMs: Date.now(), simulatedMs: Date.UTC(2026, 4, 4, 9), scale: 1e-6 };
const xero = useXero({ limits: { minute: 60, atOnce: 5, day: 100, app: 10_000 }, clock: start });
const redirect_uri = 'http://localhost:9/callback';
const secret = { client_secret: 'sandbox-secret' };

const tokensOf = async (client_id: string, scope: string, more = {}) => {
  const code = await consent(xero().url, scope, { client_id, ...more });
  const form = { grant_type: 'authorization_code', code, redirect_uri, client_id, ...secret };
  return postForm(xero().url, form);
};
const partOf = (token: unknown, index: number): unknown =>
  JSON.parse(Buffer.from(String(token).split('.')[index] ?? '', 'base64url').toString());

describe('addresses (1.1)', () => {
  it.each([
    ['https://app.example/callback', 302],
    ['http://localhost:5000/callback', 302],
    ['http://127.0.0.1:5000/callback', 400],
    ['http://app.example/callback', 400],
  ])('%s as an address to return to is %s', async (address, status) => {
    const query = {
      ...{ response_type: 'code', client_id: 'sandbox-client', scope: 'accounting.contacts' },
      ...{ redirect_uri: address, sandbox_consent: xero().tenant },
    };
    const url = `${xero().url}/identity/connect/authorize?${new URLSearchParams(query)}`;
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(status);
  });

  it('discovery names them all, and they answer', async () => {
    const { url } = xero();
    const discovery = await read(await fetch(`${url}/.well-known/openid-configuration`));
    expect(discovery.json()).toMatchObject({
      issuer: url,
      authorization_endpoint: `${url}/identity/connect/authorize`,
      token_endpoint: `${url}/connect/token`,
      revocation_endpoint: `${url}/connect/revocation`,
      code_challenge_methods_supported: ['S256'],
    });
    expect((await fetch(String(discovery.json('token_endpoint')), { method: 'POST' })).status).toBe(401);
  });

  it('a connection is ended by its own id, not by its tenant', async () => {
    const { url, token, tenant } = await connectAs(xero().url, await newApp(xero().url));
    const headers = { Authorization: `Bearer ${token}` };
    const end = async (id: string) =>
      (await fetch(`${url}/connections/${id}`, { method: 'DELETE', headers })).status;
    const list = await read(await fetch(`${url}/connections`, { headers }));
    expect(await end(tenant)).toBe(404);
    expect(await end(String(list.json('0.id')))).toBe(204);
    expect(await (await fetch(`${url}/connections`, { headers })).json()).toEqual([]);
    expect((await fetch(`${url}/connections`)).status).toBe(401);
  });

  it('revoking what is no refresh token is 200 and ends nothing', async () => {
    const client_id = await newApp(xero().url);
    const live = await connectAs(xero().url, client_id);
    const body = new URLSearchParams({ token: 'unknown', client_id, ...secret });
    const revoked = await fetch(`${xero().url}/connect/revocation`, { method: 'POST', body });
    expect([revoked.status, await revoked.text()]).toEqual([200, '']);
    expect((await live.call('GET', '/Items')).status).toBe(200);
  });

  it('pages of another origin get no leave to read: apps that live in a browser are not supported', async () => {
    const headers = { Origin: 'https://app.example' };
    for (const path of ['/connect/token', '/connections', '/api.xro/2.0/Items']) {
      const answer = await fetch(`${xero().url}${path}`, { headers });
      expect(answer.headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });
});

describe('tokens (1.2)', () => {
  it('an access token is a signed JWT of thirty minutes with the person, the consent and its scopes', async () => {
    const client_id = await newApp(xero().url);
    const { json } = await tokensOf(client_id, 'offline_access accounting.contacts');
    const claims = partOf(json('access_token'), 1);
    expect(claims).toMatchObject({
      client_id,
      xero_userid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      authentication_event_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: ['offline_access', 'accounting.contacts'],
    });
    expect(Number(look(claims, 'exp')) - Number(look(claims, 'nbf'))).toBe(1_800);
    const discovery = await read(await fetch(`${xero().url}/.well-known/openid-configuration`));
    const keys = await read(await fetch(String(discovery.json('jwks_uri'))));
    const key = z.record(z.string(), z.string()).parse(keys.json('keys.0'));
    expect(look(partOf(json('access_token'), 0), 'kid')).toBe(key.kid);
    const [head, body, signature = ''] = String(json('access_token')).split('.');
    const signed = Buffer.from(`${head}.${body}`);
    const publicKey = createPublicKey({ key, format: 'jwk' });
    expect(verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    const connections = `${xero().url}/connections?authEventId=${String(look(claims, 'authentication_event_id'))}`;
    const headers = { Authorization: `Bearer ${String(json('access_token'))}` };
    expect((await read(await fetch(connections, { headers }))).json('0.tenantId')).toBe(xero().tenant);
  });

  it('an id token comes with openid alone and lives five minutes', async () => {
    const client_id = await newApp(xero().url);
    const { json } = await tokensOf(client_id, 'openid accounting.contacts', { nonce: 'n1' });
    const claims = partOf(json('id_token'), 1);
    expect(claims).toMatchObject({ aud: client_id, nonce: 'n1' });
    expect(Number(look(claims, 'exp')) - Number(look(claims, 'iat'))).toBe(300);
    expect((await tokensOf(client_id, 'accounting.contacts')).json('id_token')).toBeUndefined();
  });

  it('a refresh token comes with offline_access alone and lives sixty days from its last use', async () => {
    const { control, url } = xero();
    const client_id = await newApp(url);
    expect((await tokensOf(client_id, 'accounting.contacts')).json('refresh_token')).toBeUndefined();
    const refresh = (refresh_token: unknown) =>
      postForm(url, {
        grant_type: 'refresh_token',
        refresh_token: String(refresh_token),
        client_id,
        ...secret,
      });
    let tokens = await tokensOf(client_id, 'offline_access accounting.contacts');
    for (let times = 0; times < 2; times += 1) {
      await control.advance(59 * 86_400_000);
      tokens = await refresh(tokens.json('refresh_token'));
      expect(tokens.status).toBe(200);
    }
    await control.advance(60 * 86_400_000);
    const late = await refresh(tokens.json('refresh_token'));
    expect([late.status, late.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });
});

describe('tenants (1.4)', () => {
  it('every call names one; without it, or with one that is not connected, it is 403', async () => {
    const live = await connect(xero().url);
    for (const tenant of ['', '00000000-0000-0000-0000-000000000001']) {
      const answer = await live.call('GET', '/Items', undefined, { 'xero-tenant-id': tenant });
      expect([answer.status, answer.json('Detail')]).toEqual([403, 'AuthenticationUnsuccessful']);
    }
  });

  it('one token reaches all that are connected, and the id of an organisation is its tenant', async () => {
    const { tenantId } = await xero().control.createOrganisation({ region: 'US', name: 'Other' });
    const live = await connect(xero().url);
    for (const tenant of [xero().tenant, tenantId]) {
      const answer = await live.call('GET', '/Organisation', undefined, { 'xero-tenant-id': tenant });
      expect(answer.json('Organisations.0.OrganisationID')).toBe(tenant);
    }
  });
});

describe('custom connections (1.5)', () => {
  it('have one organisation, of the regions Xero has them in, and reach no other', async () => {
    const { control, url } = xero();
    const made = await control.createOrganisation({ region: 'NZ', name: 'Custom' });
    const client_id = await newApp(url, { kind: 'custom', tenant: made.tenantId });
    const form = { grant_type: 'client_credentials', scope: 'accounting.settings', client_id, ...secret };
    const token = String((await postForm(url, form)).json('access_token'));
    const ask = async (headers: Record<string, string>) =>
      read(
        await fetch(`${url}/api.xro/2.0/Organisation`, {
          headers: { Authorization: `Bearer ${token}`, ...headers },
        }),
      );
    expect((await ask({})).json('Organisations.0.Name')).toBe('Custom');
    expect((await ask({ 'xero-tenant-id': '' })).status).toBe(200);
    expect((await ask({ 'xero-tenant-id': xero().tenant })).status).toBe(403);
    const france = JSON.stringify({ region: 'FR' });
    const refused = await fetch(`${url}/__sandbox/organisations`, { method: 'POST', body: france });
    expect(refused.status).toBe(400);
  });
});

describe('windows of limits (2)', () => {
  it('end at another moment for each organisation, days not at midnight, and say when in Retry-After', async () => {
    const { control, url } = xero();
    await control.reset();
    await control.setLimits({ minute: 60, day: 1 });
    const waits: number[] = [];
    for (const name of ['Window A', 'Window B', 'Window C']) {
      const { tenantId } = await control.createOrganisation({ region: 'GB', name });
      const live = await connectAs(url, await newApp(url), 'accounting.settings', tenantId);
      const headers = { 'xero-tenant-id': tenantId };
      await live.call('GET', '/Items', undefined, headers);
      const refused = await live.call('GET', '/Items', undefined, headers);
      expect([refused.status, refused.headers.get('x-rate-limit-problem')]).toEqual([429, 'day']);
      expect(refused.headers.get('x-daylimit-remaining')).toBe('0');
      waits.push(Number(refused.headers.get('retry-after')));
    }
    expect(new Set(waits).size).toBe(3);
    const midnightS = (86_400_000 - ((await control.clock()).simulatedMs % 86_400_000)) / 1_000;
    for (const wait of waits) expect(Math.abs(wait - midnightS)).toBeGreaterThan(1);
  });

  it('are counted for each organisation and app apart', async () => {
    const { control, url, tenant } = xero();
    await control.setLimits({ minute: 2, day: 100 });
    const left = async (client: string) => {
      const live = await connectAs(url, client, 'accounting.settings', tenant);
      return (await live.call('GET', '/Items')).headers.get('x-minlimit-remaining');
    };
    const [one, other] = [await newApp(url), await newApp(url)];
    expect([await left(one), await left(one), await left(other)]).toEqual(['1', '0', '1']);
  });
});
