// Repeating invoices: made with their schedule, read and deleted, and the files and notes on them.
import { beforeEach, describe, expect, it } from 'vitest';
import { lineOf, messagesOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const Schedule = { Period: 1, Unit: 'MONTHLY', DueDate: 10, DueDateType: 'OFFOLLOWINGMONTH' };
const repeatingOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'ACCREC',
  Contact: { Name: 'Ann Archer' },
  Schedule: { ...Schedule, StartDate: '2026-04-15' },
  LineItems: [lineOf()],
  Status: 'DRAFT',
  ...more,
});
const post = (more: Readonly<Record<string, unknown>> = {}) =>
  xero().call('POST', '/RepeatingInvoices', { RepeatingInvoices: [repeatingOf(more)] });
const made = async () => {
  const answer = await post();
  expect(answer.status, answer.text).toBe(200);
  return `/RepeatingInvoices/${String(answer.json('RepeatingInvoices.0.RepeatingInvoiceID'))}`;
};

describe('repeating invoices', () => {
  it('are made with their schedule and read, and post nothing', async () => {
    const path = await made();
    expect((await xero().call('GET', path)).json('RepeatingInvoices.0')).toMatchObject({
      Type: 'ACCREC',
      Status: 'DRAFT',
      Contact: { Name: 'Ann Archer' },
      Schedule: { ...Schedule, StartDate: expect.stringContaining(`${Date.UTC(2026, 3, 15)}`) },
      SubTotal: 100,
      TotalTax: 20,
      Total: 120,
      HasAttachments: false,
    });
    const found = await xero().call('GET', '/RepeatingInvoices?where=Status=="DRAFT"');
    expect(found.json('RepeatingInvoices')).toHaveLength(1);
    expect((await xero().call('GET', `/RepeatingInvoices/${xero().tenant}`)).status).toBe(404);
    for (const name of ['Journals', 'Invoices'])
      expect((await xero().call('GET', `/${name}`)).json(name)).toEqual([]);
  });

  it('are deleted by POST with the status DELETED, and change no more', async () => {
    const path = await made();
    const gone = await xero().call('POST', path, { Status: 'DELETED' });
    expect(gone.json('RepeatingInvoices.0.Status')).toBe('DELETED');
    expect(messagesOf(await xero().call('POST', path, { Status: 'DRAFT' }), 'RepeatingInvoices')).toEqual([
      'Repeating invoice not of valid status for modification',
    ]);
  });

  it.each([
    ['no type', { Type: undefined }, 'Invoice Type must be specified'],
    ['no contact', { Contact: undefined }, 'A Contact must be specified'],
    ['no lines', { LineItems: [] }, 'One or more line items must be specified'],
    ['no schedule', { Schedule: undefined }, 'A Schedule must be specified'],
    ['half a period', { Schedule: { ...Schedule, Period: 0.5 } }, 'The Period of the Schedule must be'],
    ['no unit', { Schedule: { ...Schedule, Unit: undefined } }, 'The Unit of the Schedule must be'],
  ])('are refused of %s', async (_what, more, message) => {
    const refused = await post(more);
    expect([refused.status, messagesOf(refused, 'RepeatingInvoices').join()]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
    expect((await xero().call('GET', '/RepeatingInvoices')).json('RepeatingInvoices')).toEqual([]);
  });
});

describe('8 repeating invoices', () => {
  it('8 files and notes hang on repeating invoices', async () => {
    const path = await made();
    const file = await xero().call('PUT', `${path}/Attachments/a.txt`, 'terms', {
      'Content-Type': 'text/plain',
    });
    expect(file.json('Attachments.0')).toMatchObject({ FileName: 'a.txt', ContentLength: 5 });
    expect((await xero().call('GET', `${path}/Attachments/a.txt`)).text).toBe('terms');
    expect((await xero().call('GET', path)).json('RepeatingInvoices.0.HasAttachments')).toBe(true);
    const note = { HistoryRecords: [{ Details: 'Agreed' }] };
    expect((await xero().call('PUT', `${path}/History`, note)).status).toBe(200);
    expect((await xero().call('GET', `${path}/History`)).json('HistoryRecords')).toHaveLength(1);
  });
});
