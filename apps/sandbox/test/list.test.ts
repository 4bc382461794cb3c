// Reading lists (XERO.md 5): paging, filters, order, changes since, and the where expression.
import { beforeAll, describe, expect, it } from 'vitest';
import { lineOf, look, saleOf, useXero } from './xero.ts';

const xero = useXero();

beforeAll(async () => {
  const number = (n: number) => `L-${String(n).padStart(3, '0')}`;
  const sales = Array.from({ length: 60 }, (_, n) =>
    saleOf(number(n), {
      Contact: { Name: n % 2 === 0 ? 'Zoë Even' : 'Odd "O" Ltd' },
      Date: `2026-03-${String((n % 28) + 1).padStart(2, '0')}`,
      Status: n < 10 ? 'DRAFT' : 'AUTHORISED',
      Reference: `order ${n}`,
      LineItems: [lineOf({ Quantity: n + 1 })],
    }),
  );
  await xero().call('PUT', '/Invoices', { Invoices: sales });
});

const get = (path: string, query: Readonly<Record<string, string>> = {}, headers = {}) =>
  xero().call('GET', `${path}?${new URLSearchParams(query)}`, undefined, headers);
const numbersOf = async (query: Readonly<Record<string, string>>, headers = {}) => {
  const found = (await get('/Invoices', query, headers)).json('Invoices');
  return Array.isArray(found) ? found.map((one) => look(one, 'InvoiceNumber')) : [];
};

describe('pages', () => {
  it('come a hundred or so many at a time with a lower-case pagination', async () => {
    const page = await get('/Invoices', { page: '3', pageSize: '25', order: 'InvoiceNumber ASC' });
    expect(page.json('pagination')).toEqual({ page: 3, pageSize: 25, pageCount: 3, itemCount: 60 });
    expect(page.json('Invoices')).toHaveLength(10);
    expect(page.json('Invoices.0')).toMatchObject({
      InvoiceNumber: 'L-050',
      LineItems: [{ LineAmount: 1275 }],
    });
    expect((await get('/Invoices', { page: '0', pageSize: '9999' })).json('pagination')).toMatchObject({
      page: 1,
      pageSize: 1000,
    });
    expect((await get('/Invoices', { page: '9' })).json('Invoices')).toEqual([]);
  });

  it('an unpaged list has no lines, a summary not even the member', async () => {
    const list = await get('/Invoices');
    expect(list.json('pagination')).toBeUndefined();
    expect([(await numbersOf({ order: 'InvoiceNumber' })).length, list.json('Invoices.0.LineItems')]).toEqual(
      [60, []],
    );
    const summary = await get('/Invoices', { summaryOnly: 'true' });
    expect(summary.json('pagination.itemCount')).toBe(60);
    expect(Object.keys(Object(summary.json('Invoices.0')))).not.toContain('LineItems');
  });
});

describe('filters', () => {
  it('by ids, numbers, contacts, statuses and words', async () => {
    const ids = (await get('/Invoices', { InvoiceNumbers: 'L-001,l-003,none' })).json('Invoices');
    expect(Array.isArray(ids) ? ids.map((one) => look(one, 'InvoiceNumber')) : []).toEqual([
      'L-001',
      'L-003',
    ]);
    const IDs = [0, 1].map((index) => String(look(ids, `${index}.InvoiceID`))).join(',');
    expect((await get('/Invoices', { IDs })).json('pagination.itemCount')).toBe(2);
    const ContactIDs = String(look(ids, '0.Contact.ContactID'));
    expect(await numbersOf({ ContactIDs, Statuses: 'DRAFT', order: 'InvoiceNumber' })).toEqual([
      'L-001',
      'L-003',
      'L-005',
      'L-007',
      'L-009',
    ]);
    expect(await numbersOf({ searchTerm: 'ORDER 17' })).toEqual(['L-017']);
    expect((await get('/Contacts', { searchTerm: 'odd' })).json('Contacts')).toHaveLength(1);
    expect((await get('/Contacts', { IDs: ContactIDs })).json('Contacts')).toHaveLength(1);
  });

  it('what changed since an instant, whole seconds, in every form of the header', async () => {
    await xero().control.advance(5_000);
    const { simulatedMs, realMs } = await xero().control.clock();
    const since = new Date(simulatedMs + Date.now() - realMs - 2_000).toISOString();
    await xero().call('POST', '/Invoices', { InvoiceNumber: 'L-020', Reference: 'changed' });
    for (const value of [since, since.slice(0, 19), new Date(since).toUTCString()]) {
      expect(await numbersOf({ page: '1' }, { 'If-Modified-Since': value })).toEqual(['L-020']);
    }
    expect(await numbersOf({}, { 'If-Modified-Since': '2099-01-01T00:00:00' })).toEqual([]);
    expect((await get('/Invoices', {}, { 'If-Modified-Since': 'yesterday' })).status).toBe(412);
    expect((await numbersOf({ page: '1' })).at(-1)).toBe('L-020');
  });

  it('orders by several fields', async () => {
    const found = await numbersOf({ order: 'Date DESC, InvoiceNumber ASC', page: '1', pageSize: '4' });
    expect(found).toEqual(['L-027', 'L-055', 'L-026', 'L-054']);
    expect((await get('/Invoices', { order: 'Colour' })).json('ErrorNumber')).toBe(16);
  });
});

describe('where', () => {
  it.each([
    ['InvoiceNumber=="L-004"', ['L-004']],
    ['InvoiceNumber = "l-004" or InvoiceNumber=="L-006"', ['L-004', 'L-006']],
    ['Date >= DateTime(2026,03,27) AND Date<DateTime(2026, 3, 28) && Status!="DRAFT"', ['L-026', 'L-054']],
    ['Reference.StartsWith("order 5") AND Total > 1739.5', ['L-057', 'L-058', 'L-059']],
    ['(Total == 30 || Total==60.00) AND !(Status == "VOIDED")', ['L-000', 'L-001']],
    ['Contact.Name.ToLower().Contains("zoe") AND Total<=90', ['L-000', 'L-002']],
    ['Reference.EndsWith("r 8") and SentToContact==false', ['L-008']],
    ['Type=="ACCREC" AND Total<0', []],
    ['Url == null OR Total==30', "No property or field 'Url' exists in type 'Invoice'"],
    ['DueDate > "2026-01-01" && InvoiceNumber<>null && Total = 30', ['L-000']],
  ])('%s', async (where, expected) => {
    const answer = await get('/Invoices', { where, order: 'InvoiceNumber' });
    const found = answer.json('Invoices');
    const got = Array.isArray(found)
      ? found.map((one) => look(one, 'InvoiceNumber'))
      : answer.json('Message');
    expect(got).toEqual(expected);
  });

  it('finds by Guid', async () => {
    const id = String((await get('/Invoices/L-007')).json('Invoices.0.InvoiceID'));
    expect(await numbersOf({ where: `InvoiceID==Guid("${id.toUpperCase()}")` })).toEqual(['L-007']);
    const contact = String((await get('/Invoices/L-007')).json('Invoices.0.Contact.ContactID'));
    expect(
      await numbersOf({
        where: `Contact.ContactID==Guid("${contact}") AND Status=="DRAFT"`,
        order: 'InvoiceNumber',
      }),
    ).toHaveLength(5);
  });

  it.each([
    ['Total ==', 'Expression expected'],
    ['AND', "No property or field 'AND' exists in type 'Invoice'"],
    ['InvoiceNumber=="L', 'Unterminated string literal'],
    ["InvoiceNumber=='L-001'", 'Character literal must contain exactly one character'],
    ['(Total==1', "')' or operator expected"],
    ['Total == "x"', "Operator '==' incompatible with operand types 'Decimal' and 'String'"],
    ['InvoiceNumber > "a"', "Operator '>' incompatible with operand types 'String' and 'String'"],
    [
      'Date == DateTime(2026,02,30)',
      'Year, Month, and Day parameters describe an un-representable DateTime.',
    ],
    ['InvoiceNumber', "Expression of type 'Boolean' expected"],
    ['Total==1 Total==2', 'Syntax error'],
    [`${'('.repeat(150)}Total==1`, 'Expression is nested too deeply'],
    ['constructor=="x"', "No property or field 'constructor' exists in type 'Invoice'"],
  ])('refuses %s', async (where, message) => {
    const answer = await get('/Invoices', { where });
    expect([answer.status, answer.json()]).toEqual([
      400,
      { ErrorNumber: 16, Type: 'QueryParseException', Message: message },
    ]);
  });
});
