// Tracked items and the stock that moves by documents alone (XERO.md 6, ACCOUNTING.md 2 and 3).
import { beforeEach, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { messagesOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(async () => {
  await xero().control.reset();
  await put('/Items', tracked('L'));
});

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const tracked = (Code: string, more: Readonly<Record<string, unknown>> = {}) => ({
  Code,
  Name: 'Lamp',
  InventoryAssetAccountCode: '630',
  SalesDetails: { UnitPrice: 9, AccountCode: '200' },
  PurchaseDetails: { UnitPrice: 2, COGSAccountCode: '310' },
  ...more,
});
const document = (Type: string, lines: readonly Readonly<Record<string, unknown>>[], more = {}) => ({
  Type,
  Contact: { Name: 'Bo' },
  Date: '2026-03-02',
  DueDate: '2026-03-02',
  LineAmountTypes: 'NoTax',
  Status: 'AUTHORISED',
  LineItems: lines.map((line) => ({ Description: 'Lamp', ItemCode: 'L', ...line })),
  ...more,
});
const buy = (Quantity: number, UnitAmount: number) =>
  put('/Invoices', document('ACCPAY', [{ Quantity, UnitAmount }]));
const sell = (Quantity: number, query = '') =>
  put(`/Invoices${query}`, document('ACCREC', [{ Quantity, UnitAmount: 9 }]));
const stock = async () => {
  const item = Object((await xero().call('GET', '/Items/L')).json('Items.0'));
  return [item.QuantityOnHand, item.TotalCostPool];
};
const balances = async (...codes: string[]) => {
  const books = await readBooks(xero());
  expect(books.sum).toBe(0);
  return codes.map(books.balance);
};

describe('a tracked item', () => {
  it('begins with nothing and says so; an untracked one has no quantity', async () => {
    await put('/Items', { Code: 'U', Name: 'Untracked' });
    expect((await xero().call('GET', '/Items/L')).json('Items.0')).toMatchObject({
      IsTrackedAsInventory: true,
      QuantityOnHand: 0,
      TotalCostPool: 0,
      QuantityAvailable: 0,
      PurchaseDetails: { COGSAccountCode: '310' },
    });
    expect(Object((await xero().call('GET', '/Items/U')).json('Items.0'))).not.toHaveProperty(
      'QuantityOnHand',
    );
  });

  it.each([
    ['no cost account', { PurchaseDetails: {} }, 'COGSAccountCode must be specified for a tracked item'],
    [
      'both accounts',
      { PurchaseDetails: { AccountCode: '300', COGSAccountCode: '310' } },
      'A tracked item has a COGSAccountCode and no AccountCode in its PurchaseDetails',
    ],
    [
      'an asset account of another type',
      { InventoryAssetAccountCode: '631' },
      "The account '631' is not an account of type INVENTORY",
    ],
  ])('with %s is refused', async (_what, more, message) => {
    expect(messagesOf(await put('/Items', tracked('X', more)), 'Items')).toContain(message);
  });

  it('can become untracked and be deleted until a document has moved it', async () => {
    const untrack = {
      Code: 'L',
      InventoryAssetAccountCode: null,
      PurchaseDetails: { COGSAccountCode: null, AccountCode: '300' },
    };
    expect((await xero().call('POST', '/Items', untrack)).json('Items.0.IsTrackedAsInventory')).toBe(false);
    await put('/Items', tracked('T'));
    await put('/Invoices', document('ACCPAY', [{ ItemCode: 'T', Quantity: 1, UnitAmount: 2 }]));
    expect(messagesOf(await xero().call('POST', '/Items', { ...untrack, Code: 'T' }), 'Items')).toEqual([
      'The inventory asset account cannot be changed: the item has transactions',
    ]);
    expect((await xero().call('DELETE', '/Items/T')).status).toBe(400);
  });
});

describe('stock', () => {
  it('comes in by bills and leaves by sales at average cost', async () => {
    expect((await buy(10, 1)).json('Invoices.0.LineItems.0.AccountCode')).toBe('630');
    await buy(10, 3);
    expect(await stock()).toEqual([20, 40]);
    await sell(7);
    expect(await stock()).toEqual([13, 26]);
    expect(await balances('630', '310', '800', '610', '200')).toEqual([2_600, 1_400, -4_000, 6_300, -6_300]);
  });

  it('does not bump the item, and a draft moves nothing', async () => {
    const before = (await xero().call('GET', '/Items/L')).json('Items.0.UpdatedDateUTC');
    await buy(10, 1);
    await put('/Invoices', document('ACCREC', [{ Quantity: 5, UnitAmount: 9 }], { Status: 'DRAFT' }));
    expect((await xero().call('GET', '/Items/L')).json('Items.0')).toMatchObject({
      UpdatedDateUTC: before,
      QuantityOnHand: 10,
    });
  });

  it('that is not there is not sold, unless on back-order; the bill then settles the difference', async () => {
    await buy(2, 1);
    expect(messagesOf(await sell(5))).toEqual(['Insufficient stock. Items are eligible for backorder.']);
    expect(await stock()).toEqual([2, 2]);
    expect((await sell(5, '?allowBackorders=true')).status).toBe(200);
    expect((await xero().call('GET', '/Items/L')).json('Items.0')).toMatchObject({
      QuantityOnHand: 0,
      QuantityOnBackOrder: 3,
      QuantityAvailable: -3,
      TotalCostPool: -6,
    });
    await buy(10, 2.5);
    expect(await stock()).toEqual([7, 17.5]);
    expect(await balances('630', '310')).toEqual([1_750, 950]);
  });

  it('is adjusted up and down by zero-total bills and credit notes, which are PAID at once', async () => {
    const contra = (UnitAmount: number) => ({
      ItemCode: undefined,
      Description: 'Adjustment',
      Quantity: 1,
      UnitAmount,
      AccountCode: '330',
    });
    const up = await put('/Invoices', document('ACCPAY', [{ Quantity: 4, UnitAmount: 2.5 }, contra(-10)]));
    expect(up.json('Invoices.0')).toMatchObject({ Status: 'PAID', Total: 0 });
    expect(await stock()).toEqual([4, 10]);
    const down = document('ACCPAYCREDIT', [{ Quantity: 3, UnitAmount: 2.5 }, contra(-7.5)]);
    expect((await put('/CreditNotes', down)).json('CreditNotes.0.Status')).toBe('PAID');
    expect(await stock()).toEqual([1, 2.5]);
    expect(await balances('630', '330', '800', '310')).toEqual([250, -250, 0, 0]);
  });

  it("leaves by a supplier's credit at average, and comes back by a customer's at average", async () => {
    await buy(10, 1);
    await buy(10, 3);
    await put('/CreditNotes', document('ACCPAYCREDIT', [{ Quantity: 5, UnitAmount: 3 }]));
    expect(await stock()).toEqual([15, 30]);
    await sell(5);
    await put('/CreditNotes', document('ACCRECCREDIT', [{ Quantity: 2, UnitAmount: 9 }]));
    expect(await stock()).toEqual([12, 24]);
    expect(await balances('630', '310')).toEqual([2_400, 100]);
  });

  it('goes back when a document is voided, and what is empty is worth nothing', async () => {
    await buy(10, 1);
    const second = await buy(10, 3);
    const sold = await sell(10);
    const voidIt = async (id: unknown) =>
      xero().call('POST', `/Invoices/${String(id)}`, { Status: 'VOIDED' });
    await voidIt(second.json('Invoices.0.InvoiceID'));
    expect(await stock()).toEqual([0, 0]);
    expect(await balances('630', '310', '800')).toEqual([0, 1_000, -1_000]);
    await voidIt(sold.json('Invoices.0.InvoiceID'));
    expect((await stock())[0]).toBe(10);
  });

  it('the account takes no line without a tracked item, and the item no other account', async () => {
    const line = (more: Readonly<Record<string, unknown>>) =>
      put('/Invoices', document('ACCPAY', [{ Quantity: 1, UnitAmount: 1, ...more }]));
    expect(messagesOf(await line({ ItemCode: undefined, AccountCode: '630' }))).toEqual([
      'You cannot save this transaction using an inventory account type',
    ]);
    expect(messagesOf(await line({ AccountCode: '631' }))).toEqual([
      "The tracked item 'L' can only be bought on its inventory asset account 630",
    ]);
  });
});
