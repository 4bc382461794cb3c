// Accounts and tax rates rule by rule (XERO.md 7.8, 7.9).
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openOrganisation } from './books.ts';
import { lineOf, messagesOf, saleOf, useXero, type Xero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const post = (path: string, body: unknown) => xero().call('POST', path, body);
const account = (Code: string, more: Readonly<Record<string, unknown>> = {}) =>
  put('/Accounts', { Code, Name: `Account ${Code}`, Type: 'EXPENSE', TaxType: 'NONE', ...more });
const told = (answer: Awaited<ReturnType<typeof put>>) => messagesOf(answer, 'Accounts');
const idOf = (answer: Awaited<ReturnType<typeof put>>) => String(answer.json('Accounts.0.AccountID'));

describe('7.8 accounts', () => {
  it('7.8 Code has at most 10 characters, Name 150, Description 4000', async () => {
    const longest = { Name: 'n'.repeat(150), Description: 'd'.repeat(4_000) };
    expect((await account('c'.repeat(10), longest)).status).toBe(200);
    expect(told(await account('c'.repeat(11)))).toEqual([
      'The field Code must be a string with a maximum length of 10.',
    ]);
    expect((await account('N', { Name: 'n'.repeat(151) })).status).toBe(400);
    expect((await account('D', { Description: 'd'.repeat(4_001) })).status).toBe(400);
  });

  it('7.8 there are 18 types, of which the class follows', async () => {
    const classes = {
      ASSET: ['BANK', 'CURRENT', 'FIXED', 'INVENTORY', 'NONCURRENT', 'PREPAYMENT'],
      LIABILITY: ['CURRLIAB', 'LIABILITY', 'PAYG', 'TERMLIAB'],
      EQUITY: ['EQUITY'],
      EXPENSE: ['DEPRECIATN', 'DIRECTCOSTS', 'EXPENSE', 'OVERHEADS'],
      REVENUE: ['OTHERINCOME', 'REVENUE', 'SALES'],
    };
    for (const [Class, types] of Object.entries(classes)) {
      for (const Type of types) {
        const made = await account(`t${Type}`.slice(0, 10), {
          Type,
          Name: `Of type ${Type}`,
          BankAccountNumber: '1',
          Class: 'EQUITY',
        });
        expect(made.json('Accounts.0'), Type).toMatchObject({ Type, Class });
      }
    }
    expect((await account('X', { Type: 'OTHER' })).json('ErrorNumber')).toBe(14);
  });

  it('7.8 a bank account cannot be changed, only archived', async () => {
    const id = idOf(await account('B1', { Type: 'BANK', BankAccountNumber: '12' }));
    expect(told(await post(`/Accounts/${id}`, { Name: 'Other' }))).toEqual([
      'Bank accounts cannot be changed.',
    ]);
    expect((await post(`/Accounts/${id}`, { Status: 'ARCHIVED' })).json('Accounts.0.Status')).toBe(
      'ARCHIVED',
    );
  });

  it('7.8 archiving is a call of its own, and an archived account takes no lines', async () => {
    const id = idOf(await account('A1'));
    expect(told(await post(`/Accounts/${id}`, { Name: 'Other', Status: 'ARCHIVED' }))).toEqual([
      'The Status of an account can only be changed in a call of its own.',
    ]);
    expect((await post(`/Accounts/${id}`, { Status: 'ARCHIVED' })).json('Accounts.0')).toMatchObject({
      Name: 'Account A1',
      Status: 'ARCHIVED',
    });
    const line = lineOf({ AccountCode: 'A1', TaxType: 'NONE' });
    expect(messagesOf(await put('/Invoices', saleOf('I-1', { LineItems: [line] })))).toEqual([
      "Account code 'A1' has been archived, or has been deleted. Each line item must reference a valid account",
    ]);
  });

  it('7.8 one account is made in a call, by PUT alone', async () => {
    const two = { Accounts: ['A', 'B'].map((Code) => ({ Code, Name: Code, Type: 'EXPENSE' })) };
    expect((await put('/Accounts', two)).status).toBe(400);
    expect((await post('/Accounts', { Code: 'A', Name: 'A', Type: 'EXPENSE' })).status).toBe(501);
    expect((await xero().call('GET', '/Accounts/A')).status).toBe(404);
  });

  it('7.8 system accounts stay as they are', async () => {
    for (const code of ['610', '800', '820', '960']) {
      expect(told(await post(`/Accounts/${code}`, { Name: 'Mine' }))).toEqual([
        'System accounts cannot be changed.',
      ]);
      expect((await xero().call('DELETE', `/Accounts/${code}`)).status).toBe(400);
    }
  });
});

const rateOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  Name: 'Own',
  ReportTaxType: 'OUTPUT',
  TaxComponents: [{ Name: 'State', Rate: 7.5 }],
  ...more,
});
const taxed = (
  xero: Xero,
  AccountCode: string,
  TaxType: string,
  more: Readonly<Record<string, unknown>> = {},
) => xero.call('PUT', '/Invoices', saleOf('', { LineItems: [lineOf({ AccountCode, TaxType })], ...more }));

describe('7.9 tax rates', () => {
  it.each([
    ['AU', 'OUTPUT', 'INPUT', 10],
    ['NZ', 'OUTPUT2', 'INPUT2', 15],
    ['GB', 'OUTPUT2', 'INPUT2', 20],
  ])('7.9 the codes of a region are its own: %s', async (region, output, input, percent) => {
    const there = await openOrganisation(xero(), { region, name: `Rates of ${region}` });
    for (const type of [output, input]) {
      const rate = await there.call('GET', `/TaxRates/${type}`);
      expect(rate.json('TaxRates.0')).toMatchObject({ EffectiveRate: percent, DisplayTaxRate: percent });
      expect(rate.text).toContain(`"EffectiveRate":${percent}.0000`);
    }
    const foreign = region === 'AU' ? 'OUTPUT2' : 'OUTPUT';
    expect(messagesOf(await taxed(there, '200', foreign))).toEqual([
      `The TaxType code ${foreign} does not exist or cannot be used for this type of transaction.`,
    ]);
    // No output rate on an account of class expense.
    expect(messagesOf(await taxed(there, '404', output))).toEqual([
      `The TaxType code '${output}' cannot be used with account code '404'.`,
    ]);
    expect((await taxed(there, '404', input, { Type: 'ACCPAY' })).status).toBe(200);
  });

  it('7.9 of the United Kingdom are 5 % and 0 % as well', async () => {
    const list = z.array(z.object({ TaxType: z.string(), EffectiveRate: z.number() }));
    const rates = list.parse((await xero().call('GET', '/TaxRates')).json('TaxRates'));
    const of = (type: string) => rates.find(({ TaxType }) => TaxType === type)?.EffectiveRate;
    expect(['RROUTPUT', 'RRINPUT', 'ZERORATEDOUTPUT', 'ZERORATEDINPUT'].map(of)).toEqual([5, 5, 0, 0]);
  });

  it('7.9 what a rate may be used with is what CanApplyTo says, pair by pair', async () => {
    const list = z.array(
      z.object({ TaxType: z.string(), CanApplyToRevenue: z.boolean(), CanApplyToExpenses: z.boolean() }),
    );
    const rates = list.parse((await xero().call('GET', '/TaxRates')).json('TaxRates'));
    for (const { TaxType, CanApplyToRevenue, CanApplyToExpenses } of rates) {
      const [revenue, expense] = [
        await taxed(xero(), '200', TaxType),
        await taxed(xero(), '404', TaxType, { Type: 'ACCPAY' }),
      ];
      expect([revenue.status === 200, expense.status === 200], TaxType).toEqual([
        CanApplyToRevenue,
        CanApplyToExpenses,
      ]);
    }
  });

  it('7.9 those of one own are TAX001 and so on, one in a call, and can be changed', async () => {
    const there = await openOrganisation(xero(), { region: 'GB', name: 'Own rates 0' });
    const made = await there.call('PUT', '/TaxRates', rateOf());
    expect(made.json('TaxRates.0')).toMatchObject({ TaxType: 'TAX001', EffectiveRate: 7.5 });
    expect(
      (await there.call('PUT', '/TaxRates', rateOf({ Name: 'Second' }))).json('TaxRates.0.TaxType'),
    ).toBe('TAX002');
    expect(
      (await there.call('PUT', '/TaxRates', { TaxRates: [rateOf({ Name: 'A' }), rateOf({ Name: 'B' })] }))
        .status,
    ).toBe(400);
    const changed = await there.call('POST', '/TaxRates', rateOf({ TaxType: 'TAX001', Name: 'Renamed' }));
    expect(changed.json('TaxRates.0')).toMatchObject({ TaxType: 'TAX001', Name: 'Renamed' });
  });

  it('7.9 ReportTaxType is needed in Australia, New Zealand and the United Kingdom, not in the United States', async () => {
    const statuses: number[] = [];
    for (const region of ['AU', 'NZ', 'GB', 'US']) {
      const there = await openOrganisation(xero(), { region, name: `Making in ${region}` });
      statuses.push((await there.call('PUT', '/TaxRates', rateOf({ ReportTaxType: undefined }))).status);
    }
    expect(statuses).toEqual([400, 400, 400, 200]);
  });

  it('7.9 system rates are not changed', async () => {
    const answer = await post('/TaxRates', rateOf({ TaxType: 'OUTPUT2' }));
    expect(messagesOf(answer, 'TaxRates')).toContain('System tax rates cannot be updated');
  });

  it('7.9 components are neither renamed nor removed; others are added', async () => {
    const there = await openOrganisation(xero(), { region: 'GB', name: 'Own rates 1' });
    await there.call('PUT', '/TaxRates', rateOf());
    const change = (TaxComponents: readonly unknown[]) =>
      there.call('POST', '/TaxRates', rateOf({ TaxType: 'TAX001', TaxComponents }));
    expect(messagesOf(await change([{ Name: 'Other', Rate: 7.5 }]), 'TaxRates')).toEqual([
      'TaxComponents cannot be renamed or removed',
    ]);
    const added = await change([
      { Name: 'State', Rate: 5 },
      { Name: 'County', Rate: 1.25 },
    ]);
    expect(added.json('TaxRates.0')).toMatchObject({
      EffectiveRate: 6.25,
      TaxComponents: [{ Rate: 5 }, { Rate: 1.25 }],
    });
  });

  it('7.9 a compound component is charged on the other taxes as well', async () => {
    const there = await openOrganisation(xero(), { region: 'GB', name: 'Own rates 2' });
    const TaxComponents = [
      { Name: 'Federal', Rate: 5 },
      { Name: 'Provincial', Rate: 9.975, IsCompound: true },
    ];
    const made = await there.call('PUT', '/TaxRates', rateOf({ TaxComponents }));
    expect(made.json('TaxRates.0')).toMatchObject({
      DisplayTaxRate: 14.975,
      EffectiveRate: 15.4738,
      TaxComponents,
    });
    const sale = await taxed(there, '200', 'TAX001', {
      LineItems: [lineOf({ Quantity: 1, UnitAmount: 1_000, TaxType: 'TAX001' })],
    });
    expect(sale.json('Invoices.0.TotalTax')).toBe(154.74);
    const two = TaxComponents.map((component) => ({ ...component, IsCompound: true }));
    expect(
      messagesOf(
        await there.call('PUT', '/TaxRates', rateOf({ Name: 'Two', TaxComponents: two })),
        'TaxRates',
      ),
    ).toEqual(['Only one TaxComponent can be compound']);
  });

  it('7.9 a reverse charge of one own adds nothing to a document', async () => {
    const there = await openOrganisation(xero(), { region: 'GB', name: 'Own reverse charge' });
    const made = await there.call('PUT', '/TaxRates', rateOf({ ReportTaxType: 'REVERSECHARGES' }));
    expect(made.json('TaxRates.0')).toMatchObject({ DisplayTaxRate: 7.5, EffectiveRate: 0 });
    const bill = await taxed(there, '404', 'TAX001', { Type: 'ACCPAY' });
    expect(bill.json('Invoices.0')).toMatchObject({ SubTotal: 100, TotalTax: 0 });
  });

  it('7.9 the automated rates of the United States do not work through the API', async () => {
    const there = await openOrganisation(xero(), { region: 'US', name: 'Automated' });
    await there.call('PUT', '/TaxRates', rateOf({ ReportTaxType: 'USSALESTAX' }));
    for (const type of ['AVALARA', 'TAX002'])
      expect(messagesOf(await taxed(there, '200', type))).toEqual([
        `The TaxType code ${type} does not exist or cannot be used for this type of transaction.`,
      ]);
    expect((await taxed(there, '200', 'TAX001')).json('Invoices.0.TotalTax')).toBe(8.88);
  });
});
