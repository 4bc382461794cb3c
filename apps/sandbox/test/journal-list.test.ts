// The resource Journals (XERO.md 5): numbers that stay, reversals beside what they take back, the same after a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSandbox } from '../src/index.ts';
import { cents, readBooks } from './books.ts';
import { connect, lineOf, saleOf, useXero, type Xero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (path: string, body: unknown) => xero().call('PUT', path, body);
const post = (path: string, body: unknown) => xero().call('POST', path, body);
const journalList = z.array(
  z.object({
    JournalID: z.string(),
    JournalNumber: z.number(),
    SourceID: z.string(),
    SourceType: z.string(),
    JournalLines: z.array(
      z.object({
        AccountCode: z.string(),
        NetAmount: z.number(),
        GrossAmount: z.number(),
        TaxAmount: z.number(),
      }),
    ),
  }),
);
const read = async (query = '', from: Xero = xero()) =>
  journalList.parse((await from.call('GET', `/Journals${query}`)).json('Journals'));
const netsOf = (journal: z.output<typeof journalList>[number] | undefined) =>
  journal?.JournalLines.map((line) => [line.AccountCode, line.NetAmount]);
const sale = async (number: string, more = {}) =>
  String((await put('/Invoices', saleOf(number, more))).json('Invoices.0.InvoiceID'));

describe('XERO.md 5: journals', () => {
  it('are numbered once: a payment adds one and renumbers none, and 5 lists them from an offset', async () => {
    const first = await sale('I-1');
    const second = await sale('I-2');
    const before = await read();
    expect(before.map((one) => [one.JournalNumber, one.SourceID])).toEqual([
      [1, first],
      [2, second],
    ]);
    await put('/Payments', {
      Invoice: { InvoiceID: first },
      Account: { Code: '090' },
      Date: '2026-03-20',
      Amount: 20,
    });
    await post(`/Invoices/${second}`, { Reference: 'Only words' });
    const after = await read();
    expect(after.slice(0, 2)).toEqual(before);
    expect(after.map((one) => one.SourceType)).toEqual(['ACCREC', 'ACCREC', 'ACCRECPAYMENT']);
    expect((await read('?offset=2')).map((one) => one.JournalNumber)).toEqual([3]);
    const [one] = before;
    const [byId, byNumber] = [await read(`/${one?.JournalID}`), await read('/1')];
    expect([byId, byNumber]).toEqual([[one], [one]]);
    expect((await xero().call('GET', '/Journals/99')).status).toBe(404);
  });

  it('of a void or an edit are taken back by a reversal, and what is posted anew comes after it', async () => {
    const id = await sale('I-1');
    const original = netsOf((await read())[0]);
    await post(`/Invoices/${id}`, { LineItems: [lineOf({ Quantity: 1 })] });
    const edited = await read();
    expect(edited.map(netsOf)).toEqual([
      original,
      [
        ['610', -120],
        ['200', 100],
        ['820', 20],
      ],
      [
        ['610', 30],
        ['200', -25],
        ['820', -5],
      ],
    ]);
    await post(`/Invoices/${id}`, { Status: 'VOIDED' });
    const voided = await read();
    expect(voided.slice(0, 3)).toEqual(edited);
    expect(netsOf(voided[3])).toEqual([
      ['610', -30],
      ['200', 25],
      ['820', 5],
    ]);
    expect(voided.every((one) => one.SourceID === id)).toBe(true);
  });

  it('show each line with its tax, which stands on a line of its own', async () => {
    await sale('I-1');
    expect((await read())[0]?.JournalLines).toMatchObject([
      { AccountCode: '610', NetAmount: 120, GrossAmount: 120, TaxAmount: 0 },
      { AccountCode: '200', NetAmount: -100, GrossAmount: -120, TaxAmount: -20 },
      { AccountCode: '820', NetAmount: -20, GrossAmount: -20, TaxAmount: 0 },
    ]);
  });

  it('of a refused call leave no number behind', async () => {
    const twice = { Invoices: [saleOf('I-1'), saleOf('I-1')] };
    expect((await put('/Invoices', twice)).status).toBe(400);
    expect(await read()).toEqual([]);
    const id = await sale('I-2');
    const payment = { Invoice: { InvoiceID: id }, Account: { Code: '090' }, Date: '2026-03-20', Amount: 100 };
    expect((await put('/Payments', { Payments: [payment, payment] })).status).toBe(400);
    expect(await read()).toHaveLength(1);
  });

  it('add up to the trial balance; paymentsOnly leaves out what is no money', async () => {
    const id = await sale('I-1');
    await sale('I-2');
    await put('/Payments', {
      Invoice: { InvoiceID: id },
      Account: { Code: '090' },
      Date: '2026-03-20',
      Amount: 120,
    });
    await post('/Invoices/I-2', { Status: 'VOIDED' });
    const sums = new Map<string, number>();
    for (const line of (await read()).flatMap((one) => one.JournalLines))
      sums.set(line.AccountCode, (sums.get(line.AccountCode) ?? 0) + cents(line.NetAmount));
    const books = await readBooks(xero());
    for (const [code, sum] of sums) expect(sum, code).toBe(books.balance(code));
    expect((await read('?paymentsOnly=true')).map((one) => one.SourceType)).toEqual(['ACCRECPAYMENT']);
  });

  it('keep their numbers over a restart, and over a snapshot put back', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'journals-'));
    const first = await createSandbox({ limits: 'off', dataDir });
    const client = await connect(first.url);
    const made = await client.call('PUT', '/Invoices', { Invoices: [saleOf('I-1'), saleOf('I-2')] });
    await client.call('POST', `/Invoices/${String(made.json('Invoices.0.InvoiceID'))}`, { Status: 'VOIDED' });
    const before = await read('', client);
    expect(before).toHaveLength(3);
    await first.close();
    const second = await createSandbox({ limits: 'off', dataDir });
    const again = await connect(second.url);
    expect(await read('', again)).toEqual(before);
    const snapshot = await again.control.snapshot();
    await again.control.reset();
    await again.control.restore(snapshot);
    expect(await read('', again)).toEqual(before);
    await second.close();
    rmSync(dataDir, { recursive: true });
  });
});
