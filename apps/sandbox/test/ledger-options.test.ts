// The options of the ledger, tax and stock: the other behaviour of each, beside the one that is the default.
import { beforeEach, describe, expect, it } from 'vitest';
import { openOrganisation, readBooks } from './books.ts';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const other = useXero({
  limits: 'off',
  options: {
    'zero-total': 'authorised',
    'supplier-credit-stock': 'price',
    'return-stock': 'cost',
    'au-none': 'refuse',
    'reverse-charge-rate': '20',
    'zero-line': 'kept',
    'credit-note-discount': 'ignore',
    'lock-date': 'before',
    adviser: 'yes',
    'due-date-missing': 'refuse',
    'tracked-other-account': 'allow',
    'journal-of-nothing': 'allow',
    employees: 'removed',
  },
});
const usual = useXero();
beforeEach(async () => {
  for (const xero of [other(), usual()]) {
    await xero.control.reset();
    await xero.call('PUT', '/Items', {
      Code: 'L',
      Name: 'Lamp',
      InventoryAssetAccountCode: '630',
      PurchaseDetails: { UnitPrice: 2, COGSAccountCode: '310' },
    });
  }
});

const both = async (method: string, path: string, body?: unknown) =>
  Promise.all([usual(), other()].map((xero) => xero.call(method, path, body)));
const line = (Quantity: number, UnitAmount: number, more = {}) => ({
  Description: 'Lamp',
  ItemCode: 'L',
  Quantity,
  UnitAmount,
  ...more,
});
const document = (Type: string, lines: readonly unknown[]) => ({
  Type,
  Contact: { Name: 'Bo' },
  Date: '2026-03-02',
  DueDate: '2026-03-02',
  LineAmountTypes: 'NoTax',
  Status: 'AUTHORISED',
  LineItems: lines,
});
const stock = async () =>
  (await both('GET', '/Items/L')).map((answer) => answer.json('Items.0.TotalCostPool'));

describe('options of the ledger', () => {
  it('a document of 0.00 and its bare lines', async () => {
    const made = await both('PUT', '/Invoices', saleOf('I-1', { LineItems: [lineOf({ UnitAmount: 0 })] }));
    expect(made.map((answer) => answer.json('Invoices.0.Status'))).toEqual(['PAID', 'AUTHORISED']);
    expect(made.map((answer) => answer.json('Invoices.0.LineItems.0.AccountCode'))).toEqual([
      undefined,
      '200',
    ]);
  });

  it('whether what is PAID because it comes to 0.00 can be voided', async () => {
    const free = saleOf('F-1', { LineItems: [lineOf({ UnitAmount: 0 })] });
    const id = String((await usual().call('PUT', '/Invoices', free)).json('Invoices.0.InvoiceID'));
    const voidIt = () => usual().call('POST', `/Invoices/${id}`, { Status: 'VOIDED' });
    expect(messagesOf(await voidIt())).toEqual(['Invoice not of valid status for modification']);
    await usual().control.setOptions({ 'zero-void': 'allow' });
    expect((await voidIt()).json('Invoices.0.Status')).toBe('VOIDED');
    await usual().control.setOptions({ 'zero-void': 'refuse' });
  });

  it("a supplier's credit and a customer's return", async () => {
    await both('PUT', '/Invoices', document('ACCPAY', [line(10, 1)]));
    await both('PUT', '/Invoices', document('ACCREC', [line(2, 9, { AccountCode: '200' })]));
    await both('PUT', '/Invoices', document('ACCPAY', [line(8, 3)]));
    expect(await stock()).toEqual([32, 32]);
    const back = document('ACCRECCREDIT', [line(1, 9, { AccountCode: '200' })]);
    await both('PUT', '/CreditNotes', back);
    expect(await stock()).toEqual([34, 33]);
    await both('PUT', '/CreditNotes', document('ACCPAYCREDIT', [line(1, 3)]));
    expect(await stock()).toEqual([32, 30]);
    for (const xero of [usual(), other()]) expect((await readBooks(xero)).sum).toBe(0);
  });

  it('NONE in Australia', async () => {
    const there = await openOrganisation(other(), { region: 'AU', name: 'Strict' });
    const bill = document('ACCPAY', [
      { Description: 'x', Quantity: 1, UnitAmount: 1, AccountCode: '330', TaxType: 'NONE' },
    ]);
    const answer = await there.call('PUT', '/Invoices', { ...bill, LineAmountTypes: 'Exclusive' });
    expect(messagesOf(answer)).toEqual([
      'The TaxType code NONE does not exist or cannot be used for this type of transaction.',
    ]);
  });

  it('what a reverse charge rate reads; the document is the same', async () => {
    const rates = await both('GET', '/TaxRates/REVERSECHARGES');
    expect(rates.map((answer) => answer.json('TaxRates.0.EffectiveRate'))).toEqual([0, 20]);
    const bill = document('ACCPAY', [lineOf({ AccountCode: '429', TaxType: 'REVERSECHARGES' })]);
    const made = await both('PUT', '/Invoices', { ...bill, LineAmountTypes: 'Exclusive' });
    expect(made.map((answer) => answer.json('Invoices.0.TotalTax'))).toEqual([0, 0]);
  });

  it('a discount on a credit note, a missing due date, a tracked line elsewhere', async () => {
    const note = document('ACCRECCREDIT', [lineOf({ DiscountRate: 10 })]);
    const notes = await both('PUT', '/CreditNotes', note);
    expect(notes.map((answer) => answer.json('CreditNotes.0.Total'))).toEqual([undefined, 100]);
    const sales = await both('PUT', '/Invoices', saleOf('I-1', { DueDate: undefined }));
    expect(sales.map((answer) => answer.status)).toEqual([200, 400]);
    const bills = await both('PUT', '/Invoices', document('ACCPAY', [line(1, 1, { AccountCode: '633' })]));
    expect(bills.map((answer) => answer.status)).toEqual([400, 200]);
    expect(await stock()).toEqual([0, 0]);
  });

  it('lock dates', async () => {
    const put = async (xero: ReturnType<typeof usual>, day: string) =>
      (await xero.call('PUT', '/Invoices', saleOf('', { Date: day }))).status;
    const wish = { region: 'GB', name: 'Locked', periodLockDate: '2026-03-31', yearLockDate: '2025-03-31' };
    const [first, second] = [await openOrganisation(usual(), wish), await openOrganisation(other(), wish)];
    expect([await put(first, '2026-03-01'), await put(second, '2026-03-01')]).toEqual([400, 200]);
    expect([await put(first, '2025-03-31'), await put(second, '2025-03-31')]).toEqual([400, 200]);
    expect(await put(second, '2025-03-30')).toBe(400);
  });

  it('a journal of nothing, and employees', async () => {
    const made = await both('PUT', '/ManualJournals', {
      Narration: 'Nothing',
      Date: '2026-03-02',
      JournalLines: [],
    });
    expect(made.map((answer) => answer.status)).toEqual([400, 200]);
    expect((await both('GET', '/Employees')).map((answer) => answer.status)).toEqual([200, 404]);
  });
});
