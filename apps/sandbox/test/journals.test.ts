// Manual journals (XERO.md 7.6), tracking categories (7.7), currencies (7.10) and what foreign money leaves in the books.
import { beforeEach, describe, expect, it } from 'vitest';
import { openOrganisation, readBooks } from './books.ts';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const journal = (
  lines: readonly (readonly [number, string])[],
  more: Readonly<Record<string, unknown>> = {},
) => ({
  Narration: 'COGS-1',
  Date: '2026-03-02',
  Status: 'POSTED',
  JournalLines: lines.map(([LineAmount, AccountCode]) => ({ LineAmount, AccountCode })),
  ...more,
});
const cost = [
  [12.5, '310'],
  [-12.5, '631'],
] as const;

describe('a manual journal', () => {
  it('posts when it is POSTED, not as a draft, and no more once voided', async () => {
    const made = await put('/ManualJournals', journal(cost, { Status: 'DRAFT' }));
    const id = String(made.json('ManualJournals.0.ManualJournalID'));
    expect(made.json('ManualJournals.0')).toMatchObject({
      LineAmountTypes: 'NoTax',
      ShowOnCashBasisReports: true,
      JournalLines: [{ LineAmount: 12.5, TaxType: 'NONE' }, { LineAmount: -12.5 }],
    });
    const balance = async () => (await readBooks(xero())).balance('631');
    expect(await balance()).toBe(0);
    await xero().call('POST', `/ManualJournals/${id}`, { Status: 'POSTED' });
    expect(await balance()).toBe(-1_250);
    expect((await xero().call('POST', `/ManualJournals/${id}`, { Status: 'DELETED' })).status).toBe(400);
    await xero().call('POST', `/ManualJournals/${id}`, { Status: 'VOIDED' });
    expect(await balance()).toBe(0);
  });

  it.each([
    [
      'sides that differ',
      journal([
        [100, '310'],
        [-10, '631'],
      ]),
      'The total debits (100.00) must equal total credits (-10.00)',
    ],
    [
      'an inventory account',
      journal([
        [5, '310'],
        [-5, '630'],
      ]),
      'You cannot save this transaction using an inventory account type',
    ],
    [
      'the debtors',
      journal([
        [5, '310'],
        [-5, '610'],
      ]),
      "Account code '610' is not a valid code for this document",
    ],
    [
      'a bank',
      journal([
        [5, '310'],
        [-5, '090'],
      ]),
      "Account code '090' is not a valid code for this document",
    ],
    ['no narration', journal(cost, { Narration: '' }), 'Narration must be specified'],
    ['no lines', journal([]), 'A manual journal must have at least 2 lines with amounts'],
  ])('is refused for %s', async (_what, body, message) => {
    expect(messagesOf(await put('/ManualJournals', body), 'ManualJournals')).toEqual([message]);
  });

  it('drops a line of an unknown account with a warning', async () => {
    const made = await put('/ManualJournals', journal([...cost, [0, '476']]));
    expect(made.json('ManualJournals.0.Warnings')).toEqual([
      { Message: "Account code '476' has been removed as it does not match a recognised account." },
    ]);
    expect(made.json('ManualJournals.0.JournalLines')).toHaveLength(2);
  });
});

describe('tracking', () => {
  it('categories and options are made, named on lines, and archived rather than deleted once used', async () => {
    const made = await put('/TrackingCategories', { Name: 'Region' });
    const id = String(made.json('TrackingCategories.0.TrackingCategoryID'));
    await put(`/TrackingCategories/${id}/Options`, { Name: 'North' });
    await put(`/TrackingCategories/${id}/Options`, { Options: [{ Name: 'South' }] });
    const sale = await put(
      '/Invoices',
      saleOf('I-1', { LineItems: [lineOf({ Tracking: [{ Name: 'region', Option: 'North' }] })] }),
    );
    expect(sale.json('Invoices.0.LineItems.0.Tracking')).toMatchObject([{ Name: 'Region', Option: 'North' }]);
    const wrong = saleOf('I-2', { LineItems: [lineOf({ Tracking: [{ Name: 'Region', Option: 'West' }] })] });
    expect(messagesOf(await put('/Invoices', wrong))).toEqual([
      "The tracking option 'West' does not exist in Region",
    ]);
    const gone = await xero().call('DELETE', `/TrackingCategories/${id}`);
    expect(gone.json('TrackingCategories.0.Status')).toBe('ARCHIVED');
  });

  it('two can be active', async () => {
    for (const Name of ['A', 'B']) await put('/TrackingCategories', { Name });
    expect(messagesOf(await put('/TrackingCategories', { Name: 'C' }), 'TrackingCategories')).toEqual([
      'No more than 2 tracking categories can be active',
    ]);
    const id = String(
      (await xero().call('GET', '/TrackingCategories')).json('TrackingCategories.0.TrackingCategoryID'),
    );
    expect(
      (await xero().call('DELETE', `/TrackingCategories/${id}`)).json('TrackingCategories.0.Status'),
    ).toBe('DELETED');
  });
});

describe('currencies', () => {
  it('must be subscribed to; a payment at another rate leaves a realised gain', async () => {
    const foreign = saleOf('I-1', { CurrencyCode: 'EUR', CurrencyRate: 1.25, LineItems: [lineOf()] });
    expect(messagesOf(await put('/Invoices', foreign))).toEqual([
      'Organisation is not subscribed to currency EUR',
    ]);
    expect((await put('/Currencies', { Code: 'EUR' })).json('Currencies.0')).toEqual(
      expect.objectContaining({ Code: 'EUR', Description: 'Euro' }),
    );
    const made = await put('/Invoices', foreign);
    expect(made.json('Invoices.0')).toMatchObject({ Total: 120, CurrencyRate: 1.25, CurrencyCode: 'EUR' });
    expect((await readBooks(xero())).balance('610')).toBe(9_600);
    const Invoice = { InvoiceID: made.json('Invoices.0.InvoiceID') };
    const payment = { Invoice, Account: { Code: '090' }, Date: '2026-03-20', Amount: 120, CurrencyRate: 1.2 };
    expect((await put('/Payments', payment)).status).toBe(200);
    const books = await readBooks(xero());
    expect(['090', '610', '499'].map(books.balance)).toEqual([10_000, 0, -400]);
    expect(books.sum).toBe(0);
  });

  it('rounding of a foreign document stays within it', async () => {
    const there = await openOrganisation(xero(), { region: 'NZ', name: 'Foreign', currencies: ['USD'] });
    const lines = [1.01, 2.02, 3.03].map((UnitAmount) => lineOf({ Quantity: 1, UnitAmount }));
    const sale = saleOf('I-1', { CurrencyCode: 'USD', CurrencyRate: 0.6061, LineItems: lines });
    expect((await there.call('PUT', '/Invoices', sale)).status).toBe(200);
    expect((await readBooks(there)).sum).toBe(0);
  });
});
