// Bank transactions, overpayments, prepayments, batches of payments (XERO.md 7.4), journals and the money reports.
import { beforeEach, describe, expect, it } from 'vitest';
import { readBooks } from './books.ts';
import { look, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const money = (Type: string, UnitAmount: number, more: Readonly<Record<string, unknown>> = {}) => ({
  Type,
  Contact: { Name: 'Ann Archer' },
  BankAccount: { Code: '090' },
  Date: '2026-03-02',
  LineAmountTypes: 'NoTax',
  LineItems: [{ Description: 'x', Quantity: 1, UnitAmount, AccountCode: '330' }],
  ...more,
});
const sale = async (number: string) =>
  String((await put('/Invoices', saleOf(number))).json('Invoices.0.InvoiceID'));

describe('a bank transaction', () => {
  it('moves the bank at once and back when it is deleted', async () => {
    const made = await put('/BankTransactions', money('RECEIVE', 25));
    expect(made.json('BankTransactions.0')).toMatchObject({
      Type: 'RECEIVE',
      Status: 'AUTHORISED',
      Total: 25,
      BankAccount: { Code: '090' },
    });
    await put('/BankTransactions', money('SPEND', 5));
    expect(['090', '330'].map((await readBooks(xero())).balance)).toEqual([2_000, -2_000]);
    const id = String(made.json('BankTransactions.0.BankTransactionID'));
    expect((await xero().call('POST', `/BankTransactions/${id}`, { Status: 'DELETED' })).status).toBe(200);
    expect((await readBooks(xero())).balance('090')).toBe(-500);
    expect((await xero().call('POST', `/BankTransactions/${id}`, { Reference: 'x' })).status).toBe(400);
  });

  it.each([
    ['no type', { Type: undefined }, 'Bank transaction Type must be specified'],
    ['no bank', { BankAccount: undefined }, 'A BankAccount must be specified for this type of transaction'],
    [
      'another account',
      { BankAccount: { Code: '200' } },
      'The BankAccount must be an active account of type BANK',
    ],
    ['no contact', { Contact: undefined }, 'A Contact must be specified for this type of transaction'],
    ['no lines', { LineItems: [] }, 'One or more line items must be specified'],
  ])('is refused for %s', async (_what, more, message) => {
    expect(messagesOf(await put('/BankTransactions', money('SPEND', 5, more)), 'BankTransactions')).toContain(
      message,
    );
  });
});

describe.each([
  ['Overpayments', 'OverpaymentID', 'RECEIVE-OVERPAYMENT', 'AROVERPAYMENTPAYMENT'],
  ['Prepayments', 'PrepaymentID', 'RECEIVE-PREPAYMENT', 'ARPREPAYMENTPAYMENT'],
])('%s', (name, idField, type, paymentType) => {
  const make = async () => {
    const made = await put('/BankTransactions', money(type, 50));
    return [
      String(made.json(`BankTransactions.0.${idField}`)),
      String(made.json('BankTransactions.0.BankTransactionID')),
    ] as const;
  };

  it('are owed back until they are allocated or refunded', async () => {
    const [id, bankId] = await make();
    const read = async () => (await xero().call('GET', `/${name}/${id}`)).json(`${name}.0`);
    expect(await read()).toMatchObject({ Type: type, Status: 'AUTHORISED', RemainingCredit: 50 });
    const invoice = await sale('I-1');
    const allocated = await put(`/${name}/${id}/Allocations`, {
      Amount: 20,
      Invoice: { InvoiceID: invoice },
    });
    expect(allocated.status).toBe(200);
    const shown = (await xero().call('GET', `/Invoices/${invoice}`)).json('Invoices.0');
    expect(look(shown, 'AmountDue')).toBe(100);
    expect(look(shown, `${name}.0.${idField}`)).toBe(id);
    const member = name.slice(0, -1);
    const refund = await put('/Payments', {
      [member]: { [idField]: id },
      Account: { Code: '090' },
      Date: '2026-03-20',
      Amount: 30,
    });
    expect(refund.json('Payments.0.PaymentType')).toBe(paymentType);
    expect(await read()).toMatchObject({ Status: 'PAID', RemainingCredit: 0 });
    const books = await readBooks(xero());
    expect([books.balance('090'), books.balance('610'), books.sum]).toEqual([2_000, 10_000, 0]);
    expect((await xero().call('POST', `/BankTransactions/${bankId}`, { Status: 'DELETED' })).status).toBe(
      400,
    );
  });

  it('go with their bank transaction', async () => {
    const [id, bankId] = await make();
    await xero().call('POST', `/BankTransactions/${bankId}`, { Status: 'DELETED' });
    expect((await xero().call('GET', `/${name}/${id}`)).json(`${name}.0.Status`)).toBe('VOIDED');
    expect((await readBooks(xero())).balance('610')).toBe(0);
  });
});

describe('a batch payment', () => {
  it('pays several invoices and is deleted as a whole', async () => {
    const ids = [await sale('I-1'), await sale('I-2')];
    const made = await put('/BatchPayments', {
      Account: { Code: '090' },
      Date: '2026-03-20',
      Reference: 'R',
      Payments: ids.map((InvoiceID) => ({ Invoice: { InvoiceID }, Amount: 120 })),
    });
    expect(made.json('BatchPayments.0')).toMatchObject({
      Type: 'RECBATCH',
      TotalAmount: 240,
      Status: 'AUTHORISED',
    });
    const payment = String(made.json('BatchPayments.0.Payments.0.PaymentID'));
    expect((await xero().call('POST', `/Payments/${payment}`, { Status: 'DELETED' })).status).toBe(400);
    const id = String(made.json('BatchPayments.0.BatchPaymentID'));
    const gone = await xero().call('POST', `/BatchPayments/${id}`, { Status: 'DELETED' });
    expect(gone.json('BatchPayments.0.Status')).toBe('DELETED');
    expect((await xero().call('GET', '/Invoices/I-1')).json('Invoices.0.Status')).toBe('AUTHORISED');
  });

  it('is refused whole when one of its payments is', async () => {
    const InvoiceID = await sale('I-1');
    const answer = await put('/BatchPayments', {
      Account: { Code: '090' },
      Payments: [
        { Invoice: { InvoiceID }, Amount: 100 },
        { Invoice: { InvoiceID }, Amount: 100 },
      ],
    });
    expect(messagesOf(answer, 'BatchPayments')).toEqual([
      'Payment amount exceeds the amount outstanding on this document',
    ]);
    expect((await xero().call('GET', '/Invoices/I-1')).json('Invoices.0.AmountPaid')).toBe(0);
  });
});

describe('reports and journals', () => {
  it('what a contact owes and how late it is', async () => {
    await put('/Invoices', saleOf('I-1', { DueDate: '2026-03-10' }));
    const ContactID = String((await xero().call('GET', '/Contacts')).json('Contacts.0.ContactID'));
    const path = `/Reports/AgedReceivablesByContact?contactID=${ContactID}&date=2026-03-31`;
    const rows = (await xero().call('GET', path)).json('Reports.0.Rows');
    expect(look(rows, '2.Rows.0.Cells')).toMatchObject([
      { Value: '2026-03-02T00:00:00' },
      { Value: 'I-1' },
      { Value: '2026-03-10T00:00:00' },
      { Value: '21 days overdue' },
      { Value: '120.00' },
      { Value: '0.00' },
      { Value: '0.00' },
      { Value: '120.00' },
    ]);
    const payables = path.replace('Receivables', 'Payables');
    expect((await xero().call('GET', payables)).json('Reports.0.Rows.2.Rows')).toHaveLength(1);
    expect((await xero().call('GET', '/Reports/AgedReceivablesByContact')).status).toBe(400);
  });

  it('what came into a bank and went out of it', async () => {
    await put('/BankTransactions', money('RECEIVE', 10, { Date: '2026-02-02' }));
    await put('/BankTransactions', money('RECEIVE', 25));
    await put('/BankTransactions', money('SPEND', 5));
    const report = await xero().call('GET', '/Reports/BankSummary?fromDate=2026-03-01&toDate=2026-03-31');
    const rows = JSON.stringify(report.json('Reports.0.Rows.1.Rows'));
    expect(rows.replace(/,"Attributes":\[\{[^}]*\}\]/g, '')).toContain(
      '[{"Value":"Business Current Account"},{"Value":"10.00"},{"Value":"25.00"},{"Value":"5.00"},{"Value":"30.00"}]',
    );
  });

  it('journals list every entry with balanced lines, from an offset', async () => {
    const id = await sale('I-1');
    await put('/BankTransactions', money('RECEIVE', 25));
    const first = await xero().call('GET', '/Journals');
    expect(first.json('Journals')).toHaveLength(2);
    expect(first.json('Journals.0')).toMatchObject({
      SourceID: id,
      SourceType: 'ACCREC',
      JournalLines: [
        { AccountCode: '610', NetAmount: 120 },
        { AccountCode: '200', NetAmount: -100, TaxType: 'OUTPUT2' },
        { AccountCode: '820', NetAmount: -20 },
      ],
    });
    const number = Number(first.json('Journals.0.JournalNumber'));
    expect((await xero().call('GET', `/Journals?offset=${number}`)).json('Journals')).toHaveLength(1);
  });
});
