// Invoices (XERO.md 7.2): states, what they need, how they are computed, and how they change.
import { beforeEach, describe, expect, it } from 'vitest';
import { openOrganisation, readBooks } from './books.ts';
import { type Answer, lineOf, look, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown) => xero().call(method, path, body);
const put = (body: unknown, query = '') => call('PUT', `/Invoices${query}`, body);
const post = (body: unknown) => call('POST', '/Invoices', body);
const field = (answer: Answer, name: string) => answer.json(`Invoices.0.${name}`);
const idOf = (answer: Answer) => String(field(answer, 'InvoiceID'));
const bill = (more: Readonly<Record<string, unknown>> = {}) =>
  saleOf('B-1', { Type: 'ACCPAY', LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })], ...more });
const pay = (InvoiceNumber: string, Amount: number) =>
  call('PUT', '/Payments', {
    Invoice: { InvoiceNumber },
    Account: { Code: '090' },
    Amount,
    Date: '2026-03-03',
  });
/** The clock runs on from there; going back lets tokens live on. */
const setNow = (simulatedMs: number) => xero().control.setClock({ realMs: Date.now(), simulatedMs });
const small = (UnitAmount: number, more = {}) =>
  lineOf({ Quantity: 1, UnitAmount, TaxType: 'RROUTPUT', ...more });

describe('states', () => {
  it('7.2 begin with DRAFT, SUBMITTED or AUTHORISED, DRAFT unless told', async () => {
    expect(field(await put(saleOf('A', { Status: undefined })), 'Status')).toBe('DRAFT');
    for (const Status of ['DRAFT', 'SUBMITTED', 'AUTHORISED'])
      expect(field(await put(saleOf('', { Status })), 'Status')).toBe(Status);
    for (const Status of ['PAID', 'VOIDED', 'DELETED'])
      expect(messagesOf(await put(saleOf('', { Status })))).toEqual([
        'Invoice not of valid status for creation',
      ]);
  });

  it.each([
    ['DRAFT', ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'], ['PAID', 'VOIDED']],
    ['SUBMITTED', ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'], ['PAID', 'VOIDED']],
    ['AUTHORISED', ['AUTHORISED', 'VOIDED'], ['DRAFT', 'SUBMITTED', 'DELETED', 'PAID']],
  ])('7.2 go from %s to %j and not to %j', async (from, legal, illegal) => {
    for (const to of [...legal, ...illegal]) {
      const id = idOf(await put(saleOf('', { Status: from })));
      const answer = await call('POST', `/Invoices/${id}`, { Status: to });
      if (legal.includes(to)) expect(field(answer, 'Status')).toBe(to);
      else expect(messagesOf(answer)).toEqual(['Invoice not of valid status for modification']);
    }
  });

  it('7.2 become PAID by payments alone, and AUTHORISED again when one is deleted', async () => {
    await put(saleOf('A'));
    await pay('A', 20);
    const last = await pay('A', 100);
    expect(field(await call('GET', '/Invoices/A'), 'Status')).toBe('PAID');
    await call('POST', `/Payments/${String(last.json('Payments.0.PaymentID'))}`, { Status: 'DELETED' });
    const again = await call('GET', '/Invoices/A');
    expect([field(again, 'Status'), field(again, 'AmountDue')]).toEqual(['AUTHORISED', 100]);
  });

  it('7.2 are not VOIDED while a payment stands', async () => {
    await put(saleOf('A'));
    await pay('A', 20);
    expect(messagesOf(await post({ InvoiceNumber: 'A', Status: 'VOIDED' }))).toEqual([
      'Invoice not of valid status for modification',
      'This document cannot be edited as it has a payment or credit note allocated to it.',
    ]);
  });

  it('7.2 end with VOIDED and DELETED', async () => {
    for (const [from, to] of [
      ['DRAFT', 'DELETED'],
      ['AUTHORISED', 'VOIDED'],
    ]) {
      const id = idOf(await put(saleOf('', { Status: from })));
      await call('POST', `/Invoices/${id}`, { Status: to });
      for (const body of [{ Status: from }, { Reference: 'x' }, { Status: 'AUTHORISED' }])
        expect((await call('POST', `/Invoices/${id}`, body)).status).toBe(400);
    }
  });
});

describe('an invoice', () => {
  it('7.2 needs a type, a contact and a line; a draft may lack lines and accounts', async () => {
    expect(messagesOf(await put(saleOf('A', { Type: undefined })))).toEqual([
      'Invoice Type must be specified',
    ]);
    expect(messagesOf(await put(saleOf('A', { Contact: undefined })))).toEqual([
      'A Contact must be specified for this type of transaction',
    ]);
    expect(messagesOf(await put(saleOf('A', { LineItems: [] })))).toEqual([
      'One or more line items must be specified',
    ]);
    const bare = [{ Description: 'x', Quantity: 1, UnitAmount: 5 }];
    for (const LineItems of [[], bare])
      expect((await put(saleOf('', { Status: 'DRAFT', LineItems }))).status).toBe(200);
    expect(messagesOf(await put(saleOf('A', { LineItems: bare })))).toEqual([
      'Account code or ID must be specified',
    ]);
  });

  it('7.2 has the date of today where the organisation is', async () => {
    await setNow(Date.parse('2026-06-30T23:30:00Z'));
    expect(field(await put(saleOf('A', { Date: undefined })), 'DateString')).toBe('2026-07-01T00:00:00');
    await setNow(Date.now());
  });

  it('7.2 that is approved without a due date falls due on its date, or is refused by the option due-date-missing', async () => {
    const body = { DueDate: undefined };
    expect(field(await put(saleOf('A', body)), 'DueDateString')).toBe('2026-03-02T00:00:00');
    await xero().control.setOptions({ 'due-date-missing': 'refuse' });
    expect((await put(saleOf('B', body))).status).toBe(400);
    expect((await put(saleOf('B', { ...body, Status: 'DRAFT' }))).status).toBe(200);
    await xero().control.setOptions({ 'due-date-missing': 'date' });
  });

  it('7.2 has a number of 255 characters, unique and given where missing for sales, neither for bills', async () => {
    expect((await put(saleOf('x'.repeat(255)))).status).toBe(200);
    expect((await put(saleOf('x'.repeat(256)))).status).toBe(400);
    expect(field(await put(saleOf('')), 'InvoiceNumber')).toMatch(/^INV-\d{4}$/);
    await put(saleOf('A'));
    expect(messagesOf(await put(saleOf('A')))).toEqual(['Invoice # must be unique.']);
    expect((await put({ Invoices: [bill(), bill()] })).status).toBe(200);
    expect(field(await put(bill({ InvoiceNumber: '' })), 'InvoiceNumber')).toBe('');
  });

  it('7.2 has a Reference when it is a sale', async () => {
    expect(field(await put(saleOf('A', { Reference: 'r' })), 'Reference')).toBe('r');
    expect(field(await put(bill({ Reference: 'r' })), 'Reference')).toBe('');
  });

  it('7.2 has an absolute Url', async () => {
    expect(messagesOf(await put(saleOf('A', { Url: 'x.example/1' })))).toEqual([
      'Url must be a valid absolute url',
    ]);
    expect(field(await put(saleOf('A', { Url: 'https://x.example/1' })), 'Url')).toBe('https://x.example/1');
  });

  it('7.2 has discounts when it is a sale', async () => {
    expect(field(await put(saleOf('A', { LineItems: [lineOf({ DiscountRate: 10 })] })), 'SubTotal')).toBe(90);
    const LineItems = [lineOf({ AccountCode: '300', TaxType: 'INPUT2', DiscountRate: 10 })];
    expect((await put(bill({ LineItems }))).status).toBe(400);
  });

  it('7.2 is SentToContact only when approved', async () => {
    const made = await put(saleOf('A', { Status: 'DRAFT', SentToContact: true }));
    expect(field(made, 'SentToContact')).toBe(false);
    const sent = await post({ InvoiceNumber: 'A', Status: 'AUTHORISED', SentToContact: true });
    expect(field(sent, 'SentToContact')).toBe(true);
  });

  it('7.2 takes no sums, payments or attachments as sent', async () => {
    const sent = {
      SubTotal: 1,
      TotalTax: 1,
      Total: 2,
      AmountDue: 0,
      AmountPaid: 9,
      AmountCredited: 9,
      HasAttachments: true,
    };
    expect((await put(saleOf('A', sent))).json('Invoices.0')).toMatchObject({
      SubTotal: 100,
      TotalTax: 20,
      Total: 120,
      AmountDue: 120,
      AmountPaid: 0,
      AmountCredited: 0,
      HasAttachments: false,
    });
  });

  it('7.2 is one of 20 sales and 5 bills approved a month where the option approval-cap is on', async () => {
    await setNow(Date.now() - 40 * 24 * 3_600_000);
    await xero().control.setOptions({ 'approval-cap': 'on' });
    const many = (count: number, make: () => unknown) =>
      put({ Invoices: Array.from({ length: count }, make) });
    expect((await many(20, () => saleOf(''))).status).toBe(200);
    expect((await many(5, () => bill())).status).toBe(200);
    const limit = ['You have reached the limit of invoices you can approve'];
    expect([messagesOf(await put(saleOf('Z'))), messagesOf(await put(bill()))]).toEqual([limit, limit]);
    expect((await put(saleOf('Z', { Status: 'DRAFT' }))).status).toBe(200);
    expect(messagesOf(await post({ InvoiceNumber: 'Z', Status: 'AUTHORISED' }))).toEqual(limit);
    await setNow(Date.now());
    expect((await post({ InvoiceNumber: 'Z', Status: 'AUTHORISED' })).status).toBe(200);
    await xero().control.setOptions({ 'approval-cap': 'off' });
    expect((await many(21, () => saleOf(''))).status).toBe(200);
  });
});

describe('amounts', () => {
  it('7.2 are without tax unless told, may include it, or have none', async () => {
    const sums = async (LineAmountTypes: string | undefined) => {
      const made = await put(
        saleOf('', { LineAmountTypes, LineItems: [lineOf({ Quantity: 1, UnitAmount: 12 })] }),
      );
      return [
        field(made, 'LineAmountTypes'),
        field(made, 'SubTotal'),
        field(made, 'TotalTax'),
        field(made, 'Total'),
      ];
    };
    expect(await sums(undefined)).toEqual(['Exclusive', 12, 2.4, 14.4]);
    expect(await sums('Inclusive')).toEqual(['Inclusive', 10, 2, 12]);
    expect(await sums('NoTax')).toEqual(['NoTax', 12, 0, 12]);
  });

  it("7.2 have the account's tax type unless one is sent, and the TaxAmount that is sent", async () => {
    const LineItems = [
      lineOf({ TaxType: undefined }),
      lineOf({ TaxType: 'ZERORATEDOUTPUT' }),
      lineOf({ TaxAmount: 19.5 }),
    ];
    const lines = field(await put(saleOf('A', { LineItems })), 'LineItems');
    expect([0, 1, 2].map((n) => [look(lines, `${n}.TaxType`), look(lines, `${n}.TaxAmount`)])).toEqual([
      ['OUTPUT2', 20],
      ['ZERORATEDOUTPUT', 0],
      ['OUTPUT2', 19.5],
    ]);
  });

  it('7.2 have tax rounded per line and then summed, half a cent away from zero or to even by the option midpoint', async () => {
    // 5 % of 0.10, 0.30 and 0.50 are half a cent each: 0.005, 0.015 and 0.025.
    const tax = async () => {
      const made = await put(saleOf('', { LineItems: [small(0.1), small(0.3), small(0.5)] }));
      return [field(made, 'TotalTax'), ...[0, 1, 2].map((n) => field(made, `LineItems.${n}.TaxAmount`))];
    };
    expect(await tax()).toEqual([0.06, 0.01, 0.02, 0.03]);
    await xero().control.setOptions({ midpoint: 'even' });
    expect(await tax()).toEqual([0.04, 0, 0.02, 0.02]);
    const half = await put(saleOf('', { LineItems: [small(0.25, { Quantity: 0.5 })] }), '?unitdp=4');
    expect(field(half, 'SubTotal')).toBe(0.12);
    await xero().control.setOptions({ midpoint: 'away' });
  });

  it('7.2 are quantity times price less discount, and a LineAmount that differs is refused', async () => {
    const line = (LineAmount: number) =>
      lineOf({ Quantity: 3, UnitAmount: 3.33, DiscountRate: 12.5, LineAmount });
    expect(field(await put(saleOf('A', { LineItems: [line(8.74)] })), 'SubTotal')).toBe(8.74);
    expect(messagesOf(await put(saleOf('B', { LineItems: [line(8.75)] })))).toEqual([
      'The line total 8.75 does not match the expected line total 8.74',
    ]);
  });

  it('7.2 are brought to the cent by a line on the system account for rounding', async () => {
    const found = await call(
      'GET',
      `/Accounts?${new URLSearchParams({ where: 'SystemAccount=="ROUNDING"' })}`,
    );
    const AccountCode = String(found.json('Accounts.0.Code'));
    const cent = lineOf({ Quantity: 1, UnitAmount: -0.01, AccountCode, TaxType: 'NONE' });
    expect(field(await put(saleOf('A', { LineItems: [lineOf(), cent] })), 'Total')).toBe(119.99);
    expect((await readBooks(xero())).balance(AccountCode)).toBe(1);
  });

  it('7.2 are brought to it by RoundingAmount with all sums, where the option rounding-amount is on', async () => {
    const sums = { SubTotal: 100, TotalTax: 20 };
    const rounded = { ...sums, Total: 120.05, RoundingAmount: 0.05 };
    expect((await put(saleOf('A', rounded))).json('Invoices.0')).toMatchObject({ Total: 120 });
    await xero().control.setOptions({ 'rounding-amount': 'on' });
    const made = await put(saleOf('B', rounded));
    expect(made.json('Invoices.0')).toMatchObject({
      Total: 120.05,
      RoundingAmount: 0.05,
      EnteredTotal: 120.05,
      AmountDue: 120.05,
    });
    expect(field(await call('GET', '/Invoices/B'), 'Total')).toBe(120.05);
    const listed = await call('GET', '/Invoices?InvoiceNumbers=B&page=1');
    expect([field(listed, 'Total'), field(listed, 'RoundingAmount')]).toEqual([120, undefined]);
    expect(field(await put(saleOf('C', { RoundingAmount: 0.05 })), 'Total')).toBe(120);
    for (const wrong of [
      { ...sums, Total: 120.11, RoundingAmount: 0.11 },
      { ...rounded, Total: 120 },
      { ...rounded, SubTotal: 99 },
    ])
      expect((await put(saleOf('D', wrong))).status).toBe(400);
    const draft = await put(saleOf('E', { Status: 'DRAFT', RoundingAmount: 5, EnteredTotal: 119 }));
    expect(draft.json('Invoices.0')).toMatchObject({ Total: 120, EnteredTotal: 119 });
    expect((await readBooks(xero())).sum).toBe(0);
    await xero().control.setOptions({ 'rounding-amount': 'off' });
  });
});

describe('changes', () => {
  it('7.2 keep the lines of a LineItemID, make those without one and delete those not listed', async () => {
    const made = await put(saleOf('A', { LineItems: [lineOf(), lineOf({ Description: 'Second' })] }));
    const LineItemID = field(made, 'LineItems.1.LineItemID');
    const changed = await post({
      InvoiceNumber: 'A',
      LineItems: [{ LineItemID, Quantity: 1 }, lineOf({ Description: 'New' })],
    });
    expect(field(changed, 'LineItems')).toMatchObject([
      { LineItemID, Description: 'Second', Quantity: 1 },
      { Description: 'New', Quantity: 4 },
    ]);
    expect(field(changed, 'LineItems')).toHaveLength(2);
    const status = await post({ InvoiceNumber: 'A', Status: 'VOIDED' });
    expect(field(status, 'LineItems')).toHaveLength(2);
  });

  it('7.2 after a payment are of reference, due date, number, address, theme and the words and accounts of lines', async () => {
    const made = await put(saleOf('A'));
    await pay('A', 20);
    const path = `/Invoices/${idOf(made)}`;
    const LineItemID = field(made, 'LineItems.0.LineItemID');
    const words = {
      Reference: 'r',
      DueDate: '2026-05-01',
      InvoiceNumber: 'A2',
      Url: 'https://x.example/',
      PlannedPaymentDate: '2026-06-01',
    };
    const lines = { LineItems: [lineOf({ LineItemID, Description: 'Other', AccountCode: '205' })] };
    expect((await call('POST', path, { ...words, ...lines })).json('Invoices.0')).toMatchObject({
      Reference: 'r',
      InvoiceNumber: 'A2',
      DueDateString: '2026-05-01T00:00:00',
      LineItems: [{ Description: 'Other', AccountCode: '205' }],
      AmountPaid: 20,
    });
    for (const body of [
      { Date: '2026-03-09' },
      { LineItems: [lineOf({ LineItemID, Quantity: 5 })] },
      { LineItems: [] },
      { CurrencyCode: 'EUR' },
    ])
      expect((await call('POST', path, body)).status).toBe(400);
  });

  it('7.2 after a payment are of the contact only by the option applied-contact', async () => {
    const path = `/Invoices/${idOf(await put(saleOf('A')))}`;
    await pay('A', 20);
    const change = () => call('POST', path, { Contact: { Name: 'Bo' } });
    expect((await change()).status).toBe(400);
    await xero().control.setOptions({ 'applied-contact': 'allow' });
    expect(field(await change(), 'Contact.Name')).toBe('Bo');
    await xero().control.setOptions({ 'applied-contact': 'refuse' });
  });

  it('7.2 within a locked period are refused, and so are new documents', async () => {
    const locked = await openOrganisation(xero(), {
      region: 'GB',
      name: 'Locked',
      periodLockDate: '2026-02-28',
      yearLockDate: '2025-12-31',
    });
    const dated = (day: string, more = {}) =>
      locked.call('PUT', '/Invoices', saleOf('', { Date: day, ...more }));
    expect(messagesOf(await dated('2026-02-28'))).toEqual([
      'The document date cannot be before the period lock date, currently set at 2026-02-28',
    ]);
    expect(messagesOf(await dated('2025-12-31'))).toEqual([
      'The document date cannot be before the end of year lock date, currently set at 2025-12-31',
    ]);
    expect((await dated('2026-03-01')).status).toBe(200);
    const draft = await dated('2026-02-01', { Status: 'DRAFT' });
    const approve = await locked.call('POST', `/Invoices/${idOf(draft)}`, { Status: 'AUTHORISED' });
    expect([draft.status, approve.status]).toEqual([200, 400]);
    expect((await locked.call('GET', '/Organisation')).json('Organisations.0')).toMatchObject({
      PeriodLockDate: expect.any(String),
      EndOfYearLockDate: expect.any(String),
    });
  });
});
