// Currencies and the organisation rule by rule (XERO.md 7.10).
import { beforeEach, describe, expect, it } from 'vitest';
import { openOrganisation, readBooks } from './books.ts';
import { lineOf, look, messagesOf, saleOf, useXero, type Xero } from './xero.ts';

const usual = useXero();
const other = useXero({
  limits: 'off',
  options: { multicurrency: 'not-allowed', 'unrealised-gains': 'reported' },
});
beforeEach(async () => {
  for (const xero of [usual(), other()]) await xero.control.reset();
});

const add = (Code: string, xero: Xero = usual()) => xero.call('PUT', '/Currencies', { Code });
const sell = (more: Readonly<Record<string, unknown>>, xero: Xero = usual()) =>
  xero.call('PUT', '/Invoices', saleOf('', { CurrencyCode: 'EUR', ...more }));

describe('7.10 currencies', () => {
  it('7.10 are read and added by PUT, never removed', async () => {
    const codes = async () => (await usual().call('GET', '/Currencies')).json('Currencies');
    expect((await add('EUR')).json('Currencies')).toEqual([{ Code: 'EUR', Description: 'Euro' }]);
    expect(await codes()).toMatchObject([{ Code: 'GBP' }, { Code: 'EUR' }]);
    expect((await usual().call('DELETE', '/Currencies/EUR')).status).toBe(501);
    expect((await usual().call('POST', '/Currencies', { Code: 'USD' })).status).toBe(501);
    expect(await codes()).toMatchObject([{ Code: 'GBP' }, { Code: 'EUR' }]);
    expect((await add('ZZZ')).status).toBe(400);
  });

  it('7.10 need UseMulticurrency, which the plan allows or not by option', async () => {
    const statusOf = async (xero: Xero) => {
      const actions = (await xero.call('GET', '/Organisation/Actions')).json('Actions');
      return [actions].flat().find((one) => look(one, 'Name') === 'UseMulticurrency');
    };
    expect(await statusOf(usual())).toEqual({ Name: 'UseMulticurrency', Status: 'ALLOWED' });
    expect(await statusOf(other())).toEqual({ Name: 'UseMulticurrency', Status: 'NOT-ALLOWED' });
    expect([(await add('EUR')).status, (await add('EUR', other())).status]).toEqual([200, 400]);
  });

  it('7.10 must be subscribed to', async () => {
    expect(messagesOf(await sell({}))).toEqual(['Organisation is not subscribed to currency EUR']);
    await add('EUR');
    expect((await sell({})).status).toBe(200);
  });

  it('7.10 have the rate of the day where none is sent, with six decimals', async () => {
    await add('EUR');
    expect((await sell({})).text).toContain('"CurrencyRate":1.164557');
    expect((await sell({ CurrencyRate: 1.25 })).text).toContain('"CurrencyRate":1.250000');
  });

  it('7.10 of an odd rate are saved with a warning', async () => {
    await add('EUR');
    const odd = await sell({ CurrencyRate: 12.5 });
    expect([odd.status, odd.json('Invoices.0.Warnings.0.Message')]).toEqual([
      200,
      'The currency rate 12.500000 of EUR differs much from the rate of the day',
    ]);
    expect((await sell({ CurrencyRate: 1.25 })).json('Invoices.0.Warnings')).toBeUndefined();
  });

  it('7.10 what is open is brought to the rate of the day in the trial balance, by option', async () => {
    const wish = { region: 'GB', name: 'Revalued', currencies: ['EUR'] };
    for (const [xero, gain] of [
      [usual(), 0],
      [other(), 704],
    ] as const) {
      const there = await openOrganisation(xero, wish);
      const made = await sell({ CurrencyRate: 1.25, Date: '2026-04-02', DueDate: '2026-05-02' }, there);
      const april = await readBooks(there, '2026-04-30');
      // 120.00 EUR are 96.00 GBP at 1.25 and 103.04 at the rate of the day.
      expect([april.balance('610'), april.balance('498'), april.sum]).toEqual([9_600 + gain, 0 - gain, 0]);
      const Invoice = { InvoiceID: made.json('Invoices.0.InvoiceID') };
      await there.call('PUT', '/Payments', {
        Invoice,
        Account: { Code: '090' },
        Date: '2026-05-20',
        Amount: 120,
      });
      const may = await readBooks(there, '2026-05-31');
      expect([may.balance('610'), may.balance('498'), may.balance('499'), may.sum]).toEqual([0, 0, -704, 0]);
      expect((await readBooks(there, '2026-04-30')).balance('498')).toBe(0 - gain);
    }
  });
});

describe('7.10 the organisation', () => {
  it('7.10 is read alone, under Organisations', async () => {
    const answer = await usual().call('GET', '/Organisation');
    expect(answer.json('Organisations')).toHaveLength(1);
    expect(answer.json('Organisations.0.OrganisationID')).toBe(usual().tenant);
    for (const method of ['PUT', 'POST'])
      expect((await usual().call(method, '/Organisation', { Name: 'Mine' })).status).toBe(501);
  });

  it('7.10 lists its actions as ALLOWED or NOT-ALLOWED', async () => {
    const actions = [(await usual().call('GET', '/Organisation/Actions')).json('Actions')].flat();
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) expect(['ALLOWED', 'NOT-ALLOWED']).toContain(look(action, 'Status'));
    expect(actions).toContainEqual({ Name: 'CreateApprovedInvoice', Status: 'ALLOWED' });
  });

  it('7.10 keeps lines of a foreign document within its total, to the cent', async () => {
    await add('USD');
    const lines = [1.01, 2.02, 3.03].map((UnitAmount) => lineOf({ Quantity: 1, UnitAmount }));
    await sell({ CurrencyCode: 'USD', CurrencyRate: 1.2659, LineItems: lines });
    const books = await readBooks(usual());
    expect([books.balance('610'), books.sum]).toEqual([574, 0]);
  });
});
