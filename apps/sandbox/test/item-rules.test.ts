// Items and tracked inventory (XERO.md 6, 6.1).
import { beforeEach, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown) => xero().call(method, path, body);
const put = (path: string, body: unknown) => call('PUT', path, body);
const item = async (code: string) => Object((await call('GET', `/Items/${code}`)).json('Items.0'));
const tracked = (Code = 'T') => ({
  Code,
  InventoryAssetAccountCode: '630',
  PurchaseDetails: { COGSAccountCode: '310' },
});
const line = (more: Readonly<Record<string, unknown>>) => ({ Description: 'Lamp', ItemCode: 'T', ...more });
const document = (Type: string, LineItems: readonly unknown[], more = {}) => ({
  Type,
  Contact: { Name: 'Bo' },
  Date: '2026-03-02',
  DueDate: '2026-03-02',
  LineAmountTypes: 'NoTax',
  Status: 'AUTHORISED',
  LineItems,
  ...more,
});
const buy = (Quantity: number, UnitAmount: number, more = {}) =>
  put('/Invoices', document('ACCPAY', [line({ Quantity, UnitAmount })], more));
const sell = (Quantity: number, query = '', more = {}) =>
  put(`/Invoices${query}`, document('ACCREC', [line({ Quantity, UnitAmount: 9, AccountCode: '200' })], more));
const adjustment = (UnitAmount: number) => ({
  Description: 'Adjust',
  Quantity: 1,
  UnitAmount,
  AccountCode: '330',
});
const stock = async () => {
  const { QuantityOnHand, TotalCostPool } = await item('T');
  return [QuantityOnHand, TotalCostPool];
};

describe('an item', () => {
  it.each(['PUT', 'POST'])('6 needs a Code in %s, of at most 30 characters and its own', async (method) => {
    expect(messagesOf(await call(method, '/Items', { Name: 'x' }))).toEqual([
      'Price List Item Code must be specified',
    ]);
    expect(messagesOf(await call(method, '/Items', { Code: 'x'.repeat(31) }))).toEqual([
      'The field Code must be a string with a maximum length of 30.',
    ]);
    await put('/Items', { Items: [{ Code: 'A' }, { Code: 'B' }] });
    const ItemID = (await item('B')).ItemID;
    expect(messagesOf(await call('POST', '/Items', { ItemID, Code: 'A' }))).toEqual([
      "Price List Item with Code 'A' already exists",
    ]);
  });

  it.each([
    ['Name', 50],
    ['Description', 4_000],
    ['PurchaseDescription', 4_000],
  ])('6 has a %s of at most %i characters', async (name, charactersMax) => {
    expect((await put('/Items', { Code: 'A', [name]: 'x'.repeat(charactersMax) })).status).toBe(200);
    expect((await put('/Items', { Code: 'B', [name]: 'x'.repeat(charactersMax + 1) })).status).toBe(400);
  });

  it('6 is sold and purchased unless it is said not to be, which empties its details', async () => {
    const details = {
      Description: 'd',
      PurchaseDescription: 'p',
      SalesDetails: { UnitPrice: 2 },
      PurchaseDetails: { UnitPrice: 1 },
    };
    await put('/Items', { Code: 'A', ...details });
    expect(await item('A')).toMatchObject({ IsSold: true, IsPurchased: true, ...details });
    await call('POST', '/Items', { Code: 'A', IsSold: false, IsPurchased: false });
    const bare = await item('A');
    expect(bare).toMatchObject({ IsSold: false, IsPurchased: false, SalesDetails: {}, PurchaseDetails: {} });
    expect([bare.Description, bare.PurchaseDescription]).toEqual([undefined, undefined]);
  });

  it('6 has an account of purchase or one of cost of sales, never both', async () => {
    const both = { ...tracked(), PurchaseDetails: { AccountCode: '300', COGSAccountCode: '310' } };
    expect((await put('/Items', both)).status).toBe(400);
    expect((await put('/Items', { Code: 'A', PurchaseDetails: { AccountCode: '300' } })).status).toBe(200);
  });

  it('6 is tracked by an account of type INVENTORY and a cost account, with nothing in stock at first', async () => {
    expect((await put('/Items', { ...tracked(), InventoryAssetAccountCode: '631' })).status).toBe(400);
    expect((await put('/Items', tracked())).status).toBe(200);
    expect(await item('T')).toMatchObject({
      IsTrackedAsInventory: true,
      QuantityOnHand: 0,
      TotalCostPool: 0,
      QuantityAvailable: 0,
      QuantityOnBackOrder: 0,
    });
  });

  it('6 takes no IsTrackedAsInventory, QuantityOnHand or TotalCostPool', async () => {
    const sent = { IsTrackedAsInventory: true, QuantityOnHand: 5, TotalCostPool: 10 };
    await put('/Items', {
      Items: [
        { Code: 'A', ...sent },
        { ...tracked(), ...sent },
      ],
    });
    const plain = await item('A');
    expect([plain.IsTrackedAsInventory, plain.QuantityOnHand]).toEqual([false, undefined]);
    expect(await stock()).toEqual([0, 0]);
  });

  it('6 becomes tracked, and untracked again while nothing has moved it', async () => {
    await put('/Items', { Code: 'T', PurchaseDetails: { AccountCode: '300' } });
    const PurchaseDetails = { AccountCode: null, COGSAccountCode: '310' };
    const track = { Code: 'T', InventoryAssetAccountCode: '630', PurchaseDetails };
    expect((await call('POST', '/Items', track)).json('Items.0.IsTrackedAsInventory')).toBe(true);
    for (const more of [{}, { IsPurchased: false }, { IsSold: false }]) {
      const back = {
        Code: 'T',
        InventoryAssetAccountCode: null,
        PurchaseDetails: { COGSAccountCode: null },
        ...more,
      };
      expect((await call('POST', '/Items', back)).json('Items.0.IsTrackedAsInventory')).toBe(false);
      await call('POST', '/Items', { ...track, IsPurchased: true });
    }
    const half = await call('POST', '/Items', { Code: 'T', InventoryAssetAccountCode: null });
    expect([half.status, (await item('T')).IsTrackedAsInventory]).toEqual([400, true]);
    await buy(1, 1);
    const used = { Code: 'T', InventoryAssetAccountCode: null, PurchaseDetails: { COGSAccountCode: null } };
    expect((await call('POST', '/Items', used)).status).toBe(400);
  });

  it('6 is deleted at any time when untracked, and while nothing has moved it when tracked', async () => {
    await put('/Items', { Items: [{ Code: 'A' }, tracked(), tracked('U')] });
    await put('/Invoices', saleOf('I-1', { LineItems: [lineOf({ ItemCode: 'A' })] }));
    await buy(1, 1);
    const status = async (code: string) => (await call('DELETE', `/Items/${code}`)).status;
    expect([await status('A'), await status('U'), await status('T')]).toEqual([204, 204, 400]);
  });
});

describe('stock moves by documents', () => {
  beforeEach(() => put('/Items', tracked()));

  it('6.1 in by a bill and by money spent, on the inventory account', async () => {
    expect((await buy(4, 2)).json('Invoices.0.LineItems.0.AccountCode')).toBe('630');
    const spent = document('SPEND', [line({ Quantity: 1, UnitAmount: 7 })], { BankAccount: { Code: '090' } });
    expect((await put('/BankTransactions', spent)).status).toBe(200);
    expect(await stock()).toEqual([5, 15]);
  });

  it('6.1 out by a sale and by money received, at average cost', async () => {
    await buy(4, 2);
    await buy(4, 4);
    await sell(2);
    const got = document('RECEIVE', [line({ Quantity: 2, UnitAmount: 9, AccountCode: '200' })], {
      BankAccount: { Code: '090' },
    });
    expect((await put('/BankTransactions', got)).status).toBe(200);
    expect(await stock()).toEqual([4, 12]);
    const { balance } = await readBooks(xero());
    expect([balance('630'), balance('310'), balance('200')]).toEqual([1_200, 1_200, -3_600]);
  });

  it('6.1 when they are approved, in the order of approval whatever their dates', async () => {
    const draft = await buy(5, 1, { Status: 'DRAFT', Date: '2026-03-01' });
    expect(await stock()).toEqual([0, 0]);
    await buy(5, 3, { Date: '2026-03-31' });
    await sell(5, '', { Date: '2026-03-02' });
    await call('POST', `/Invoices/${String(draft.json('Invoices.0.InvoiceID'))}`, { Status: 'AUTHORISED' });
    expect(await stock()).toEqual([5, 5]);
    expect((await readBooks(xero())).balance('310')).toBe(1_500);
  });

  it('6.1 up by a zero-total bill of two lines, down by a zero-total credit note of a supplier', async () => {
    const up = [line({ Quantity: 2, UnitAmount: 1000 }), adjustment(-2000)];
    expect((await put('/Invoices', document('ACCPAY', up))).json('Invoices.0')).toMatchObject({
      Total: 0,
      Status: 'PAID',
    });
    expect(await stock()).toEqual([2, 2000]);
    const down = [line({ Quantity: 1, UnitAmount: 1000 }), adjustment(-1000)];
    expect((await put('/CreditNotes', document('ACCPAYCREDIT', down))).json('CreditNotes.0.Total')).toBe(0);
    expect(await stock()).toEqual([1, 1000]);
    const { balance } = await readBooks(xero());
    expect([balance('630'), balance('330'), balance('800')]).toEqual([100_000, -100_000, 0]);
  });

  it('6.1 down by a zero-total sale as well', async () => {
    await buy(2, 5);
    const sale = [line({ Quantity: 1, UnitAmount: 0 })];
    expect((await put('/Invoices', document('ACCREC', sale))).json('Invoices.0')).toMatchObject({
      Total: 0,
      Status: 'PAID',
    });
    expect(await stock()).toEqual([1, 5]);
  });

  it('6.1 to a new value by taking all out and bringing it in anew', async () => {
    await buy(4, 2);
    await put(
      '/CreditNotes',
      document('ACCPAYCREDIT', [line({ Quantity: 4, UnitAmount: 2 }), adjustment(-8)]),
    );
    expect(await stock()).toEqual([0, 0]);
    await put('/Invoices', document('ACCPAY', [line({ Quantity: 4, UnitAmount: 3 }), adjustment(-12)]));
    expect(await stock()).toEqual([4, 12]);
    expect((await readBooks(xero())).balance('330')).toBe(-400);
  });

  it('6.1 not below nothing, unless an invoice allows back-orders', async () => {
    await buy(1, 2);
    expect(messagesOf(await sell(3))).toEqual(['Insufficient stock. Items are eligible for backorder.']);
    const credit = document('ACCPAYCREDIT', [line({ Quantity: 3, UnitAmount: 2 })]);
    expect((await put('/CreditNotes?allowBackorders=true', credit)).status).toBe(400);
    expect((await sell(3, '?allowBackorders=true')).status).toBe(200);
    expect(await item('T')).toMatchObject({
      QuantityOnHand: 0,
      QuantityOnBackOrder: 2,
      QuantityAvailable: -2,
    });
  });

  it('6.1 never by manual journals, which the inventory account refuses', async () => {
    const JournalLines = [
      { LineAmount: 10, AccountCode: '630' },
      { LineAmount: -10, AccountCode: '310' },
    ];
    expect((await put('/ManualJournals', { Narration: 'n', Status: 'POSTED', JournalLines })).status).toBe(
      400,
    );
  });

  it('6.1 and a tracked purchase names no other account, unless the option tracked-other-account allows it', async () => {
    const other = () =>
      put('/Invoices', document('ACCPAY', [line({ Quantity: 1, UnitAmount: 1, AccountCode: '300' })]));
    expect((await other()).status).toBe(400);
    await xero().control.setOptions({ 'tracked-other-account': 'allow' });
    expect((await other()).status).toBe(200);
    expect(await stock()).toEqual([0, 0]);
    await xero().control.setOptions({ 'tracked-other-account': 'refuse' });
  });

  it('6.1 without bumping the item', async () => {
    const { UpdatedDateUTC } = await item('T');
    await xero().control.advance(5_000);
    await buy(1, 1);
    expect(await item('T')).toMatchObject({ QuantityOnHand: 1, UpdatedDateUTC });
  });

  it('6.1 and an item fills what its line leaves out, what is sent wins', async () => {
    const SalesDetails = { UnitPrice: 12.5, AccountCode: '205', TaxType: 'ZERORATEDOUTPUT' };
    await put('/Items', { Code: 'L', Description: 'A lamp', SalesDetails });
    const LineItems = [{ ItemCode: 'L', Quantity: 1 }, lineOf({ ItemCode: 'L', Description: 'Mine' })];
    expect((await put('/Invoices', saleOf('I-1', { LineItems }))).json('Invoices.0.LineItems')).toMatchObject(
      [
        { Description: 'A lamp', UnitAmount: 12.5, AccountCode: '205', TaxType: 'ZERORATEDOUTPUT' },
        { Description: 'Mine', UnitAmount: 25, AccountCode: '200', TaxType: 'OUTPUT2' },
      ],
    );
  });
});
