// Organisations of every region, their charts and tax rates (ACCOUNTING.md 0 N21, 1), lock dates and the demo one.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openOrganisation, readBooks } from './books.ts';
import { lineOf, messagesOf, saleOf, useXero, type Xero } from './xero.ts';

const xero = useXero();

const accountList = z.array(
  z.object({ Code: z.string(), Type: z.string(), EnablePaymentsToAccount: z.boolean(), TaxType: z.string() }),
);
const rateList = z.array(
  z.object({
    TaxType: z.string(),
    EffectiveRate: z.number(),
    CanApplyToAssets: z.boolean(),
    CanApplyToEquity: z.boolean(),
    CanApplyToExpenses: z.boolean(),
    CanApplyToLiabilities: z.boolean(),
    CanApplyToRevenue: z.boolean(),
  }),
);
type Rate = z.infer<typeof rateList>[number];

const classesOf = (rate: Rate | undefined): string =>
  rate === undefined
    ? 'none'
    : [
        ['A', rate.CanApplyToAssets],
        ['Q', rate.CanApplyToEquity],
        ['E', rate.CanApplyToExpenses],
        ['L', rate.CanApplyToLiabilities],
        ['R', rate.CanApplyToRevenue],
      ]
        .filter(([, can]) => can)
        .map(([initial]) => initial)
        .join('');

describe.each([
  [
    'AU',
    'AUD',
    'OUTPUT',
    10,
    'INPUT',
    'BASEXCLUDED',
    [30, 6],
    { CAPEXINPUT: 'AQEL', GSTONCAPIMPORTS: 'L', NONE: 'none' },
  ],
  ['NZ', 'NZD', 'OUTPUT2', 15, 'INPUT2', 'NONE', [31, 3], { ZERORATED: 'LR', GSTONIMPORTS: 'AQL' }],
  ['GB', 'GBP', 'OUTPUT2', 20, 'INPUT2', 'NONE', [31, 3], { CAPEXINPUT2: 'A', GSTONIMPORTS: 'L' }],
  ['US', 'USD', 'NONE', 0, 'NONE', 'NONE', [31, 12], { TAX001: 'AQELR', AVALARA: 'AQELR' }],
] as const)('an organisation of %s', (region, currency, output, percent, input, noTax, yearEnd, classes) => {
  let there: Xero;
  it('has its money, year end, tracking and currencies', async () => {
    there = await openOrganisation(xero(), { region, name: `Trial ${region}` });
    const organisation = (await there.call('GET', '/Organisation')).json('Organisations.0');
    expect(organisation).toMatchObject({
      Name: `Trial ${region}`,
      CountryCode: region,
      BaseCurrency: currency,
      FinancialYearEndDay: yearEnd[0],
      FinancialYearEndMonth: yearEnd[1],
    });
  });

  it('has an account for every role, with tax types that fit', async () => {
    const accounts = accountList.parse((await there.call('GET', '/Accounts')).json('Accounts'));
    const typed = (type: string) => accounts.filter((account) => account.Type === type);
    expect(accounts.find(({ Code }) => Code === '200')?.TaxType).toBe(output);
    expect(accounts.find(({ Code }) => Code === '300')?.TaxType).toBe(input);
    expect(accounts.find(({ Code }) => Code === '630')?.TaxType).toBe(noTax);
    expect(typed('CURRENT').map(({ Code }) => Code)).toEqual(
      expect.arrayContaining(['631', '632', '633', '634']),
    );
    expect(typed('INVENTORY').map(({ Code }) => Code)).toEqual(['630']);
    expect(typed('CURRLIAB').map(({ Code }) => Code)).toEqual(expect.arrayContaining(['810', '811']));
    expect(typed('BANK').map(({ Code }) => Code)).toEqual(expect.arrayContaining(['095', '096']));
    expect(typed('EXPENSE').filter((account) => account.EnablePaymentsToAccount)).toHaveLength(1);
    expect(typed('EQUITY').map(({ Code }) => Code)).toContain('990');
  });

  it('has its tax rates with the classes each may be used with', async () => {
    const rates = rateList.parse((await there.call('GET', '/TaxRates')).json('TaxRates'));
    const rateOf = (type: string) => rates.find(({ TaxType }) => TaxType === type);
    for (const [type, initials] of Object.entries(classes))
      expect(classesOf(rateOf(type)), type).toBe(initials);
    expect(rateOf(output)?.EffectiveRate).toBe(percent);
  });

  it('taxes a sale at home as its sales account says', async () => {
    const made = await there.call(
      'PUT',
      '/Invoices',
      saleOf('I-1', { LineItems: [lineOf({ TaxType: undefined })] }),
    );
    expect(made.json('Invoices.0')).toMatchObject({
      SubTotal: 100,
      TotalTax: percent,
      CurrencyCode: currency,
    });
    expect((await readBooks(there)).sum).toBe(0);
  });
});

describe('organisations', () => {
  it('a new sandbox lists exactly one', async () => {
    const { organisations } = z
      .object({ organisations: z.array(z.record(z.string(), z.string())) })
      .parse(await (await fetch(`${xero().url}/__sandbox/organisations`)).json());
    expect(organisations[0]).toMatchObject({ name: 'Stockbook Trial (GB)', region: 'GB', currency: 'GBP' });
  });

  it('are refused with what is wrong: an unknown region, a name there is', async () => {
    expect((await openOrganisation(xero(), { region: 'FR' })).made.error).toContain('region');
    expect((await openOrganisation(xero(), { region: 'GB' })).made.error).toBe(
      'There is an organisation named Stockbook Trial (GB) already.',
    );
  });

  it('of Australia write what is outside the tax in their own way', async () => {
    const there = await openOrganisation(xero(), { region: 'AU', name: 'Rewriting' });
    const bill = (AccountCode: string) =>
      there.call(
        'PUT',
        '/Invoices',
        saleOf('', { Type: 'ACCPAY', LineItems: [lineOf({ AccountCode, TaxType: 'NONE' })] }),
      );
    const typeOf = async (code: string) => (await bill(code)).json('Invoices.0.LineItems.0.TaxType');
    expect([await typeOf('430'), await typeOf('633')]).toEqual(['EXEMPTEXPENSES', 'BASEXCLUDED']);
  });

  it('with lock dates refuse documents on or before them, drafts aside', async () => {
    const there = await openOrganisation(xero(), {
      region: 'GB',
      name: 'Locked',
      periodLockDate: '2026-03-31',
      yearLockDate: '2025-03-31',
    });
    const put = (day: string, Status = 'AUTHORISED') =>
      there.call('PUT', '/Invoices', saleOf('', { Date: day, Status }));
    expect(messagesOf(await put('2026-03-31'))).toEqual([
      'The document date cannot be before the period lock date, currently set at 2026-03-31',
    ]);
    expect(messagesOf(await put('2025-03-31'))).toEqual([
      'The document date cannot be before the end of year lock date, currently set at 2025-03-31',
    ]);
    expect((await put('2026-03-31', 'DRAFT')).status).toBe(200);
    expect((await put('2026-04-01')).status).toBe(200);
  });

  it('a demo organisation is filled by its seed, alike each time, and its books balance', async () => {
    const wish = (name: string, region: string) => ({ region, name, demoSeed: 7 });
    const totals = async (there: Xero) =>
      z
        .array(z.object({ Total: z.number() }))
        .parse((await there.call('GET', '/Invoices?page=1')).json('Invoices'))
        .map(({ Total }) => Total)
        .sort();
    const first = await openOrganisation(xero(), wish('Demo A', 'GB'));
    const second = await openOrganisation(xero(), wish('Demo B', 'GB'));
    expect(await totals(first)).toHaveLength(36);
    expect(await totals(first)).toEqual(await totals(second));
    const american = await openOrganisation(xero(), wish('Demo C', 'US'));
    const today = new Date().toISOString().slice(0, 10);
    for (const there of [first, american]) {
      const books = await readBooks(there, today);
      expect(books.sum).toBe(0);
      expect(books.balance('610')).toBeGreaterThan(0);
      expect(books.balance('630')).toBeGreaterThan(0);
    }
  });
});
