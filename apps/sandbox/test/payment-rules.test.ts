// Payments rule by rule (XERO.md 7.4): targets and accounts, limits, their end, and money in other currencies.
import { beforeEach, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { type Answer, lineOf, look, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
const other = useXero({ limits: 'off', options: { 'payment-rate': 'document' } });
beforeEach(async () => {
  for (const one of [xero(), other()]) await one.control.reset();
});

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const post = (path: string, body: unknown) => xero().call('POST', path, body);
const idOf = (answer: Answer, path: string) => String(answer.json(path));
const invoice = async (more: Readonly<Record<string, unknown>> = {}) =>
  idOf(await put('/Invoices', saleOf('', more)), 'Invoices.0.InvoiceID');
const bill = { Type: 'ACCPAY', LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })] };
const note = async (Type: string) => {
  const line = Type === 'ACCRECCREDIT' ? lineOf() : bill.LineItems[0];
  const body = {
    Type,
    Contact: { Name: 'Ann Archer' },
    Date: '2026-03-02',
    Status: 'AUTHORISED',
    LineItems: [line],
  };
  return idOf(await put('/CreditNotes', body), 'CreditNotes.0.CreditNoteID');
};
const credit = async (Type: string, field: string) => {
  const body = {
    Type,
    Contact: { Name: 'Ann Archer' },
    BankAccount: { Code: '090' },
    Date: '2026-03-02',
    LineAmountTypes: 'NoTax',
    LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 50, AccountCode: '330' }],
  };
  return idOf(await put('/BankTransactions', body), `BankTransactions.0.${field}`);
};
const pay = (target: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  put('/Payments', { ...target, Account: { Code: '090' }, Date: '2026-03-20', Amount: 10, ...more });
const read = async (path: string, member: string) => (await xero().call('GET', path)).json(`${member}.0`);

describe('7.4 payments', () => {
  it('7.4 a payment is of one of eight types, by what it pays: invoice, credit note, prepayment or overpayment', async () => {
    const targets: [string, Readonly<Record<string, unknown>>][] = [
      ['ACCRECPAYMENT', { Invoice: { InvoiceID: await invoice() } }],
      ['ACCPAYPAYMENT', { Invoice: { InvoiceID: await invoice(bill) } }],
      ['ARCREDITPAYMENT', { CreditNote: { CreditNoteID: await note('ACCRECCREDIT') } }],
      ['APCREDITPAYMENT', { CreditNote: { CreditNoteID: await note('ACCPAYCREDIT') } }],
      [
        'AROVERPAYMENTPAYMENT',
        { Overpayment: { OverpaymentID: await credit('RECEIVE-OVERPAYMENT', 'OverpaymentID') } },
      ],
      [
        'APOVERPAYMENTPAYMENT',
        { Overpayment: { OverpaymentID: await credit('SPEND-OVERPAYMENT', 'OverpaymentID') } },
      ],
      [
        'ARPREPAYMENTPAYMENT',
        { Prepayment: { PrepaymentID: await credit('RECEIVE-PREPAYMENT', 'PrepaymentID') } },
      ],
      [
        'APPREPAYMENTPAYMENT',
        { Prepayment: { PrepaymentID: await credit('SPEND-PREPAYMENT', 'PrepaymentID') } },
      ],
    ];
    for (const [type, target] of targets)
      expect((await pay(target)).json('Payments.0.PaymentType'), type).toBe(type);
    expect((await readBooks(xero())).sum).toBe(0);
  });

  it('7.4 the account is a bank or one that has payments enabled', async () => {
    const Invoice = { InvoiceID: await invoice() };
    expect((await pay({ Invoice }, { Account: { Code: '095' } })).status).toBe(200);
    expect((await pay({ Invoice }, { Account: { Code: '430' } })).status).toBe(200);
    expect(messagesOf(await pay({ Invoice }, { Account: { Code: '404' } }), 'Payments')).toEqual([
      'Account type is invalid for making a payment to/from',
    ]);
  });

  it('7.4 a part may be paid; more than is due is refused and never becomes an overpayment', async () => {
    const id = await invoice();
    expect((await pay({ Invoice: { InvoiceID: id } }, { Amount: 100 })).status).toBe(200);
    const more = await pay({ Invoice: { InvoiceID: id } }, { Amount: 20.01 });
    expect(messagesOf(more, 'Payments')).toEqual([
      'Payment amount exceeds the amount outstanding on this document',
    ]);
    expect(await read(`/Invoices/${id}`, 'Invoices')).toMatchObject({ AmountDue: 20, AmountPaid: 100 });
    expect((await xero().call('GET', '/Overpayments')).json('Overpayments')).toEqual([]);
  });

  it('7.4 a payment never changes; it is deleted by its Status, once, and the invoice is open again', async () => {
    const id = await invoice();
    const made = await pay({ Invoice: { InvoiceID: id } }, { Amount: 120 });
    const path = `/Payments/${idOf(made, 'Payments.0.PaymentID')}`;
    expect((await post(path, { Amount: 5 })).status).toBe(400);
    expect((await post(path, { Status: 'DELETED' })).json('Payments.0.Status')).toBe('DELETED');
    expect((await post(path, { Status: 'DELETED' })).status).toBe(400);
    expect(await read(`/Invoices/${id}`, 'Invoices')).toMatchObject({ Status: 'AUTHORISED', AmountDue: 120 });
  });

  it('7.4 a payment of a batch is deleted with its batch only', async () => {
    const Payments = [{ Invoice: { InvoiceID: await invoice() }, Amount: 120 }];
    const batch = await put('/BatchPayments', { Account: { Code: '090' }, Date: '2026-03-20', Payments });
    const payment = `/Payments/${idOf(batch, 'BatchPayments.0.Payments.0.PaymentID')}`;
    expect((await post(payment, { Status: 'DELETED' })).status).toBe(400);
    await post(`/BatchPayments/${idOf(batch, 'BatchPayments.0.BatchPaymentID')}`, { Status: 'DELETED' });
    expect(look(await read(payment, 'Payments'), 'Status')).toBe('DELETED');
  });

  it('7.4 IsReconciled can be set', async () => {
    const made = await pay({ Invoice: { InvoiceID: await invoice() } }, { IsReconciled: true });
    expect(made.json('Payments.0.IsReconciled')).toBe(true);
    const plain = await pay({ Invoice: { InvoiceID: await invoice() } });
    expect(plain.json('Payments.0.IsReconciled')).toBe(false);
  });

  it('7.4 POST makes one payment, PUT a list of them', async () => {
    const Invoice = { InvoiceID: await invoice() };
    const one = { Invoice, Account: { Code: '090' }, Date: '2026-03-20', Amount: 10 };
    expect((await put('/Payments', { Payments: [one, one] })).json('Payments')).toHaveLength(2);
    expect((await post('/Payments', one)).json('Payments')).toHaveLength(1);
    expect((await post('/Payments', { Payments: [one, one] })).status).toBe(400);
  });
});

describe('7.4 payments in other currencies', () => {
  const foreign = { CurrencyCode: 'EUR', CurrencyRate: 1.25 };
  /** An invoice of 120.00 EUR at 1.25, so 96.00 GBP, and a bank account in EUR. */
  const prepare = async () => {
    await put('/Currencies', { Code: 'EUR' });
    await put('/Accounts', {
      Code: '098',
      Name: 'Euro Account',
      Type: 'BANK',
      BankAccountNumber: '1',
      CurrencyCode: 'EUR',
    });
    return { Invoice: { InvoiceID: await invoice(foreign) } };
  };

  it('7.4 BankAmount is in the money of the bank account, Amount in that of the document', async () => {
    const target = await prepare();
    const toPounds = await pay(target, { Amount: 60, CurrencyRate: 1.2 });
    expect(toPounds.json('Payments.0')).toMatchObject({ Amount: 60, BankAmount: 50, CurrencyRate: 1.2 });
    const toEuros = await pay(target, { Amount: 60, CurrencyRate: 1.2, Account: { Code: '098' } });
    expect(toEuros.json('Payments.0')).toMatchObject({ Amount: 60, BankAmount: 60, CurrencyRate: 1.2 });
    const books = await readBooks(xero());
    // 48.00 of the debt at 1.25 became 50.00, twice.
    expect(['090', '098', '610', '499'].map(books.balance)).toEqual([5_000, 5_000, 0, -400]);
    expect(books.sum).toBe(0);
  });

  it('7.4 a BankAmount that is sent is what the bank gets, and makes the rate', async () => {
    const target = await prepare();
    const paid = await pay(target, { Amount: 120, BankAmount: 100.01 });
    expect(paid.json('Payments.0')).toMatchObject({ BankAmount: 100.01, CurrencyRate: 1.19988 });
    const books = await readBooks(xero());
    expect(['090', '610', '499'].map(books.balance)).toEqual([10_001, 0, -401]);
  });

  it('7.4 an invoice in the own currency can be paid from a foreign account', async () => {
    await prepare();
    const paid = await pay(
      { Invoice: { InvoiceID: await invoice() } },
      { Amount: 120, Account: { Code: '098' }, CurrencyRate: 1.2 },
    );
    expect(paid.json('Payments.0')).toMatchObject({ Amount: 120, BankAmount: 144 });
    expect((await readBooks(xero())).balance('098')).toBe(12_000);
  });

  it('7.4 document and account cannot be in two foreign currencies', async () => {
    await prepare();
    await put('/Currencies', { Code: 'USD' });
    const id = await invoice({ CurrencyCode: 'USD', CurrencyRate: 1.3 });
    const refused = await pay({ Invoice: { InvoiceID: id } }, { Account: { Code: '098' } });
    expect(messagesOf(refused, 'Payments')).toEqual([
      "The account must be in the currency of the document or the organisation's own",
    ]);
  });

  it('7.4 a foreign payment without a rate has that of the day, by option that of its document', async () => {
    const rates: unknown[] = [];
    for (const one of [xero(), other()]) {
      await one.call('PUT', '/Currencies', { Code: 'EUR' });
      const made = await one.call('PUT', '/Invoices', saleOf('', foreign));
      const Invoice = { InvoiceID: made.json('Invoices.0.InvoiceID') };
      const paid = await one.call('PUT', '/Payments', {
        Invoice,
        Account: { Code: '090' },
        Date: '2026-03-20',
        Amount: 10,
      });
      rates.push(paid.json('Payments.0.CurrencyRate'));
    }
    expect(rates).toEqual([1.164557, 1.25]);
  });

  it('7.4 money in a foreign bank account is received and spent in that currency', async () => {
    await prepare();
    const money = (more: Readonly<Record<string, unknown>>) =>
      put('/BankTransactions', {
        Type: 'RECEIVE',
        Contact: { Name: 'Ann Archer' },
        BankAccount: { Code: '098' },
        Date: '2026-03-02',
        LineAmountTypes: 'NoTax',
        LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 60, AccountCode: '330' }],
        ...more,
      });
    const made = await money({ CurrencyRate: 1.2 });
    expect(made.json('BankTransactions.0')).toMatchObject({
      CurrencyCode: 'EUR',
      CurrencyRate: 1.2,
      Total: 60,
    });
    expect((await readBooks(xero())).balance('098')).toBe(5_000);
    expect(messagesOf(await money({ CurrencyCode: 'GBP' }), 'BankTransactions')).toEqual([
      'The CurrencyCode must be EUR, that of the bank account',
    ]);
  });
});
