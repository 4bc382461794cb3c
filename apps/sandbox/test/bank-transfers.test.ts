// Transfers between bank accounts: made, read, deleted, what they post, and the files and notes on them.
import { beforeEach, describe, expect, it } from 'vitest';
import { messagesOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const transferOf = (more: Readonly<Record<string, unknown>> = {}) => ({
  FromBankAccount: { Code: '090' },
  ToBankAccount: { Code: '095' },
  Amount: '20.00',
  Date: '2026-03-02',
  ...more,
});
const put = (body: unknown) => xero().call('PUT', '/BankTransfers', body);
const made = async (more: Readonly<Record<string, unknown>> = {}) => {
  const answer = await put({ BankTransfers: [transferOf(more)] });
  expect(answer.status, answer.text).toBe(200);
  return `/BankTransfers/${String(answer.json('BankTransfers.0.BankTransferID'))}`;
};
const remove = (path: string) => xero().call('POST', path, { Status: 'DELETED' });

describe('bank transfers', () => {
  it('are made, one or several in a call, and read', async () => {
    const several = await put({ BankTransfers: [transferOf(), transferOf({ Reference: 'Float' })] });
    expect(several.json('BankTransfers')).toHaveLength(2);
    const path = `/BankTransfers/${String(several.json('BankTransfers.1.BankTransferID'))}`;
    expect((await xero().call('GET', path)).json('BankTransfers.0')).toMatchObject({
      FromBankAccount: { Code: '090' },
      ToBankAccount: { Code: '095' },
      Amount: 20,
      Reference: 'Float',
      CurrencyRate: 1,
      Status: 'AUTHORISED',
      HasAttachments: false,
    });
    const found = await xero().call('GET', '/BankTransfers?where=Reference=="Float"');
    expect(found.json('BankTransfers')).toHaveLength(1);
    expect((await xero().call('GET', `/BankTransfers/${xero().tenant}`)).status).toBe(404);
  });

  it.each([
    ['one account', { ToBankAccount: { Code: '090' } }, 'must be different accounts'],
    ['no account', { FromBankAccount: undefined }, 'A FromBankAccount must be specified'],
    ['an account that is no bank', { ToBankAccount: { Code: '200' } }, 'active account of type BANK'],
    ['nothing', { Amount: 0 }, 'The Amount must be greater than 0'],
    ['less than nothing', { Amount: -5 }, 'The Amount must be greater than 0'],
  ])('are refused of %s', async (_what, more, message) => {
    const refused = await put(transferOf(more));
    expect([refused.status, messagesOf(refused).join()]).toEqual([400, expect.stringContaining(message)]);
    expect((await xero().call('GET', '/BankTransfers')).json('BankTransfers')).toEqual([]);
  });

  it('are refused between accounts of different currencies', async () => {
    const currency = await xero().call('PUT', '/Currencies', { Code: 'EUR' });
    expect(currency.status, currency.text).toBe(200);
    const euros = {
      Code: 'EU1',
      Name: 'Euros',
      Type: 'BANK',
      BankAccountNumber: '12345678',
      CurrencyCode: 'EUR',
    };
    expect((await xero().call('PUT', '/Accounts', euros)).status).toBe(200);
    const refused = await put(transferOf({ ToBankAccount: { Code: 'EU1' } }));
    expect(messagesOf(refused)).toEqual([
      'The FromBankAccount and the ToBankAccount must be of the same currency',
    ]);
  });

  it('post balanced lines, which their deletion takes back', async () => {
    const path = await made();
    const linesOf = async (index: number) => {
      const journals = await xero().call('GET', '/Journals');
      const lines = journals.json(`Journals.${index}.JournalLines`);
      return [journals.json(`Journals.${index}.SourceType`), lines];
    };
    const line = (AccountCode: string, NetAmount: number) =>
      expect.objectContaining({ AccountCode, NetAmount });
    expect(await linesOf(0)).toEqual(['TRANSFER', [line('095', 20), line('090', -20)]]);
    expect((await remove(path)).json('BankTransfers.0.Status')).toBe('DELETED');
    expect(await linesOf(1)).toEqual(['TRANSFER', [line('095', -20), line('090', 20)]]);
    expect((await remove(path)).status).toBe(400);
    expect((await xero().call('GET', '/BankTransfers')).json('BankTransfers')).toEqual([]);
    const all = await xero().call('GET', '/BankTransfers?includeDeleted=true');
    expect(all.json('BankTransfers')).toHaveLength(1);
  });

  it('move the balances that the bank summary tells', async () => {
    await made();
    const path = '/Reports/BankSummary?fromDate=2026-03-01&toDate=2026-03-31';
    const report = await xero().call('GET', path);
    expect(report.text).toMatch(/"20\.00"/);
    expect(report.text).toMatch(/"-20\.00"/);
  });

  it('are not made or deleted in a locked period', async () => {
    const path = await made();
    await xero().control.changeOrganisation(xero().tenant, { periodLockDate: '2026-03-31' });
    expect([(await put(transferOf())).status, (await remove(path)).status]).toEqual([400, 400]);
    await xero().control.changeOrganisation(xero().tenant, { periodLockDate: '' });
    expect((await remove(path)).status).toBe(200);
  });
});

describe('8 bank transfers', () => {
  it('8 files and notes hang on bank transfers', async () => {
    const path = await made();
    const file = await xero().call('PUT', `${path}/Attachments/a.txt`, 'slip', {
      'Content-Type': 'text/plain',
    });
    expect(file.json('Attachments.0')).toMatchObject({ FileName: 'a.txt', ContentLength: 4 });
    expect((await xero().call('GET', `${path}/Attachments/a.txt`)).text).toBe('slip');
    expect((await xero().call('GET', path)).json('BankTransfers.0.HasAttachments')).toBe(true);
    const note = { HistoryRecords: [{ Details: 'To the float' }] };
    expect((await xero().call('PUT', `${path}/History`, note)).status).toBe(200);
    expect((await xero().call('GET', `${path}/History`)).json('HistoryRecords')).toHaveLength(1);
  });
});
