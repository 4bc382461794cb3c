// The tiers of apps (XERO.md 1.6): connections, calls a day, Rapid Sync, uncertified apps, and what is billed.
import { describe, expect, it } from 'vitest';
import { connectAs, consent, newApp, read, useXero, type Xero } from './xero.ts';

const xero = useXero({
  limits: { minute: 3, atOnce: 5, day: 5_000, app: 100 },
  clock: { realMs: Date.now(), simulatedMs: Date.UTC(2026, 4, 4, 9), scale: 1e-6 },
});
const scope = 'accounting.settings accounting.contacts';
const minuteMs = 60_000;

const appOf = async (client: string) => (await xero().control.apps()).find(({ id }) => id === client);
const isLet = async (client_id: string, tenant: string) =>
  (await consent(xero().url, scope, { client_id, sandbox_consent: tenant })) !== '';

/** Organisations of the names that are wished, made where they are missing. */
async function organisations(count: number): Promise<string[]> {
  const known = await xero().control.organisations();
  const found = known.map(({ tenantId }) => tenantId);
  for (let n = known.length; n < count; n += 1) {
    const made = await xero().control.createOrganisation({ region: 'NZ', name: `Number ${n}` });
    found.push(made.tenantId);
  }
  return found.slice(0, count);
}

describe('connections of a tier (1.6)', () => {
  it.each([
    ['starter', 5],
    ['core', 50],
    ['plus', 1_000],
    ['advanced', 10_000],
    ['enterprise', undefined],
    ['exempt', undefined],
  ] as const)('%s has %s', async (tier, connectionsMax) => {
    const client = await newApp(xero().url, { tier });
    expect((await appOf(client))?.connectionsMax).toBe(connectionsMax);
  });

  it('one more is refused on the consent page, and by name in its words', async () => {
    const client = await newApp(xero().url, { tier: 'starter' });
    const tenants = await organisations(6);
    const [sixth = ''] = tenants.slice(5);
    for (const tenant of tenants.slice(0, 5)) expect(await isLet(client, tenant)).toBe(true);
    expect(await isLet(client, sixth)).toBe(false);
    expect(await isLet(client, tenants[0] ?? '')).toBe(true);
    const query = { response_type: 'code', client_id: client, redirect_uri: 'http://localhost:9/', scope };
    const address = `${xero().url}/identity/connect/authorize?${new URLSearchParams(query)}`;
    const html = await (await fetch(address)).text();
    expect(html).toContain(`value="${sixth}" disabled`);
    expect(html).toContain('is of tier starter, which allows 5 connections.');
    const body = new URLSearchParams({ decision: 'allow', tenant: sixth });
    expect((await fetch(address, { method: 'POST', body, redirect: 'manual' })).status).toBe(400);
    await xero().control.setApp({ id: client, tier: 'core' });
    expect(await isLet(client, sixth)).toBe(true);
    expect((await appOf(client))?.connections).toBe(6);
  });
});

describe('certification (1.6)', () => {
  it('an organisation is connected to two uncertified apps, custom connections aside', async () => {
    const { tenantId } = await xero().control.createOrganisation({ region: 'GB', name: 'Careful' });
    const uncertified = () => newApp(xero().url, { isCertified: false });
    expect(await isLet(await uncertified(), tenantId)).toBe(true);
    const second = await uncertified();
    expect(await isLet(second, tenantId)).toBe(true);
    const third = await uncertified();
    expect(await isLet(third, tenantId)).toBe(false);
    expect(await isLet(second, tenantId)).toBe(true);
    expect(await isLet(await newApp(xero().url), tenantId)).toBe(true);
    expect(await isLet(await newApp(xero().url, { tier: 'plus', isCertified: true }), tenantId)).toBe(true);
    await xero().control.setOptions({ 'uncertified-cap': '25-organisations' });
    expect(await isLet(third, tenantId)).toBe(true);
  });

  it('by option an uncertified app is connected to 25 organisations, as older pages say', async () => {
    await xero().control.setOptions({ 'uncertified-cap': '25-organisations' });
    const client = await newApp(xero().url, { isCertified: false });
    const tenants = await organisations(26);
    for (const tenant of tenants.slice(0, 25)) expect(await isLet(client, tenant)).toBe(true);
    expect(await isLet(client, tenants[25] ?? '')).toBe(false);
    await xero().control.setOptions({ 'uncertified-cap': '2-apps' });
  });

  it('is asked of Plus and above', async () => {
    await expect(
      xero().control.setApp({ id: 'large', kind: 'web', secret: 's', tier: 'advanced', isCertified: false }),
    ).rejects.toThrow('An app of tier advanced must be certified.');
    await xero().control.setApp({ id: 'large', kind: 'web', secret: 's', tier: 'advanced' });
    expect((await appOf('large'))?.isCertified).toBe(true);
  });
});

describe('calls of a tier (1.6, 2)', () => {
  const left = async (live: Xero, tenant = live.tenant) => {
    const { headers } = await live.call('GET', '/Contacts', undefined, { 'xero-tenant-id': tenant });
    return [headers.get('x-minlimit-remaining'), headers.get('x-daylimit-remaining')];
  };

  it('an app of tier Starter has 1,000 calls a day for each organisation, the others 5,000', async () => {
    const starter = await connectAs(
      xero().url,
      await newApp(xero().url, { tier: 'starter' }),
      scope,
      xero().tenant,
    );
    expect((await left(starter))[1]).toBe('999');
    const core = await connectAs(xero().url, await newApp(xero().url), scope, xero().tenant);
    expect((await left(core))[1]).toBe('4999');
  });

  it('an organisation of tier Starter has 1,000 whatever the app, and 5,000 once it is of tier Core', async () => {
    const { control, url } = xero();
    const { tenantId } = await control.createOrganisation({ region: 'GB', name: 'Small', tier: 'starter' });
    const live = await connectAs(url, await newApp(url), scope, tenantId);
    expect((await left(live, tenantId))[1]).toBe('999');
    await control.changeOrganisation(tenantId, { tier: 'core' });
    expect((await left(live, tenantId))[1]).toBe('4998');
  });

  it('Rapid Sync lifts minute and day for the first half hour of a connection, from Plus on', async () => {
    const { control, url, tenant } = xero();
    const live = await connectAs(url, await newApp(url, { tier: 'plus' }), scope, tenant);
    for (let n = 0; n < 5; n += 1) expect(await left(live)).toEqual(['3', '5000']);
    await control.advance(30 * minuteMs - 60_000);
    expect(await left(live)).toEqual(['3', '5000']);
    await control.advance(minuteMs);
    const late = await connectAs(url, (await control.apps()).at(-1)?.id ?? '', scope, tenant);
    expect(await left(late)).toEqual(['2', '4999']);
    await left(late);
    await left(late);
    expect((await late.call('GET', '/Contacts')).headers.get('x-rate-limit-problem')).toBe('minute');
  });

  it('Rapid Sync is not for Core, and leaves the limit over all organisations', async () => {
    const { control, url, tenant } = xero();
    const core = await connectAs(url, await newApp(url), scope, tenant);
    expect((await left(core))[0]).toBe('2');
    await control.setLimits({ app: 1 });
    const rapid = await connectAs(url, await newApp(url, { tier: 'enterprise' }), scope, tenant);
    await rapid.call('GET', '/Contacts');
    const refused = await rapid.call('GET', '/Contacts');
    expect([refused.status, refused.headers.get('x-rate-limit-problem')]).toEqual([429, 'appminute']);
    await control.setLimits({ app: 100 });
  });
});

describe('what is billed (1.6)', () => {
  it.each([
    ['starter', 0, undefined],
    ['core', 35, 10],
    ['plus', 245, 50],
    ['advanced', 1_445, 250],
    ['enterprise', undefined, undefined],
  ] as const)('%s costs %s AUD a month with %s GB', async (tier, feeAud, egressGb) => {
    const app = await appOf(await newApp(xero().url, { tier }));
    expect([app?.feeAud, app?.egressGb]).toEqual([feeAud, egressGb]);
  });

  it('is what is read in a month, not what is sent, and not the organisation', async () => {
    const { control, url, tenant } = xero();
    const client = await newApp(url);
    const live = await connectAs(url, client, scope, tenant);
    await live.call('GET', '/Organisation');
    expect((await appOf(client))?.egressBytes).toBe(0);
    const { text } = await live.call('GET', '/Contacts');
    expect((await appOf(client))?.egressBytes).toBe(Buffer.byteLength(text));
    await control.setClock({ simulatedMs: Date.UTC(2026, 5, 1) });
    expect((await appOf(client))?.egressBytes).toBe(0);
  });
});

describe('several organisations in one consent (1.4)', () => {
  const address = (client_id: string, more: Readonly<Record<string, string>> = {}) => {
    const query = { response_type: 'code', client_id, redirect_uri: 'http://localhost:9/', scope, ...more };
    return `${xero().url}/identity/connect/authorize?${new URLSearchParams(query)}`;
  };
  const choose = async (url: string, tenants: readonly string[]) => {
    const body = new URLSearchParams({ decision: 'allow' });
    for (const tenant of tenants) body.append('tenant', tenant);
    return read(await fetch(url, { method: 'POST', body, redirect: 'manual' }));
  };

  it('are for tier Advanced, unless the app turns it off or an option turns it on', async () => {
    const { url, control } = xero();
    const two = await organisations(2);
    const core = await newApp(url);
    const advanced = await newApp(url, { tier: 'advanced' });
    expect((await choose(address(core), two)).status).toBe(400);
    expect((await choose(address(advanced), two)).status).toBe(302);
    expect((await choose(address(advanced, { acr_values: 'bulk_connect:false' }), two)).status).toBe(400);
    await control.setOptions({ 'bulk-connect': 'on' });
    expect((await choose(address(core), two)).status).toBe(302);
    await control.setOptions({ 'bulk-connect': 'tier' });
  });
});
