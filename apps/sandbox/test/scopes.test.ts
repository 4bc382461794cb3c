// Scopes (XERO.md 1.3): what each opens on every resource, how they add up over consents, and when broad ones end.
import { describe, expect, it } from 'vitest';
import { resourceNames } from '../src/resources.ts';
import { connect, connectAs, consent, newApp, postForm, useXero } from './xero.ts';

const xero = useXero({
  limits: 'off',
  clock: { realMs: Date.now(), simulatedMs: Date.UTC(2026, 4, 4, 9), scale: 1 },
});

const settings = ['accounts', 'currencies', 'employees', 'organisation', 'taxrates'];
const sales = [
  'invoices',
  'creditnotes',
  'purchaseorders',
  'quotes',
  'receipts',
  'repeatinginvoices',
  'items',
];
const money = ['payments', 'batchpayments', 'prepayments', 'overpayments'];
const agedReports = ['reports/AgedReceivablesByContact', 'reports/AgedPayablesByContact'];
const reports = ['reports/TrialBalance', 'reports/BankSummary', ...agedReports];

/** What each scope opens; those that end in `.read` exist for reading alone. */
const opened: Readonly<Record<string, readonly string[]>> = {
  'accounting.settings': [...settings, 'trackingcategories', 'items'],
  'accounting.contacts': ['contacts', 'contactgroups'],
  'accounting.invoices': sales,
  'accounting.payments': money,
  'accounting.banktransactions': ['banktransactions', 'banktransfers'],
  'accounting.manualjournals': ['manualjournals'],
  'accounting.transactions': [...sales, ...money, 'banktransactions', 'banktransfers', 'manualjournals'],
  'accounting.attachments': ['invoices/x/Attachments', 'contacts/x/Attachments', 'accounts/x/Attachments'],
  'accounting.journals.read': ['journals'],
  'accounting.reports.read': ['reports', ...reports],
  'accounting.reports.trialbalance.read': ['reports/TrialBalance'],
  'accounting.reports.banksummary.read': ['reports/BankSummary'],
  'accounting.reports.aged.read': agedReports,
};
/** Organisations is another word for Organisation that Xero does not document. */
const names = resourceNames.filter((name) => name !== 'organisations');
const addresses = [...new Set([...names, ...Object.values(opened).flat()])];

describe('scopes of every resource (1.3)', () => {
  it('the table of this file names every resource', () => {
    const named = new Set(Object.values(opened).flatMap((paths) => paths.map((path) => path.split('/')[0])));
    expect(names.filter((name) => !named.has(name))).toEqual([]);
  });

  it.each(Object.entries(opened))(
    '%s opens its resources and no other, its .read to read alone',
    async (scope, paths) => {
      const isReadOnly = scope.endsWith('.read');
      const client = await connect(xero().url, scope);
      const reader = isReadOnly ? client : await connect(xero().url, `${scope}.read`);
      const isLet = async (one: typeof client, method: string, path: string): Promise<boolean> => {
        const answer = await one.call(method, `/${path}`, method === 'PUT' ? {} : undefined);
        return answer.json('Detail') !== 'AuthorizationUnsuccessful';
      };
      const letIn = async (one: typeof client, method: string): Promise<string[]> => {
        const found = await Promise.all(
          addresses.map(async (path) => ((await isLet(one, method, path)) ? [path] : [])),
        );
        return found.flat().sort();
      };
      const expected = [...paths].sort();
      expect(await letIn(reader, 'GET')).toEqual(expected);
      expect(await letIn(reader, 'PUT')).toEqual([]);
      if (isReadOnly) return;
      expect(await letIn(client, 'GET')).toEqual(expected);
      expect(await letIn(client, 'PUT')).toEqual(expected);
    },
  );

  it('a missing scope is 401 AuthorizationUnsuccessful', async () => {
    const refused = await (await connect(xero().url, 'accounting.contacts')).call('GET', '/Invoices');
    expect([refused.status, refused.json('Title'), refused.json('Detail')]).toEqual([
      401,
      'Unauthorized',
      'AuthorizationUnsuccessful',
    ]);
  });

  it('every scope of the product can be asked for, and one that Xero does not know is invalid_scope', async () => {
    const all =
      'openid profile email offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings.read accounting.attachments accounting.manualjournals accounting.banktransactions accounting.reports.trialbalance.read accounting.reports.aged.read accounting.reports.banksummary.read';
    const client_id = await newApp(xero().url, { createdMs: Date.UTC(2026, 4, 1) });
    expect(await consent(xero().url, all, { client_id })).not.toBe('');
    expect(await consent(xero().url, `${all} accounting.everything`, { client_id })).toBe('');
    const unchanged = 'accounting.budgets.read accounting.reports.tenninetynine.read';
    expect(await consent(xero().url, unchanged, { client_id })).not.toBe('');
  });
});

describe('scopes add up (1.3)', () => {
  it('what was consented to before stays in later tokens, until the refresh token is revoked', async () => {
    const { url } = xero();
    const client = await newApp(url);
    const tokensOf = async (scope: string) => {
      const code = await consent(url, scope, { client_id: client });
      const form = { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost:9/callback' };
      return postForm(url, { ...form, client_id: client, client_secret: 'sandbox-secret' });
    };
    const first = await tokensOf('offline_access accounting.contacts');
    expect(first.json('scope')).toBe('offline_access accounting.contacts');
    const second = await tokensOf('offline_access accounting.settings.read');
    expect(second.json('scope')).toBe('offline_access accounting.settings.read accounting.contacts');
    const third = await connectAs(url, client, 'accounting.settings.read');
    expect((await third.call('PUT', '/Contacts', { Name: 'Kept scope' })).status).toBe(200);
    const form = { client_id: client, client_secret: 'sandbox-secret' };
    const body = new URLSearchParams({ ...form, token: String(second.json('refresh_token')) });
    expect((await fetch(`${url}/connect/revocation`, { method: 'POST', body })).status).toBe(200);
    expect((await tokensOf('accounting.settings.read')).json('scope')).toBe('accounting.settings.read');
  });

  it('ending one connection takes no scope away', async () => {
    const { url } = xero();
    const client = await newApp(url);
    await connectAs(url, client, 'accounting.contacts');
    await xero().control.disconnect();
    const again = await connectAs(url, client, 'accounting.invoices');
    expect((await again.call('GET', '/Contacts')).status).toBe(200);
  });
});

describe('broad scopes (1.3)', () => {
  const broad = 'accounting.transactions accounting.reports.read';
  const custom = (client_id: string) => {
    const form = { grant_type: 'client_credentials', scope: 'accounting.transactions' };
    return postForm(xero().url, { ...form, client_id, client_secret: 'sandbox-secret' });
  };

  it('are for apps made before 2026-03-02, custom connections before 2026-04-29', async () => {
    const { url } = xero();
    const old = await newApp(url, { createdMs: Date.UTC(2026, 2, 1, 23) });
    const fresh = await newApp(url, { createdMs: Date.UTC(2026, 2, 2) });
    expect(await consent(url, broad, { client_id: old })).not.toBe('');
    expect(await consent(url, broad, { client_id: fresh })).toBe('');
    expect(await consent(url, 'accounting.invoices', { client_id: fresh })).not.toBe('');
    const oldCustom = await newApp(url, { kind: 'custom', createdMs: Date.UTC(2026, 3, 28) });
    const freshCustom = await newApp(url, { kind: 'custom', createdMs: Date.UTC(2026, 3, 29) });
    expect((await custom(oldCustom)).status).toBe(200);
    expect((await custom(freshCustom)).json()).toEqual({ error: 'invalid_scope' });
  });

  it('an app that is made now gets granular ones only', async () => {
    const [one] = (
      await xero().control.setApp({ id: 'now', kind: 'web', secret: 's', isCertified: true })
    ).filter(({ id }) => id === 'now');
    expect(one?.createdMs).toBeGreaterThan(Date.UTC(2026, 2, 2));
    expect(await consent(xero().url, broad, { client_id: 'now' })).toBe('');
  });

  it('the journals are for tier Advanced and, unless an option says otherwise, for apps from before the tiers', async () => {
    const { url, control } = xero();
    const createdMs = Date.UTC(2026, 4, 1);
    const asks = async (client_id: string) =>
      (await consent(url, 'accounting.journals.read', { client_id })) !== '';
    const old = await newApp(url);
    expect(await asks(old)).toBe(true);
    expect(await asks(await newApp(url, { createdMs, tier: 'plus' }))).toBe(false);
    expect(await asks(await newApp(url, { createdMs, tier: 'advanced' }))).toBe(true);
    await control.setOptions({ 'journals-scope': 'advanced' });
    expect(await asks(old)).toBe(false);
    await control.setOptions({ 'journals-scope': 'older' });
  });

  it('stop for everybody on 2027-09-13', async () => {
    const { url, control } = xero();
    await control.setClock({ simulatedMs: Date.UTC(2027, 8, 12, 23, 50) });
    const live = await connect(url, 'accounting.transactions accounting.contacts');
    expect((await live.call('GET', '/Invoices')).status).toBe(200);
    await control.setClock({ simulatedMs: Date.UTC(2027, 8, 13) });
    expect((await live.call('GET', '/Invoices')).json('Detail')).toBe('AuthorizationUnsuccessful');
    expect((await live.call('GET', '/Contacts')).status).toBe(200);
    expect(await consent(url, 'accounting.transactions', { client_id: await newApp(url) })).toBe('');
  });
});
