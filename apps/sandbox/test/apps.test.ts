// Apps of each kind (XERO.md 1.1, 1.5), scopes that are given (1.3), and a person who chooses among organisations (1.4).
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { connect, consent, read, useXero } from './xero.ts';

const xero = useXero();
const redirect_uri = 'http://localhost:9/callback';

const ask = async (form: Record<string, string>, basic = '') => {
  const headers = basic === '' ? {} : { Authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
  const body = new URLSearchParams(form);
  return read(await fetch(`${xero().url}/connect/token`, { method: 'POST', headers, body }));
};
const custom = (form: Record<string, string>) =>
  ask({ grant_type: 'client_credentials', ...form }, 'sandbox-custom:sandbox-secret');

describe('a custom connection (1.5)', () => {
  it('gets a token for thirty minutes without a person and names no organisation', async () => {
    const answer = await custom({ scope: 'accounting.contacts' });
    expect(answer.json()).toEqual({
      access_token: expect.any(String),
      expires_in: 1800,
      token_type: 'Bearer',
      scope: 'accounting.contacts',
    });
    const headers = { Authorization: `Bearer ${String(answer.json('access_token'))}` };
    expect((await fetch(`${xero().url}/api.xro/2.0/Contacts`, { headers })).status).toBe(200);
    expect((await fetch(`${xero().url}/api.xro/2.0/Items`, { headers })).status).toBe(401);
    const connections = await (await fetch(`${xero().url}/connections`, { headers })).json();
    expect(connections).toMatchObject([{ tenantId: xero().tenant }]);
  });

  it('gets all it may have without a scope, or is refused by option', async () => {
    const all = await custom({ scopes: 'accounting.contacts,accounting.settings' });
    expect(String(all.json('scope'))).toContain('accounting.invoices');
    expect(String(all.json('scope'))).not.toContain('accounting.journals.read');
    await xero().control.setOptions({ 'credentials-scope': 'refuse' });
    expect((await custom({})).json()).toEqual({ error: 'invalid_scope' });
    expect((await custom({ scope: 'accounting.journals.read' })).json()).toEqual({ error: 'invalid_scope' });
  });

  it('is neither for web apps nor without a secret, and cannot ask a person', async () => {
    const form = { grant_type: 'client_credentials', scope: 'accounting.contacts' };
    expect((await ask(form, 'sandbox-client:sandbox-secret')).json()).toEqual({
      error: 'unauthorized_client',
    });
    expect((await ask({ ...form, client_id: 'sandbox-custom' })).status).toBe(401);
    const query = new URLSearchParams({ client_id: 'sandbox-custom', redirect_uri, response_type: 'code' });
    expect((await fetch(`${xero().url}/identity/connect/authorize?${query}`)).status).toBe(400);
  });
});

describe('a PKCE app (1.1)', () => {
  it('needs a challenge and no secret, and refreshes without one', async () => {
    const verifier = 'w'.repeat(64);
    const code_challenge = createHash('sha256').update(verifier).digest('base64url');
    const client_id = 'sandbox-pkce';
    expect(await consent(xero().url, 'offline_access accounting.contacts', { client_id })).toBe('');
    const challenge = { client_id, code_challenge, code_challenge_method: 'S256' };
    const code = await consent(xero().url, 'offline_access accounting.contacts', challenge);
    const form = { grant_type: 'authorization_code', client_id, code, redirect_uri, code_verifier: verifier };
    const tokens = await ask(form);
    expect(tokens.status).toBe(200);
    const refresh_token = String(tokens.json('refresh_token'));
    expect((await ask({ grant_type: 'refresh_token', client_id, refresh_token })).status).toBe(200);
  });
});

describe('apps', () => {
  it('are added while it runs, each with limits and connections of its own', async () => {
    const add = (body: unknown) =>
      fetch(`${xero().url}/__sandbox/apps`, { method: 'POST', body: JSON.stringify(body) });
    expect((await add({ id: 'second', kind: 'web' })).status).toBe(400);
    expect((await add({ id: 'second', kind: 'web', secret: 's', isCertified: true })).status).toBe(200);
    const code = await consent(xero().url, 'accounting.contacts', { client_id: 'second' });
    const tokens = await ask({ grant_type: 'authorization_code', code, redirect_uri }, 'second:s');
    expect(tokens.status).toBe(200);
    expect((await ask({ grant_type: 'authorization_code', code, redirect_uri })).status).toBe(401);
  });
});

describe('scopes (1.3)', () => {
  it('are granular only by option', async () => {
    const broad = await connect(xero().url, 'accounting.transactions');
    expect((await broad.call('GET', '/Invoices')).status).toBe(200);
    await xero().control.setOptions({ 'scope-kind': 'granular' });
    expect(await consent(xero().url, 'accounting.transactions')).toBe('');
    expect(await consent(xero().url, 'accounting.invoices')).not.toBe('');
  });

  it.each([
    ['/Invoices', ['accounting.invoices', 'accounting.transactions'], 'accounting.contacts'],
    ['/CreditNotes', ['accounting.invoices', 'accounting.transactions'], 'accounting.payments'],
    [
      '/Items',
      ['accounting.invoices', 'accounting.settings', 'accounting.transactions'],
      'accounting.contacts',
    ],
    ['/Contacts', ['accounting.contacts'], 'accounting.invoices'],
    ['/Accounts', ['accounting.settings'], 'accounting.invoices'],
    ['/TaxRates', ['accounting.settings'], 'accounting.contacts'],
    ['/Organisation', ['accounting.settings'], 'accounting.contacts'],
  ])('%s is opened by %j, to read by .read as well, and not by %s', async (path, open, closed) => {
    await xero().control.setOptions({ 'scope-kind': 'both' });
    for (const scope of open) {
      expect((await (await connect(xero().url, scope)).call('GET', path)).status).toBe(200);
      const reader = await connect(xero().url, `${scope}.read`);
      expect((await reader.call('GET', path)).status).toBe(200);
      expect((await reader.call('PUT', path, {})).status).toBe(401);
    }
    expect((await (await connect(xero().url, closed)).call('GET', path)).status).toBe(401);
  });
});

describe('several organisations (1.4)', () => {
  it('are offered one at a time, or together by option', async () => {
    const query = {
      response_type: 'code',
      client_id: 'sandbox-client',
      redirect_uri,
      scope: 'accounting.contacts',
    };
    const html = async (more = {}) =>
      (
        await fetch(`${xero().url}/identity/connect/authorize?${new URLSearchParams({ ...query, ...more })}`)
      ).text();
    expect(await html()).toContain('type="radio"');
    await xero().control.setOptions({ 'bulk-connect': 'on' });
    expect(await html()).toContain('type="checkbox"');
    expect(await html({ acr_values: 'bulk_connect:false' })).toContain('type="radio"');
  });
});
