// The typed client: a function for every address below /__sandbox, and answers that lose nothing.
import { beforeEach, describe, expect, it } from 'vitest';
import { createSandboxClient } from '../client.ts';
import { controlRoutes } from '../src/control.ts';
import { defaultLimits } from '../src/limits.ts';
import { createWorld } from '../src/world.ts';
import { signingKey, useReceiver } from './receiver.ts';
import { connectAs, saleOf, useXero } from './xero.ts';

const xero = useXero();
const receiver = useReceiver();
const control = () => xero().control;
beforeEach(() => control().reset());

const members = {
  ...{ reset: 'POST /reset', summary: 'GET /summary', calls: 'GET /calls' },
  ...{ snapshot: 'GET /snapshot', restore: 'POST /restore' },
  ...{ clock: 'GET /clock', setClock: 'POST /clock', stopClock: 'POST /clock', advance: 'POST /clock' },
  ...{ latency: 'GET /latency', setLatency: 'POST /latency' },
  ...{ fail: 'POST /faults', faults: 'GET /faults', mend: 'DELETE /faults DELETE /faults/:id' },
  ...{ expireTokens: 'POST /identity', revokeRefreshes: 'POST /identity', disconnect: 'POST /identity' },
  ...{ setOptions: 'POST /options', options: 'GET /options', optionRules: 'GET /options' },
  ...{ limits: 'GET /limits', setLimits: 'POST /limits' },
  ...{ organisations: 'GET /organisations', createOrganisation: 'POST /organisations' },
  changeOrganisation: 'POST /organisations/:id',
  ...{ apps: 'GET /apps', setApp: 'POST /apps', setAppSubscription: 'POST /apps/:client/subscription' },
  ...{ webhooks: 'GET /webhooks', subscribe: 'POST /webhooks', unsubscribe: 'DELETE /webhooks/:client' },
  checkIntent: 'POST /webhooks/:client/intent',
  ...{ delivery: 'GET /webhook-delivery', setDelivery: 'POST /webhook-delivery' },
};

describe('the client', () => {
  it('has a function for every address of the sandbox itself, and no other', () => {
    const clock = { realMs: 0, simulatedMs: 0, scale: 1 };
    const client = { id: 'a', secret: 'b' };
    const world = createWorld({ clock, limits: defaultLimits, latencyMs: 0, client });
    const routes = new Set(controlRoutes(world).routes.map(({ method, path }) => `${method} ${path}`));
    const told = new Set(Object.values(members).flatMap((text) => text.match(/\S+ \S+/g) ?? []));
    expect([...told].sort()).toEqual([...routes].sort());
    expect(Object.keys(control()).sort()).toEqual(Object.keys(members).sort());
  });

  it('tells all that a summary holds', async () => {
    await xero().call('PUT', '/Invoices', saleOf('C-1'));
    const order = { Contact: { Name: 'Ann Archer' }, LineItems: [{ Description: 'x' }] };
    await xero().call('PUT', '/Quotes', { ...order, Date: '2026-03-02' });
    const wire: unknown = await (await fetch(`${xero().url}/__sandbox/summary`)).json();
    const summary = await control().summary();
    expect(summary).toEqual(wire);
    expect(summary.organisations[xero().tenant]?.Quotes.count).toBe(1);
  });

  it('tells what one organisation holds, and nothing of one that there is not', async () => {
    await control().createOrganisation({ region: 'GB', name: 'Beside it' });
    const { organisations, ...rest } = await control().summary();
    const { tenant } = xero();
    expect(await control().summary(tenant)).toEqual({
      ...{ ...rest, organisations: { [tenant]: organisations[tenant] } },
    });
    expect((await control().summary('nobody')).organisations).toEqual({});
  });

  it('makes, lists and changes organisations', async () => {
    const wish = {
      region: 'AU',
      name: 'By the client',
      class: 'STANDARD',
      timeZone: 'Australia/Perth',
    } as const;
    const made = await control().createOrganisation(wish);
    expect(made).toMatchObject({ ...wish, currency: 'AUD', tier: 'core', periodLockDate: '' });
    const change = {
      name: 'Renamed',
      tier: 'starter',
      periodLockDate: '2026-03-31',
      yearLockDate: '2025-06-30',
    } as const;
    expect(await control().changeOrganisation(made.tenantId, change)).toEqual({ ...made, ...change });
    expect(await control().organisations()).toContainEqual({ ...made, ...change });
    await expect(
      control().changeOrganisation(made.tenantId, { name: 'Stockbook Trial (GB)' }),
    ).rejects.toThrow('There is an organisation named Stockbook Trial (GB) already.');
    await expect(control().changeOrganisation('nobody', {})).rejects.toThrow(
      'There is no such organisation.',
    );
    await expect(control().changeOrganisation(made.tenantId, { timeZone: 'Mars/Olympus' })).rejects.toThrow(
      'must be a time zone',
    );
  });

  it('reads and sets limits, answer times, options and the clock', async () => {
    expect(await control().limits()).toEqual({ off: true });
    expect(await control().setLimits({ minute: 7 })).toMatchObject({ minute: 7, day: 5_000 });
    expect(await control().limits()).toMatchObject({ minute: 7, atOnce: 5, app: 10_000 });
    expect(await control().setLimits('off')).toEqual({ off: true });
    await control().setLatency(5, { method: 'PUT', path: '/Items' });
    const rules = [{ method: 'PUT', path: '/Items', ms: 5, jitterMs: 0 }];
    expect(await control().latency()).toEqual({ ms: 0, jitterMs: 0, rules });
    await control().setLatency(120, { jitterMs: 40 });
    expect(await control().latency()).toEqual({ ms: 120, jitterMs: 40, rules: [] });
    await control().setLatency(0);
    expect((await control().optionRules())['limit-window']).toMatchObject({
      value: 'fixed',
      values: ['fixed', 'rolling'],
      default: 'fixed',
    });
    expect((await control().clock()).scale).toBe(1);
  });

  it('subscribes an app to webhooks, reads what came of it and lets deliveries go wrong', async () => {
    const subscribed = await control().subscribe({
      url: receiver.url,
      key: signingKey,
      categories: ['CONTACT'],
    });
    expect(subscribed).toMatchObject({ client: 'sandbox-client', key: signingKey, status: 'active' });
    const usual = { drop: 0, double: 0, delayMs: 0, reorder: false, seed: 1 };
    expect(await control().setDelivery({ drop: 1, seed: 3 })).toEqual({ ...usual, drop: 1, seed: 3 });
    expect(await control().delivery()).toEqual({ ...usual, drop: 1, seed: 3 });
    expect(await control().setDelivery({})).toEqual(usual);
    await xero().call('PUT', '/Contacts', { Name: 'Ann' });
    await expect.poll(async () => (await control().webhooks())[0]?.attempts.length).toBe(1);
    expect(await control().checkIntent('sandbox-client')).toMatchObject({ status: 'active' });
    await control().unsubscribe('sandbox-client');
    expect(await control().webhooks()).toEqual([]);
  });

  it('makes apps and changes them', async () => {
    const [made] = (
      await control().setApp({ id: 'mine', kind: 'web', secret: 's', isCertified: true })
    ).filter(({ id }) => id === 'mine');
    expect(made).toMatchObject({ kind: 'web', tier: 'core', connections: 0, connectionsMax: 50, scopes: [] });
    await control().setApp({ id: 'mine', secret: 'sandbox-secret', tier: 'starter' });
    await connectAs(xero().url, 'mine', 'openid accounting.contacts');
    const [changed] = (await control().apps()).filter(({ id }) => id === 'mine');
    expect(changed).toMatchObject({ tier: 'starter', callsPerDay: 1_000, scopes: ['accounting.contacts'] });
    expect(changed?.connections).toBeGreaterThan(0);
    await expect(control().setApp({ id: 'other' })).rejects.toThrow('The kind of the app other is missing');
  });

  it('says in one sentence that it is refused, or that nobody is there', async () => {
    await expect(control().setLatency(-1)).rejects.toThrow(/^The sandbox refused .*\/latency with 400: /);
    await expect(createSandboxClient('http://localhost:1').summary()).rejects.toThrow('fetch failed');
  });
});

describe('settings of an organisation that is there (7.2, 7.10)', () => {
  it('lock dates, plan and time zone hold from the next call on', async () => {
    const { tenant, call } = xero();
    const dated = (n: number) => saleOf(`L-${n}`, { Date: '2026-03-31' });
    expect((await call('PUT', '/Invoices', dated(1))).status).toBe(200);
    await control().changeOrganisation(tenant, {
      periodLockDate: '2026-03-31',
      timeZone: 'Europe/Dublin',
      class: 'STANDARD',
    });
    expect((await call('PUT', '/Invoices', dated(2))).status).toBe(400);
    const read = await call('GET', '/Organisation');
    expect(read.json('Organisations.0')).toMatchObject({ Timezone: 'GMTSTANDARDTIME', Class: 'STANDARD' });
    const actions = await call('GET', '/Organisation/Actions');
    expect(JSON.stringify(actions.json('Actions'))).toContain(
      '{"Name":"UseMulticurrency","Status":"NOT-ALLOWED"}',
    );
    expect((await call('PUT', '/Currencies', { Code: 'SEK' })).status).toBe(400);
    await control().changeOrganisation(tenant, { periodLockDate: '', class: 'PREMIUM', timeZone: 'UTC' });
    expect((await call('PUT', '/Invoices', dated(2))).status).toBe(200);
    expect((await call('GET', '/Organisation')).json('Organisations.0.Timezone')).toBe('UTC');
  });

  it('the smallest plan approves 20 sales invoices and 5 bills a month', async () => {
    const { tenant, call } = xero();
    await control().changeOrganisation(tenant, { class: 'STARTER' });
    const many = (Type: string, count: number) =>
      Array.from({ length: count }, (_, n) => saleOf(Type === 'ACCREC' ? `P-${n}` : '', { Type }));
    const put = async (Type: string, count: number) =>
      call('PUT', '/Invoices', { Invoices: many(Type, count) });
    expect((await put('ACCREC', 21)).text).toContain(
      'You have reached the limit of invoices you can approve',
    );
    expect((await put('ACCREC', 20)).status).toBe(200);
    const draft = saleOf('P-D', { Status: 'DRAFT' });
    expect((await call('PUT', '/Invoices', draft)).status).toBe(200);
    await control().changeOrganisation(tenant, { class: 'PREMIUM' });
    expect((await call('PUT', '/Invoices', saleOf('P-21'))).status).toBe(200);
  });

  it('emails of invoices are 1,000 a day for who pays, 20 on trial and none for a demo (2)', async () => {
    const { tenant, call } = xero();
    const made = await call('PUT', '/Invoices', saleOf('E-1'));
    const path = `/Invoices/${String(made.json('Invoices.0.InvoiceID'))}`;
    expect((await call('POST', `${path}/Email`, {})).status).toBe(204);
    expect((await call('GET', path)).json('Invoices.0.SentToContact')).toBe(true);
    await control().changeOrganisation(tenant, { class: 'DEMO' });
    expect((await call('POST', `${path}/Email`, {})).text).toContain('No more than 0 emails');
    await control().changeOrganisation(tenant, { class: 'TRIAL' });
    for (let n = 2; n <= 20; n += 1) expect((await call('POST', `${path}/Email`, {})).status).toBe(204);
    expect((await call('POST', `${path}/Email`, {})).text).toContain('No more than 20 emails');
    await control().changeOrganisation(tenant, { class: 'PREMIUM' });
    for (let n = 21; n <= 1_000; n += 1) await call('POST', `${path}/Email`, {});
    expect((await call('POST', `${path}/Email`, {})).text).toContain('No more than 1000 emails');
    const draft = await call('PUT', '/Invoices', saleOf('E-2', { Status: 'DRAFT' }));
    const other = `/Invoices/${String(draft.json('Invoices.0.InvoiceID'))}/Email`;
    expect((await call('POST', other, {})).status).toBe(400);
    expect((await call('POST', '/Invoices/nobody/Email', {})).status).toBe(404);
  });
});
