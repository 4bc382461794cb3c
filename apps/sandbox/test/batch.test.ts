// Batches (XERO.md 4), malformed requests and error shapes (10.1), and the addresses below /__sandbox.
import { beforeEach, describe, expect, it } from 'vitest';
import { lineOf, look, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (body: unknown, query = '') => xero().call('PUT', `/Invoices${query}`, body);
const bad = (number: string) =>
  saleOf(number, {
    Contact: { Name: `Made for ${number}` },
    LineItems: [lineOf(), lineOf({ AccountCode: '999' })],
  });
/** Lists and objects in each other, so many. */
const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value, b: null };
  return value;
};
const countOf = async () => {
  const mine = (await xero().control.summary()).organisations[xero().tenant];
  return [mine?.Invoices.count, mine?.Contacts.count];
};

describe('a batch with bad elements', () => {
  it('is refused as a whole by default, naming the bad ones, and leaves nothing behind', async () => {
    const answer = await put({ Invoices: [saleOf('A'), bad('B'), saleOf('C'), bad('D')] });
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({
      ErrorNumber: 10,
      Type: 'ValidationException',
      Message: 'A validation exception occurred',
    });
    expect(answer.json('Elements')).toMatchObject([
      {
        InvoiceID: '00000000-0000-0000-0000-000000000000',
        InvoiceNumber: 'B',
        HasErrors: true,
        ValidationErrors: [{ Message: "Account code '999' is not a valid code for this document" }],
      },
      { InvoiceNumber: 'D' },
    ]);
    expect(answer.json('Elements.0.LineItems.0.ValidationErrors')).toEqual([]);
    expect(answer.json('Elements.0.LineItems.1.ValidationErrors.0.Message')).toMatch(/999/);
    expect(await countOf()).toEqual([0, 0]);
  });

  it('with summarizeErrors=false gives a verdict each, in order, and saves the good ones alone', async () => {
    const answer = await put({ Invoices: [saleOf('A'), bad('B'), saleOf('C')] }, '?summarizeErrors=false');
    expect(answer.status).toBe(200);
    expect(answer.json('Invoices')).toMatchObject([
      { InvoiceNumber: 'A', StatusAttributeString: 'OK', HasErrors: false },
      {
        InvoiceNumber: 'B',
        StatusAttributeString: 'ERROR',
        HasErrors: true,
        InvoiceID: '00000000-0000-0000-0000-000000000000',
      },
      { InvoiceNumber: 'C', StatusAttributeString: 'OK' },
    ]);
    expect(await countOf()).toEqual([2, 1]);
  });

  it('finds twins within itself', async () => {
    const invoices = await put({ Invoices: [saleOf('A'), saleOf('a')] }, '?summarizeErrors=false');
    expect(invoices.json('Invoices.1.ValidationErrors')).toEqual([{ Message: 'Invoice # must be unique.' }]);
    const contacts = await xero().call('PUT', '/Contacts?summarizeErrors=false', {
      Contacts: [{ Name: 'X' }, { Name: 'x' }],
    });
    expect(contacts.json('Contacts.1')).toMatchObject({
      StatusAttributeString: 'ERROR',
      HasValidationErrors: true,
    });
    const items = await xero().call('POST', '/Items?summarizeErrors=false', {
      Items: [
        { Code: 'X', Name: '1' },
        { Code: 'x', Name: '2' },
      ],
    });
    expect(look(items.json('Items.0'), 'ItemID')).toBe(look(items.json('Items.1'), 'ItemID'));
  });

  it('keeps the old state of a record whose update was refused', async () => {
    await put(saleOf('A', { Reference: 'old' }));
    const refused = await xero().call('POST', '/Invoices', {
      Invoices: [{ InvoiceNumber: 'A', Reference: 'new' }, bad('B')],
    });
    expect(refused.status).toBe(400);
    expect((await xero().call('GET', '/Invoices/A')).json('Invoices.0.Reference')).toBe('old');
    expect((await put(saleOf('A'))).status).toBe(400);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['no body', '', /post data was empty/],
    ['no JSON', '{"Invoices":', /could not be read/],
    ['a list', '[]', /JSON object/],
    ['a number as an element', '{"Invoices":[17]}', /Path 'Invoices\[0\]'/],
    ['what is deeper than 64', saleOf('A', { More: nested(64) }), /MaxDepth of 64/],
    [
      'a word that is none',
      { Invoices: [saleOf('A', { LineAmountTypes: 'NO_TAX' })] },
      /^Error converting value "NO_TAX" to type 'Xero\.API\.Library\.LineAmountType'\. Path 'Invoices\[0\]\.LineAmountTypes'\.$/,
    ],
    [
      'a quantity that is no number',
      saleOf('A', { LineItems: [lineOf({ Quantity: 'abc' })] }),
      /^Could not convert string to decimal: abc\. Path 'Invoices\[0\]\.LineItems\[0\]\.Quantity'\.$/,
    ],
    [
      'a date that is none',
      saleOf('A', { Date: '2026-02-30' }),
      /^Could not convert string to DateTime: 2026-02-30\. Path 'Invoices\[0\]\.Date'\.$/,
    ],
    ['an id that is none', saleOf('A', { Contact: { ContactID: 'x' } }), /to type 'System\.Guid'/],
    [
      'a text that is an object',
      saleOf('A', { Reference: {} }),
      /^Error reading string\. Unexpected token: StartObject\. Path 'Invoices\[0\]\.Reference'\.$/,
    ],
  ])('%s is refused with 400 PostDataInvalidException', async (_what, body, message) => {
    const answer = await put(body);
    expect(answer.json()).toMatchObject({
      ErrorNumber: 14,
      Type: 'PostDataInvalidException',
      Message: expect.stringMatching(message),
    });
    expect(answer.status).toBe(400);
    expect(await countOf()).toEqual([0, 0]);
  });

  it('what is 64 deep is read', async () => {
    expect((await put(saleOf('A', { More: nested(63) }))).status).toBe(200);
  });

  it('XML is refused in plain words, JSON given where anything is taken', async () => {
    const xml = await xero().call('GET', '/Contacts', undefined, { Accept: 'application/xml' });
    expect([xml.status, xml.text]).toEqual([406, expect.stringContaining('JSON only')]);
    expect(
      (await xero().call('GET', '/Contacts', undefined, { Accept: '*/*' })).headers.get('content-type'),
    ).toContain('json');
    expect((await xero().call('PUT', '/Contacts', '<Contact/>', { 'Content-Type': 'text/xml' })).status).toBe(
      415,
    );
  });

  it.each([
    ['GET', '/Nothing'],
    ['GET', '/Invoices/none'],
    ['GET', '/Contacts/none'],
    ['POST', '/Invoices/none'],
    ['GET', '/Invoices/a/b/c'],
  ])('%s %s is 404 in plain text', async (method, path) => {
    const answer = await xero().call(method, path, method === 'POST' ? { Reference: 'x' } : undefined);
    expect([answer.status, answer.text]).toEqual([404, "The resource you're looking for cannot be found"]);
  });

  it('a body of more than 10 MB is refused', async () => {
    expect((await put(`{"Invoices":[${' '.repeat(10_500_000)}]}`)).status).toBe(413);
  });
});

describe('the addresses of the sandbox itself', () => {
  it('count calls by method and first part of the path, refused ones too, and forget them at a reset', async () => {
    await put(saleOf('A'));
    await put(saleOf('A'));
    await xero().call('GET', '/Invoices/A');
    expect((await xero().control.summary()).calls).toEqual({
      'PUT /Invoices': { '200': 1, '400': 1 },
      'GET /Invoices': { '200': 1 },
    });
    await xero().control.reset();
    const { organisations, ...rest } = await xero().control.summary();
    expect(rest).toEqual({ calls: {}, throttled: 0 });
    const empty = { count: 0, duplicates: 0 };
    const documents = { ...empty, by: {}, accounts: {} };
    expect(organisations[xero().tenant]).toEqual({
      name: 'Stockbook Trial (GB)',
      ...{ Contacts: empty, Items: empty, ManualJournals: empty, Attachments: empty },
      ...{ Invoices: documents, CreditNotes: documents, PurchaseOrders: documents, Quotes: documents },
      ...{ BankTransactions: documents, Overpayments: documents, Prepayments: documents },
      Payments: { ...empty, by: {} },
    });
    expect((await xero().call('GET', '/Organisation')).status).toBe(200);
  });

  it('sum by type and status with tax, and by account without', async () => {
    await put({
      Invoices: [
        saleOf('A', { LineItems: [lineOf(), lineOf({ AccountCode: '205', UnitAmount: 1 })] }),
        saleOf('B', { LineAmountTypes: 'Inclusive', LineItems: [lineOf({ Quantity: 1, UnitAmount: 12 })] }),
        saleOf('C', { Status: 'DRAFT' }),
      ],
    });
    const id = String((await xero().call('GET', '/Invoices/C')).json('Invoices.0.InvoiceID'));
    await xero().call('POST', `/Invoices/${id}`, { Status: 'DELETED' });
    expect((await xero().control.summary()).organisations[xero().tenant]?.Invoices).toEqual({
      count: 3,
      duplicates: 0,
      by: {
        'ACCREC AUTHORISED': { count: 2, total: '136.80', tax: '22.80' },
        'ACCREC DELETED': { count: 1, total: '120.00', tax: '20.00' },
      },
      accounts: { '200': '110.00', '205': '4.00' },
    });
  });

  it('refuse what they do not understand', async () => {
    await expect(xero().control.setClock({ scale: 0 })).rejects.toThrow(/400/);
    const answer = await fetch(`${xero().url}/__sandbox/latency`, { method: 'POST', body: '{"ms":"soon"}' });
    expect(answer.status).toBe(400);
  });

  it('show a page for people', async () => {
    const html = await (await fetch(`${xero().url}/`)).text();
    expect(html).toContain('Stockbook Trial (GB)');
    expect(html).toContain(xero().tenant);
  });
});
