// Reports: what was open on a day, the bank from day to day, and the trial balance on a cash basis.
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cents, readBooks } from './books.ts';
import { lineOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const sale = async (number: string, more: Readonly<Record<string, unknown>> = {}) =>
  String((await put('/Invoices', saleOf(number, more))).json('Invoices.0.InvoiceID'));
const pay = (InvoiceID: string, day: string, Amount: number, more = {}) =>
  put('/Payments', { Invoice: { InvoiceID }, Account: { Code: '090' }, Date: day, Amount, ...more });
const note = async (day: string) => {
  const body = {
    Type: 'ACCRECCREDIT',
    Contact: { Name: 'Ann Archer' },
    Date: day,
    Status: 'AUTHORISED',
    LineItems: [lineOf({ Quantity: 1 })],
  };
  return String((await put('/CreditNotes', body)).json('CreditNotes.0.CreditNoteID'));
};

const section = z.object({
  Rows: z.array(z.object({ Cells: z.array(z.object({ Value: z.string() })) })).default([]),
});

/** Number, paid, credited and due of each row, and the closing balance. */
async function aged(query: string, report = 'AgedReceivablesByContact') {
  const contact = (await xero().call('GET', '/Contacts')).json('Contacts.0.ContactID');
  const answer = await xero().call('GET', `/Reports/${report}?contactId=${String(contact)}&${query}`);
  const [, opening, open, closing] = z.array(section).parse(answer.json('Reports.0.Rows'));
  const cellsOf = (one: z.output<typeof section> | undefined) =>
    (one?.Rows ?? []).map(({ Cells }) => Cells.map(({ Value }) => Value));
  return {
    titles: answer.json('Reports.0.ReportTitles'),
    opening: cellsOf(opening)[0]?.[7],
    rows: cellsOf(open)
      .slice(0, -1)
      .map((cells) => [cells[1], cells[3], ...cells.slice(5)]),
    closing: cellsOf(closing)[0]?.[7],
  };
}

const cash = async (date: string) => {
  const answer = await xero().call('GET', `/Reports/TrialBalance?date=${date}&paymentsOnly=true`);
  const rows = z.array(section).parse(answer.json('Reports.0.Rows')).slice(0, -1);
  const balances = new Map<string, number>();
  for (const { Cells } of rows.flatMap(({ Rows }) => Rows)) {
    const [name, , , debit, credit] = Cells.map(({ Value }) => Value);
    balances.set(/\((\w+)\)$/.exec(name ?? '')?.[1] ?? '', cents(debit) - cents(credit));
  }
  return (...codes: string[]) => codes.map((code) => balances.get(code) ?? 0);
};

describe('the aged reports', () => {
  it('show what was open on their day: later payments and credits do not count yet', async () => {
    const id = await sale('I-1', { DueDate: '2026-03-10' });
    await pay(id, '2026-03-20', 50);
    const credit = await note('2026-04-05');
    await put(`/CreditNotes/${credit}/Allocations`, { Amount: 30, Invoice: { InvoiceID: id } });
    await pay(id, '2026-04-20', 40);
    const days = ['2026-03-01', '2026-03-15', '2026-03-31', '2026-04-10', '2026-04-30'];
    const seen = await Promise.all(days.map((day) => aged(`date=${day}`)));
    expect(seen.map(({ rows }) => rows)).toEqual([
      [],
      [['I-1', '5 days overdue', '0.00', '0.00', '120.00']],
      [['I-1', '21 days overdue', '50.00', '0.00', '70.00']],
      [['I-1', '31 days overdue', '50.00', '30.00', '40.00']],
      [],
    ]);
    for (const [index, day] of days.entries())
      expect(cents(seen[index]?.closing), day).toBe((await readBooks(xero(), day)).balance('610'));
  });

  it('open with the balance before fromDate and leave out what is dated after toDate', async () => {
    await sale('I-1', { Date: '2026-01-02' });
    await sale('I-2', { Date: '2026-03-02' });
    await sale('I-3', { Date: '2026-04-02' });
    const report = await aged('date=2026-05-01&fromDate=2026-02-01&toDate=2026-03-31');
    expect(report).toMatchObject({ opening: '120.00', closing: '240.00' });
    expect(report.rows.map(([number]) => number)).toEqual(['I-2']);
    expect(report.titles).toEqual([
      'Invoices',
      'Ann Archer',
      'From 1 February 2026 to 31 March 2026',
      'Showing payments to 1 May 2026',
    ]);
  });

  it('count credits, overpayments and prepayments against the invoices, and foreign ones in the base currency', async () => {
    await put('/Currencies', { Code: 'EUR' });
    const id = await sale('I-1', { CurrencyCode: 'EUR', CurrencyRate: 1.25 });
    await note('2026-03-05');
    await put('/BankTransactions', {
      Type: 'RECEIVE-OVERPAYMENT',
      Contact: { Name: 'Ann Archer' },
      BankAccount: { Code: '090' },
      Date: '2026-03-06',
      LineAmountTypes: 'NoTax',
      LineItems: [{ Description: 'x', Quantity: 1, UnitAmount: 10 }],
    });
    await pay(id, '2026-03-20', 60, { CurrencyRate: 1.2 });
    const report = await aged('date=2026-03-31');
    expect(report.rows.map((row) => row.at(-1))).toEqual(['48.00', '-30.00', '-10.00']);
    expect(cents(report.closing)).toBe((await readBooks(xero())).balance('610'));
  });

  it('of payables show bills alone', async () => {
    await sale('I-1');
    await sale('B-1', { Type: 'ACCPAY', LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })] });
    const report = await aged('date=2026-03-31', 'AgedPayablesByContact');
    expect([report.rows.map(([number]) => number), report.closing]).toEqual([['B-1'], '120.00']);
  });
});

describe('the trial balance', () => {
  it('answers for the end of last month unless a date is sent', async () => {
    await xero().control.setClock({ simulatedMs: Date.UTC(2026, 3, 15), realMs: Date.now(), scale: 1 });
    const answer = await xero().call('GET', '/Reports/TrialBalance');
    expect(answer.json('Reports.0.ReportTitles.2')).toBe('As at 31 March 2026');
    const bank = await xero().call('GET', '/Reports/BankSummary');
    expect(bank.json('Reports.0.ReportTitles.2')).toBe('From 1 April 2026 to 15 April 2026');
  });
});

describe('the trial balance on a cash basis', () => {
  it('counts a document as far as it is paid, on the day it is', async () => {
    const id = await sale('I-1', { LineItems: [lineOf({ Quantity: 1, UnitAmount: 100.01 })] });
    await pay(id, '2026-03-20', 40);
    await pay(id, '2026-04-20', 80.01);
    expect((await cash('2026-03-15'))('090', '610', '200', '820')).toEqual([0, 0, 0, 0]);
    expect((await cash('2026-03-31'))('090', '610', '200', '820')).toEqual([4_000, 0, -3_333, -667]);
    expect((await cash('2027-03-31'))('090', '610', '960')).toEqual([12_001, 0, -3_333]);
    expect((await cash('2027-03-31'))('200', '820')).toEqual([-6_668, -2_000]);
  });

  it('counts both documents where a credit is set against an invoice, and journals unless they say no', async () => {
    const [id, credit] = [await sale('I-1'), await note('2026-03-05')];
    await put(`/CreditNotes/${credit}/Allocations`, { Amount: 30, Invoice: { InvoiceID: id } });
    expect((await cash('2026-03-31'))('610', '200', '820')).toEqual([0, 0, 0]);
    for (const ShowOnCashBasisReports of [true, false])
      await put('/ManualJournals', {
        Narration: 'N',
        Date: '2026-03-02',
        Status: 'POSTED',
        ShowOnCashBasisReports,
        JournalLines: [
          { LineAmount: 5, AccountCode: '310' },
          { LineAmount: -5, AccountCode: '631' },
        ],
      });
    expect((await cash('2026-03-31'))('310', '631')).toEqual([500, -500]);
    expect((await readBooks(xero())).balance('310')).toBe(1_000);
  });
});
