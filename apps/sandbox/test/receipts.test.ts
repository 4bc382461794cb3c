// Receipts: made, changed and read, without any effect on the books, and the files and notes on them.
import { beforeEach, describe, expect, it } from 'vitest';
import { lineOf, messagesOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const receiptOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  Contact: { Name: 'Ann Archer' },
  Date: '2026-03-02',
  LineAmountTypes: 'Exclusive',
  LineItems: [lineOf({ AccountCode: '404', TaxType: 'INPUT2' })],
  ...more,
});
const put = (more: Readonly<Record<string, unknown>> = {}) =>
  xero().call('PUT', '/Receipts', { Receipts: [receiptOf(more)] });
const made = async () => {
  const answer = await put();
  expect(answer.status, answer.text).toBe(200);
  return `/Receipts/${String(answer.json('Receipts.0.ReceiptID'))}`;
};

describe('receipts', () => {
  it('are made as drafts of the one user, numbered in turn, and read', async () => {
    await made();
    const path = await made();
    const read = (await xero().call('GET', path)).json('Receipts.0');
    expect(read).toMatchObject({
      ReceiptNumber: '2',
      Status: 'DRAFT',
      Contact: { Name: 'Ann Archer' },
      User: { FirstName: 'Sandbox', IsSubscriber: true },
      SubTotal: 100,
      TotalTax: 20,
      Total: 120,
      HasAttachments: false,
    });
    expect((await xero().call('GET', '/Receipts?where=Total==120')).json('Receipts')).toHaveLength(2);
    expect((await xero().call('GET', `/Receipts/${xero().tenant}`)).status).toBe(404);
  });

  it('are changed and submitted by POST, and post nothing', async () => {
    const path = await made();
    const changed = await xero().call('POST', path, { Reference: 'Taxi', Status: 'SUBMITTED' });
    expect(changed.json('Receipts.0')).toMatchObject({ Reference: 'Taxi', Status: 'SUBMITTED', Total: 120 });
    expect((await xero().call('GET', '/Journals')).json('Journals')).toEqual([]);
  });

  it('are not approved, which an expense claim would do, and no void one changes', async () => {
    const path = await made();
    for (const Status of ['AUTHORISED', 'DECLINED'])
      expect((await xero().call('POST', path, { Status })).status).toBe(400);
    expect((await xero().call('POST', path, { Status: 'VOIDED' })).status).toBe(200);
    expect(messagesOf(await xero().call('POST', path, { Reference: 'x' }), 'Receipts')).toEqual([
      'Receipt not of valid status for modification',
    ]);
  });

  it.each([
    ['no contact', { Contact: undefined }, 'A Contact must be specified'],
    ['no lines', { LineItems: [] }, 'One or more line items must be specified'],
    ['another user', { User: { UserID: '11111111-1111-4111-8111-111111111111' } }, 'A valid user should be'],
    ['an approved state', { Status: 'AUTHORISED' }, 'Receipt not of valid status for creation'],
  ])('are refused of %s', async (_what, more, message) => {
    const refused = await put(more);
    expect([refused.status, messagesOf(refused, 'Receipts').join()]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
    expect((await xero().call('GET', '/Receipts')).json('Receipts')).toEqual([]);
  });
});

describe('8 receipts', () => {
  it('8 files and notes hang on receipts', async () => {
    const path = await made();
    const file = await xero().call('POST', `${path}/Attachments/a.txt`, 'slip', {
      'Content-Type': 'text/plain',
    });
    expect(file.json('Attachments.0')).toMatchObject({ FileName: 'a.txt', ContentLength: 4 });
    expect((await xero().call('GET', `${path}/Attachments/a.txt`)).text).toBe('slip');
    expect((await xero().call('GET', path)).json('Receipts.0.HasAttachments')).toBe(true);
    const note = { HistoryRecords: [{ Details: 'Seen' }] };
    expect((await xero().call('PUT', `${path}/History`, note)).status).toBe(200);
    expect((await xero().call('GET', `${path}/History`)).json('HistoryRecords')).toHaveLength(1);
  });
});
