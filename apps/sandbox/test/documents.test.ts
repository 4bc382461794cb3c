// The rules of invoices (XERO.md 7.2), with Xero's messages (10.2).
import { beforeEach, describe, expect, it } from 'vitest';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (body: unknown, query = '') => xero().call('PUT', `/Invoices${query}`, body);
const withLine = (more: Readonly<Record<string, unknown>>, head: Readonly<Record<string, unknown>> = {}) =>
  saleOf('I-1', { LineItems: [lineOf(more)], ...head });

describe('what an invoice is refused for', () => {
  it.each([
    ['no type', saleOf('I-1', { Type: undefined }), 'Invoice Type must be specified'],
    [
      'no contact',
      saleOf('I-1', { Contact: undefined }),
      'A Contact must be specified for this type of transaction',
    ],
    [
      'an empty contact',
      saleOf('I-1', { Contact: {} }),
      'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
    ],
    [
      'an unknown contact number',
      saleOf('I-1', { Contact: { ContactNumber: 'x' } }),
      'A Contact must be specified for this type of transaction',
    ],
    ['no lines', saleOf('I-1', { LineItems: [] }), 'One or more line items must be specified'],
    ['a relative address', saleOf('I-1', { Url: '/here' }), 'Url must be a valid absolute url'],
    [
      'a foreign currency',
      saleOf('I-1', { CurrencyCode: 'EUR' }),
      'Organisation is not subscribed to currency EUR',
    ],
    [
      'a status to begin with that is none',
      saleOf('I-1', { Status: 'PAID' }),
      'Invoice not of valid status for creation',
    ],
    [
      'an account that is not there',
      withLine({ AccountCode: '999' }),
      "Account code '999' is not a valid code for this document",
    ],
    [
      'a bank account',
      withLine({ AccountCode: '090', TaxType: 'NONE' }),
      "Account code '090' is not a valid code for this document",
    ],
    [
      'the debtors account',
      withLine({ AccountCode: '610', TaxType: 'NONE' }),
      "Account code '610' is not a valid code for this document",
    ],
    [
      'an inventory account',
      withLine({ AccountCode: '630', TaxType: 'NONE' }),
      'You cannot save this transaction using an inventory account type',
    ],
    ['no account', withLine({ AccountCode: undefined }), 'Account code or ID must be specified'],
    [
      'an output rate on an expense',
      withLine({ AccountCode: '404' }),
      "The TaxType code 'OUTPUT2' cannot be used with account code '404'.",
    ],
    [
      'an input rate on revenue',
      withLine({ TaxType: 'INPUT2' }),
      "The TaxType code 'INPUT2' cannot be used with account code '200'.",
    ],
    [
      'a tax type that is not there',
      withLine({ TaxType: 'VAT' }),
      'The TaxType code VAT does not exist or cannot be used for this type of transaction.',
    ],
    ['an item that is not there', withLine({ ItemCode: 'nope' }), "Item code 'nope' is not valid"],
    [
      'a negative quantity',
      withLine({ Quantity: -2 }),
      "The quantity value '-2.0000' is invalid. Quantity must not be less than zero.",
    ],
    [
      'a line amount that does not fit',
      withLine({ LineAmount: 1, UnitAmount: 0 }),
      'The line total 1.00 does not match the expected line total 0.00',
    ],
    [
      'a discount of nought on a negative line',
      saleOf('I-1', { LineItems: [lineOf(), lineOf({ Quantity: 1, UnitAmount: -1, DiscountAmount: 0 })] }),
      "The discount rate '0.00' is invalid. Discount must not be greater than the line total.",
    ],
    ['no description', withLine({ Description: undefined }), 'Description must be specified'],
    [
      'a long description',
      withLine({ Description: 'x'.repeat(4001) }),
      'The field Description must be a string with a maximum length of 4000.',
    ],
    [
      'a long number',
      saleOf('x'.repeat(256)),
      'The field InvoiceNumber must be a string with a maximum length of 255.',
    ],
    ['a negative total', withLine({ UnitAmount: -1 }), 'The invoice total must not be negative'],
  ])('%s', async (_what, body, message) => {
    const answer = await put(body);
    // A negative quantity makes a negative total as well; the rule asked for comes among the messages.
    expect(answer.status).toBe(400);
    expect(messagesOf(answer)).toContain(message);
    expect((await xero().control.summary()).organisations[xero().tenant]).toMatchObject({
      Invoices: { count: 0 },
      Contacts: { count: 0 },
    });
  });

  it('more than nine decimals, in words that point elsewhere', async () => {
    expect(messagesOf(await put(withLine({ UnitAmount: 0.1 + 0.2 })))).toEqual([
      'Account must be valid.',
      'Tax rate must be valid.',
    ]);
  });

  it('a number that another live sale has, in any case; bills may share one', async () => {
    await put(saleOf('I-1'));
    expect(messagesOf(await put(saleOf('i-1')))).toEqual(['Invoice # must be unique.']);
    const id = (await xero().call('GET', '/Invoices/I-1')).json('Invoices.0.InvoiceID');
    await xero().call('POST', `/Invoices/${String(id)}`, { Status: 'VOIDED' });
    expect((await put(saleOf('I-1'))).status).toBe(200);
    const bill = {
      Type: 'ACCPAY',
      Contact: { Name: 'Bo' },
      InvoiceNumber: 'B-1',
      Status: 'DRAFT',
      LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })],
    };
    expect((await put({ Invoices: [bill, bill] })).status).toBe(200);
    expect((await xero().control.summary()).organisations[xero().tenant]?.Invoices.duplicates).toBe(0);
  });
});

describe('how an invoice is computed', () => {
  const sums = async (body: unknown, query = '') => {
    const { SubTotal, TotalTax, Total } = Object((await put(body, query)).json('Invoices.0'));
    return [SubTotal, TotalTax, Total];
  };

  it('tax per line, rounded half away from zero, then summed', async () => {
    // 5 % of 0.10 and of 0.30 are half cents: 0.005 and 0.015.
    const lines = [0.1, 0.1, 0.3].map((UnitAmount) =>
      lineOf({ Quantity: 1, UnitAmount, TaxType: 'RROUTPUT' }),
    );
    expect(await sums(saleOf('I-1', { LineItems: lines }))).toEqual([0.5, 0.04, 0.54]);
    const negative = [lineOf(), lineOf({ Quantity: 1, UnitAmount: -0.1, TaxType: 'RROUTPUT' })];
    expect(await sums(saleOf('I-2', { LineItems: negative }))).toEqual([99.9, 19.99, 119.89]);
  });

  it('amounts that include tax, and documents without any', async () => {
    expect(
      await sums(
        saleOf('I-1', { LineAmountTypes: 'Inclusive', LineItems: [lineOf({ Quantity: 1, UnitAmount: 10 })] }),
      ),
    ).toEqual([8.33, 1.67, 10]);
    expect(await sums(saleOf('I-2', { LineAmountTypes: 'NoTax' }))).toEqual([100, 0, 100]);
  });

  it('prices with two decimals unless the call says unitdp=4', async () => {
    const body = (number: string) =>
      saleOf(number, { LineItems: [lineOf({ Quantity: 1000, UnitAmount: 0.0149 })] });
    expect(await sums(body('I-1'))).toEqual([10, 2, 12]);
    expect(await sums(body('I-2'), '?unitdp=4')).toEqual([14.9, 2.98, 17.88]);
    expect((await xero().call('GET', '/Invoices/I-2')).text).toContain('"UnitAmount":0.01,');
    expect((await xero().call('GET', '/Invoices/I-2?unitdp=4')).text).toContain('"UnitAmount":0.0149');
  });

  it('discounts as a rate or an amount', async () => {
    const body = saleOf('I-1', {
      LineItems: [lineOf({ DiscountRate: 12.5 }), lineOf({ DiscountAmount: 10 })],
    });
    const made = await put(body);
    expect(made.json('Invoices.0')).toMatchObject({
      SubTotal: 177.5,
      TotalDiscount: 22.5,
      IsDiscounted: true,
    });
    expect(made.json('Invoices.0.LineItems.0')).toMatchObject({ DiscountRate: 12.5, LineAmount: 87.5 });
  });

  it('a price from the line amount, a tax amount as sent, and the item where the line is silent', async () => {
    await xero().call('PUT', '/Items', {
      Code: 'L',
      Name: 'Lamp',
      Description: 'A lamp',
      SalesDetails: { UnitPrice: 12.5, AccountCode: '205', TaxType: 'ZERORATEDOUTPUT' },
    });
    const made = await put(
      saleOf('I-1', {
        LineItems: [
          { Description: 'x', Quantity: 4, LineAmount: 10, AccountCode: '200' },
          lineOf({ TaxAmount: 19.99 }),
          { ItemCode: 'l', Quantity: 2 },
        ],
      }),
    );
    expect(made.json('Invoices.0.LineItems.0')).toMatchObject({
      UnitAmount: 2.5,
      TaxType: 'OUTPUT2',
      TaxAmount: 2,
    });
    expect(made.json('Invoices.0.LineItems.1.TaxAmount')).toBe(19.99);
    expect(made.json('Invoices.0.LineItems.2')).toMatchObject({
      ItemCode: 'L',
      Description: 'A lamp',
      UnitAmount: 12.5,
      AccountCode: '205',
      TaxType: 'ZERORATEDOUTPUT',
    });
  });

  it('a line of 0.00 loses its account and tax, a line of words its item', async () => {
    await xero().call('PUT', '/Items', { Code: 'L', Name: 'Lamp' });
    const made = await put(
      saleOf('I-1', {
        LineItems: [
          lineOf(),
          lineOf({ UnitAmount: 0, ItemCode: 'L' }),
          { Description: 'Note', ItemCode: 'L' },
        ],
      }),
    );
    const [, free, note] = [0, 1, 2].map((index) => Object(made.json(`Invoices.0.LineItems.${index}`)));
    expect([free.AccountCode, free.TaxType, free.ItemCode, free.Quantity]).toEqual([
      undefined,
      undefined,
      'L',
      4,
    ]);
    expect([note.AccountCode, note.ItemCode, note.Quantity, note.UnitAmount]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('an approved invoice of nothing is paid at once', async () => {
    const made = await put(withLine({ UnitAmount: 0 }));
    expect(made.json('Invoices.0')).toMatchObject({ Status: 'PAID', Total: 0, AmountDue: 0 });
    expect(
      (await put(withLine({ UnitAmount: 0 }, { InvoiceNumber: 'I-2', Status: 'DRAFT' }))).json(
        'Invoices.0.Status',
      ),
    ).toBe('DRAFT');
  });

  it("writes Xero's own JSON: escaped dates with twins, decimals kept", async () => {
    const { text } = await put(saleOf('I-1'));
    expect(text).toContain('"Date":"\\/Date(1772409600000+0000)\\/"');
    expect(text).toContain('"DateString":"2026-03-02T00:00:00"');
    expect(text).toContain('"Quantity":4.0000');
    expect(text).toContain('"Total":120.00');
    expect(text).toMatch(/"UpdatedDateUTCString":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/);
  });

  it('gives numbers to sales that have none, takes today where the organisation is, and a due date', async () => {
    const made = await put({ Invoices: [saleOf('', { Date: undefined, DueDate: undefined }), saleOf('')] });
    expect(made.json('Invoices.0.InvoiceNumber')).toBe('INV-0001');
    expect(made.json('Invoices.1.InvoiceNumber')).toBe('INV-0002');
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(Date.now());
    expect(made.json('Invoices.0.DueDateString')).toBe(`${today}T00:00:00`);
  });
});
