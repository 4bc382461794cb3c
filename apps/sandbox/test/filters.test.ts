// The filters of lists (XERO.md 5): the parameters of each resource, the order, and lists that touch too much (XERO.md 2).
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, lineOf, look, saleOf, useXero } from './xero.ts';

const xero = useXero();

const get = (path: string, query: Readonly<Record<string, string>> = {}) =>
  xero().call('GET', `${path}?${new URLSearchParams(query)}`);
const put = async (path: string, body: unknown): Promise<Answer> => {
  const answer = await xero().call('PUT', path, body);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
};
const listed = async (path: string, member: string, query: Readonly<Record<string, string>>) => {
  const found = (await get(path, query)).json(path.slice(1));
  return Array.isArray(found) ? found.map((one) => look(one, member)) : found;
};
const numbers = (query: Readonly<Record<string, string>>) =>
  listed('/Invoices', 'InvoiceNumber', { order: 'InvoiceNumber', ...query });

describe('filters of invoices', () => {
  beforeAll(async () => {
    await xero().control.reset();
    await put('/Invoices', {
      Invoices: [
        saleOf('A', { Reference: 'red lamp', Contact: { Name: 'Ann Archer', ContactNumber: 'C-1' } }),
        saleOf('B', { Status: 'DRAFT', Contact: { Name: 'Bo' } }),
        saleOf('C', {
          Status: 'SUBMITTED',
          Date: '2026-03-05',
          DueDate: '2026-03-09',
          Contact: { Name: 'Bo' },
        }),
      ],
    });
  });

  it('IDs, InvoiceNumbers, ContactIDs and Statuses are lists with commas', async () => {
    const ids = await listed('/Invoices', 'InvoiceID', { InvoiceNumbers: 'A,C', order: 'InvoiceNumber' });
    expect(await numbers({ IDs: String(ids) })).toEqual(['A', 'C']);
    const contact = (await get('/Invoices/B')).json('Invoices.0.Contact.ContactID');
    expect(await numbers({ ContactIDs: String(contact) })).toEqual(['B', 'C']);
    expect(await numbers({ Statuses: 'DRAFT,SUBMITTED' })).toEqual(['B', 'C']);
    expect(await numbers({ ContactIDs: String(contact), Statuses: 'DRAFT' })).toEqual(['B']);
  });

  it('searchTerm looks into numbers and references', async () => {
    expect(await numbers({ searchTerm: 'LAMP' })).toEqual(['A']);
  });

  it('includeArchived changes nothing where nothing is archived', async () => {
    expect(await numbers({ includeArchived: 'true' })).toEqual(['A', 'B', 'C']);
  });

  it('createdByMyApp leaves out what another app has made', async () => {
    await fetch(`${xero().url}/__sandbox/apps`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id: 'other', kind: 'custom', secret: 's', tenant: xero().tenant }),
    });
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'accounting.invoices accounting.contacts',
    });
    const Authorization = `Basic ${Buffer.from('other:s').toString('base64')}`;
    const token = await fetch(`${xero().url}/connect/token`, {
      method: 'POST',
      headers: { Authorization },
      body: form,
    });
    const bearer = { Authorization: `Bearer ${String(look(await token.json(), 'access_token'))}` };
    expect((await xero().call('PUT', '/Invoices', saleOf('D'), bearer)).status).toBe(200);
    await xero().call('POST', '/Invoices', { InvoiceNumber: 'A', Reference: 'red lamp 2' }, bearer);
    expect(await numbers({ createdByMyApp: 'true' })).toEqual(['A', 'B', 'C']);
    expect(await numbers({ createdByMyApp: 'false' })).toEqual(['A', 'B', 'C', 'D']);
    const theirs = await xero().call('GET', '/Invoices?createdByMyApp=true', undefined, bearer);
    expect(theirs.json('Invoices')).toMatchObject([{ InvoiceNumber: 'D' }]);
  });

  it.each([
    'Status=="DRAFT"',
    'Contact.Name=="Bo" AND Status=="DRAFT"',
    'InvoiceNumber=="B"',
    'Type=="ACCREC" AND Total>0 AND Status=="DRAFT"',
    'AmountDue==120 AND AmountPaid==0 && Status=="DRAFT"',
    'Date>=DateTime(2026,03,01) AND Date<DateTime(2026,03,04) AND DueDate==DateTime(2026,04,01) AND Status=="DRAFT"',
  ])('where %s', async (where) => {
    expect(await numbers({ where })).toEqual(['B']);
  });

  it('where writes ids as Guid("…") or as plain texts, the former only while the option where-guid knows it', async () => {
    const id = String((await get('/Invoices/B')).json('Invoices.0.InvoiceID'));
    expect(await numbers({ where: `InvoiceID==Guid("${id}")` })).toEqual(['B']);
    expect(await numbers({ where: `InvoiceID=="${id}"` })).toEqual(['B']);
    await xero().control.setOptions({ 'where-guid': 'unknown' });
    expect((await get('/Invoices', { where: `InvoiceID==Guid("${id}")` })).json('ErrorNumber')).toBe(16);
    expect(await numbers({ where: `InvoiceID=="${id}"` })).toEqual(['B']);
    await xero().control.setOptions({ 'where-guid': 'known' });
  });

  it('where knows no escape for a quotation mark within a text', async () => {
    expect((await get('/Invoices', { where: 'Reference=="red \\"lamp\\""' })).json('ErrorNumber')).toBe(16);
  });

  it('comes oldest change first unless an order is asked for', async () => {
    await xero().control.advance(2_000);
    await xero().call('POST', '/Invoices', { InvoiceNumber: 'A', Reference: 'newest' });
    const unordered = await listed('/Invoices', 'InvoiceNumber', { IDs: '', page: '1' });
    expect(Array.isArray(unordered) && unordered.at(-1)).toBe('A');
    const equal = await listed('/Invoices', 'InvoiceID', { Statuses: 'DRAFT,SUBMITTED' });
    expect(equal).toEqual(Array.isArray(equal) ? [...equal].sort() : []);
    expect(await numbers({ order: 'InvoiceNumber DESC', Statuses: 'DRAFT,SUBMITTED' })).toEqual(['C', 'B']);
  });
});

describe('filters of other lists', () => {
  beforeAll(async () => {
    await xero().control.reset();
    const LineItems = [lineOf()];
    await put('/Contacts', {
      Contacts: [
        { Name: 'Zoë', EmailAddress: 'zoe@x.example', AccountNumber: 'A1' },
        { Name: 'Bo', FirstName: 'Robert' },
        { Name: 'Gone', ContactNumber: 'C-9' },
      ],
    });
    await xero().call('POST', '/Contacts', { ContactNumber: 'C-9', ContactStatus: 'ARCHIVED' });
    const order = { Contact: { Name: 'Bo' }, LineItems };
    await put('/PurchaseOrders', { ...order, PurchaseOrderNumber: 'P-1', Date: '2026-03-02' });
    await put('/PurchaseOrders', {
      ...order,
      PurchaseOrderNumber: 'P-2',
      Date: '2026-04-02',
      Status: 'SUBMITTED',
    });
    await put('/Quotes', { ...order, QuoteNumber: 'Q-1', Date: '2026-03-02', ExpiryDate: '2026-03-30' });
    await put('/Quotes', {
      ...order,
      Contact: { Name: 'Zoë' },
      QuoteNumber: 'Q-2',
      Date: '2026-04-02',
      Status: 'SENT',
    });
    const money = { Contact: { Name: 'Bo' }, BankAccount: { Code: '090' }, LineItems };
    for (const [Type, kind] of [
      ['RECEIVE', 'b'],
      ['RECEIVE-PREPAYMENT', 'p'],
      ['RECEIVE-OVERPAYMENT', 'o'],
    ] as const) {
      for (const nth of [1, 2])
        await put('/BankTransactions', { ...money, Type, Reference: `${kind}-${nth}` });
    }
  });

  it('contacts have IDs, includeArchived, searchTerm and where, which minds neither case nor accents', async () => {
    const found = (query: Readonly<Record<string, string>>) =>
      listed('/Contacts', 'Name', { order: 'Name', ...query });
    expect(await found({})).toEqual(['Bo', 'Zoë']);
    expect(await found({ includeArchived: 'true' })).toEqual(['Bo', 'Gone', 'Zoë']);
    const ids = await listed('/Contacts', 'ContactID', { where: 'Name=="zoe"' });
    expect(await found({ IDs: String(ids) })).toEqual(['Zoë']);
    expect(await found({ searchTerm: 'robert' })).toEqual(['Bo']);
    expect(await found({ where: 'EmailAddress=="ZOE@x.example"' })).toEqual(['Zoë']);
    expect(await found({ where: 'AccountNumber=="a1"' })).toEqual(['Zoë']);
  });

  it('purchase orders have Status, DateFrom and DateTo, and no where', async () => {
    const found = (query: Readonly<Record<string, string>>) =>
      listed('/PurchaseOrders', 'PurchaseOrderNumber', { order: 'PurchaseOrderNumber', ...query });
    expect(await found({ Status: 'SUBMITTED' })).toEqual(['P-2']);
    expect(await found({ DateFrom: '2026-03-03' })).toEqual(['P-2']);
    expect(await found({ DateTo: '2026-03-03' })).toEqual(['P-1']);
    expect(await found({ where: 'PurchaseOrderNumber=="P-1"' })).toEqual(['P-1', 'P-2']);
  });

  it('quotes have Status, dates, expiry dates, ContactID and QuoteNumber', async () => {
    const found = (query: Readonly<Record<string, string>>) => listed('/Quotes', 'QuoteNumber', query);
    for (const query of [
      { Status: 'DRAFT' },
      { DateTo: '2026-03-31' },
      { ExpiryDateFrom: '2026-03-01' },
      { ExpiryDateTo: '2026-03-31' },
      { QuoteNumber: 'Q-1' },
    ])
      expect(await found(query)).toEqual(['Q-1']);
    const contact = (await listed('/Contacts', 'ContactID', { searchTerm: 'zo' }))?.toString() ?? '';
    expect(await found({ ContactID: contact, DateFrom: '2026-04-01' })).toEqual(['Q-2']);
  });

  it.each([
    ['BankTransactions', 'b-2'],
    ['Prepayments', 'p-2'],
    ['Overpayments', 'o-2'],
  ])('%s have References', async (resource, reference) => {
    expect(await listed(`/${resource}`, 'Reference', { References: `x,${reference}` })).toEqual([reference]);
  });

  it.each([
    ['Accounts', 'Type=="BANK"', 'Code DESC'],
    ['BankTransactions', 'Type=="RECEIVE"', 'Date'],
    ['BatchPayments', 'Status=="AUTHORISED"', 'Date'],
    ['Contacts', 'IsCustomer==true', 'Name'],
    ['ContactGroups', 'Name=="x"', 'Name'],
    ['CreditNotes', 'Status=="DRAFT"', 'Date'],
    ['Currencies', 'Code=="GBP"', 'Code'],
    ['Invoices', 'Status=="DRAFT"', 'Date'],
    ['Items', 'Code=="x"', 'Code'],
    ['ManualJournals', 'Status=="POSTED"', 'Date'],
    ['Overpayments', 'Status=="AUTHORISED"', 'Date'],
    ['Payments', 'Status=="AUTHORISED"', 'Date'],
    ['Prepayments', 'Status=="AUTHORISED"', 'Date'],
    ['TaxRates', 'TaxType=="NONE"', 'Name'],
    ['TrackingCategories', 'Status=="ACTIVE"', 'Name'],
  ])('%s take where and order, and refuse those that cannot be read', async (resource, where, order) => {
    expect((await get(`/${resource}`, { where, order })).status).toBe(200);
    for (const bad of [{ where: 'Nothing==1' }, { where: 'Status==' }, { order: 'Nothing' }]) {
      const answer = await get(`/${resource}`, bad);
      expect([answer.status, answer.json('ErrorNumber'), answer.json('Type')]).toEqual([
        400,
        16,
        'QueryParseException',
      ]);
    }
  });
});

describe('a list that touches too many records', () => {
  beforeAll(async () => {
    await xero().control.reset();
    const each = (make: (n: string) => unknown) => Array.from({ length: 101 }, (_, n) => make(String(n)));
    await put('/Contacts', { Contacts: each((n) => ({ Name: n })) });
    await put('/Invoices', { Invoices: each((n) => saleOf(n, { Contact: { Name: '1' } })) });
    await xero().control.setOptions({ 'high-volume': '100' });
    return () => xero().control.setOptions({ 'high-volume': '100000' });
  });

  it.each([
    ['/Invoices', {}],
    ['/Contacts', {}],
    ['/Invoices', { where: 'Total>1', page: '1' }],
    ['/Invoices', { where: 'Reference.Contains("x")', page: '1' }],
    ['/Invoices', { order: 'Total', page: '1' }],
    ['/Contacts', { where: 'FirstName=="x"', page: '1' }],
  ])('is refused: %s %o', async (path, query) => {
    const answer = await get(path, query);
    expect([answer.status, answer.json()]).toEqual([
      400,
      { ErrorNumber: 51, Type: 'HighVolumeException', Message: expect.any(String) },
    ]);
  });

  it.each([
    ['/Invoices', { page: '1' }],
    ['/Invoices', { where: 'Status=="DRAFT"' }],
    ['/Invoices', { where: 'Date>DateTime(2026,01,01)', order: 'Date DESC', page: '1' }],
    ['/Contacts', { where: 'Name=="7"', page: '1' }],
    ['/Items', { where: 'Description=="x"' }],
  ])('is not where pages and optimised fields are asked for: %s %o', async (path, query) => {
    expect((await get(path, query)).status).toBe(200);
  });

  it('is not where the option high-volume is off, nor below the usual hundred thousand', async () => {
    for (const value of ['off', '100000'] as const) {
      await xero().control.setOptions({ 'high-volume': value });
      expect((await get('/Invoices')).json('Invoices')).toHaveLength(101);
    }
    await xero().control.setOptions({ 'high-volume': '100' });
  });
});
