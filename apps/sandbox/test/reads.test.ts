// Reading (XERO.md 5): media type, envelope, dates, pages, and the query parameters that each list has.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, lineOf, saleOf, useXero } from './xero.ts';

const xero = useXero();

const get = (path: string, query: Readonly<Record<string, string>> = {}, headers = {}) =>
  xero().call('GET', `${path}?${new URLSearchParams(query)}`, undefined, headers);
const put = async (path: string, body: unknown): Promise<Answer> => {
  const answer = await xero().call('PUT', path, body);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
};
/** One record of each resource that is read. */
async function fill(): Promise<void> {
  const Contact = { Name: 'Ann Archer' };
  const LineItems = [lineOf()];
  const bank = { Contact, LineItems, BankAccount: { Code: '090' }, Date: '2026-03-02' };
  await put('/Contacts', { ...Contact, EmailAddress: 'ann@archer.example', AccountNumber: 'A1' });
  await put('/Items', { Code: 'L', Name: 'Lamp' });
  await put('/Invoices', saleOf('I-1'));
  await put('/CreditNotes', {
    Type: 'ACCRECCREDIT',
    Contact,
    Date: '2026-03-02',
    Status: 'AUTHORISED',
    LineItems,
  });
  await put('/Payments', {
    Invoice: { InvoiceNumber: 'I-1' },
    Account: { Code: '090' },
    Amount: 1,
    Date: '2026-03-03',
  });
  await put('/BankTransactions', { ...bank, Type: 'RECEIVE', Reference: 'r-1' });
  await put('/BankTransactions', { ...bank, Type: 'RECEIVE-PREPAYMENT', Reference: 'p-1' });
  await put('/BankTransactions', {
    ...bank,
    Type: 'RECEIVE-OVERPAYMENT',
    Reference: 'o-1',
    LineItems: [{ Description: 'Too much', LineAmount: 5 }],
  });
  await put('/PurchaseOrders', { Contact, Date: '2026-03-02', LineItems });
  await put('/Quotes', { Contact, Date: '2026-03-02', ExpiryDate: '2026-04-02', LineItems });
  await put('/ManualJournals', {
    Narration: 'Move',
    Date: '2026-03-02',
    Status: 'POSTED',
    JournalLines: [
      { LineAmount: 10, AccountCode: '404' },
      { LineAmount: -10, AccountCode: '310' },
    ],
  });
}

describe('any reading', () => {
  beforeAll(async () => {
    await xero().control.reset();
    await fill();
  });

  it("stands in Xero's envelope", async () => {
    const answer = await get('/Items');
    expect(answer.json()).toMatchObject({
      Id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      Status: 'OK',
      ProviderName: expect.any(String),
      DateTimeUTC: expect.stringMatching(/^\/Date\(\d{13}\+0000\)\/$/),
      Items: [{ Code: 'L' }],
    });
  });

  it('is JSON where it is accepted; XML is refused in words', async () => {
    const typed = (Accept: string) => get('/Items', {}, { Accept });
    expect((await typed('application/json')).headers.get('content-type')).toContain('application/json');
    for (const accept of ['application/xml', 'text/xml']) {
      const answer = await typed(accept);
      expect([answer.status, answer.text]).toEqual([406, expect.stringContaining('JSON only')]);
    }
  });

  it('without Accept, whose default is XML, is JSON or refused, as the option accept-missing says', async () => {
    expect((await get('/Items', {}, { Accept: '*/*' })).status).toBe(200);
    await xero().control.setOptions({ 'accept-missing': 'refuse' });
    expect((await get('/Items', {}, { Accept: '*/*' })).status).toBe(406);
    await xero().control.setOptions({ 'accept-missing': 'json' });
  });

  it('writes dates with escaped slashes, days as midnight UTC, and their twins without a zone', async () => {
    const { text } = await get('/Invoices/I-1');
    expect(text).toContain(`"Date":"\\/Date(${Date.UTC(2026, 2, 2)}+0000)\\/"`);
    expect(text).toContain('"DateString":"2026-03-02T00:00:00"');
    expect(text).toContain('"DueDateString":"2026-04-01T00:00:00"');
  });

  it.each(['Invoices', 'CreditNotes', 'Payments', 'Prepayments', 'Overpayments'])(
    'tells the last change of %s as a text as well',
    async (resource) => {
      const answer = await get(`/${resource}`);
      expect(answer.json(`${resource}.0.UpdatedDateUTCString`)).toMatch(/^\d{4}(-\d\d){2}T[\d:]{8}Z$/);
    },
  );

  it('of one document is a PDF where that is accepted', async () => {
    for (const path of ['/Invoices/I-1', '/Quotes/QU-0001', '/PurchaseOrders/PO-0001']) {
      const answer = await get(path, {}, { Accept: 'application/pdf' });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(answer.text).toMatch(/^%PDF-1\.4\n.*%%EOF\n$/s);
    }
  });

  it('finds items by code, contacts by number, invoices by number as well as by id', async () => {
    await put('/Contacts', { Name: 'Cy', ContactNumber: 'C-7' });
    for (const [resource, id, key] of [
      ['Items', 'ItemID', 'L'],
      ['Contacts', 'ContactID', 'C-7'],
      ['Invoices', 'InvoiceID', 'I-1'],
    ] as const) {
      const found = (await get(`/${resource}/${key}`)).json(`${resource}.0.${id}`);
      expect((await get(`/${resource}/${String(found)}`)).json(`${resource}.0.${id}`)).toBe(found);
      expect(found).toEqual(expect.any(String));
    }
  });
});

describe('pages', () => {
  beforeAll(async () => {
    await xero().control.reset();
    await fill();
  });

  it.each([
    'Invoices',
    'Contacts',
    'CreditNotes',
    'BankTransactions',
    'ManualJournals',
    'Payments',
    'PurchaseOrders',
    'Prepayments',
    'Overpayments',
  ])('of %s have a lower-case pagination, and sizes from 1 to 1000, 100 unless told', async (resource) => {
    const pagination = async (query: Readonly<Record<string, string>>) =>
      (await get(`/${resource}`, query)).json('pagination');
    expect(await pagination({ page: '1' })).toEqual({
      page: 1,
      pageSize: 100,
      pageCount: 1,
      itemCount: expect.any(Number),
    });
    expect(await pagination({ page: '0', pageSize: '5000' })).toMatchObject({ page: 1, pageSize: 1000 });
    expect(await pagination({ pageSize: '0' })).toMatchObject({ pageSize: 1 });
    const first = (await get(`/${resource}`, { page: '1', pageSize: '1' })).json(resource);
    expect(first).toHaveLength(1);
    expect((await get(`/${resource}`, { page: '99' })).json(resource)).toEqual([]);
  });

  it.each(['Items', 'Accounts', 'TaxRates', 'TrackingCategories', 'ContactGroups', 'BatchPayments'])(
    'there are none of %s',
    async (resource) => {
      const whole = await get(`/${resource}`, { page: '2', pageSize: '1' });
      expect(whole.json('pagination')).toBeUndefined();
      expect(whole.json(resource)).toEqual((await get(`/${resource}`)).json(resource));
    },
  );

  it('there are always of purchase orders', async () => {
    expect((await get('/PurchaseOrders')).json('pagination.itemCount')).toBe(1);
  });

  it('of invoices come of Statuses, IDs and summaryOnly too', async () => {
    const id = String((await get('/Invoices/I-1')).json('Invoices.0.InvoiceID'));
    for (const query of [{ Statuses: 'AUTHORISED' }, { IDs: id }, { summaryOnly: 'true' }])
      expect((await get('/Invoices', query)).json('pagination.itemCount')).toBe(1);
    expect((await get('/Invoices')).json('pagination')).toBeUndefined();
  });

  it('show lines and whole contacts; without pages an invoice has neither', async () => {
    expect((await get('/Invoices')).json('Invoices.0')).toMatchObject({
      LineItems: [],
      Contact: { Phones: [] },
    });
    expect((await get('/Invoices', { page: '1' })).json('Invoices.0.LineItems')).toHaveLength(1);
    const one = (await get('/Invoices/I-1')).json('Invoices.0');
    expect(one).toMatchObject({
      LineItems: [{ Quantity: 4 }],
      Contact: { EmailAddress: 'ann@archer.example' },
    });
  });

  it('show persons, payment terms and balances of contacts; without pages they have none', async () => {
    await xero().call('POST', '/Contacts', {
      Name: 'Ann Archer',
      ContactPersons: [{ FirstName: 'P' }],
      PaymentTerms: { Sales: { Day: 7, Type: 'DAYSAFTERBILLDATE' } },
    });
    const keys = (answer: Answer) => Object.keys(Object(answer.json('Contacts.0')));
    const full = ['ContactPersons', 'PaymentTerms', 'Balances', 'ContactGroups'];
    expect(keys(await get('/Contacts', { page: '1' }))).toEqual(expect.arrayContaining(full));
    const list = await get('/Contacts');
    expect(keys(list)).not.toEqual(expect.arrayContaining(['PaymentTerms']));
    expect(keys(list)).not.toEqual(expect.arrayContaining(['Balances']));
    expect(list.json('Contacts.0.ContactPersons')).toEqual([]);
  });

  it('a summary drops payments, lines and attachments of invoices, addresses, balances, groups and persons of contacts', async () => {
    const keysOf = async (resource: string) =>
      Object.keys(Object((await get(`/${resource}`, { summaryOnly: 'true' })).json(`${resource}.0`)));
    const [invoice, contact] = [await keysOf('Invoices'), await keysOf('Contacts')];
    for (const gone of ['Payments', 'LineItems', 'HasAttachments']) expect(invoice).not.toContain(gone);
    for (const gone of ['Addresses', 'Balances', 'ContactGroups', 'ContactPersons'])
      expect(contact).not.toContain(gone);
  });
});

describe('changes since', () => {
  beforeEach(async () => {
    await xero().control.reset();
    await fill();
  });

  it.each([
    'Accounts',
    'BankTransactions',
    'BatchPayments',
    'Contacts',
    'CreditNotes',
    'Invoices',
    'Items',
    'Journals',
    'ManualJournals',
    'Overpayments',
    'Payments',
    'Prepayments',
    'PurchaseOrders',
    'Quotes',
  ])(
    'of %s: an empty list with 200 where there are none, all since long ago, 412 for what is no date',
    async (resource) => {
      const since = (value: string) => get(`/${resource}`, {}, { 'If-Modified-Since': value });
      const none = await since('2099-01-01T00:00:00');
      expect([none.status, none.json(resource)]).toEqual([200, []]);
      const all = await since('2009-11-12T00:00:00');
      expect(all.json(resource)).toEqual((await get(`/${resource}`)).json(resource));
      expect((await since('soon')).status).toBe(412);
    },
  );

  it('miss balances of contacts and quantities of items, which are no changes of theirs', async () => {
    await xero().control.advance(10_000);
    const { simulatedMs, realMs } = await xero().control.clock();
    const since = new Date(simulatedMs + Date.now() - realMs - 2_000).toISOString().slice(0, 19);
    await put('/Invoices', saleOf('I-2'));
    const changed = async (resource: string) =>
      (await get(`/${resource}`, {}, { 'If-Modified-Since': since })).json(resource);
    expect(await changed('Invoices')).toHaveLength(1);
    expect([await changed('Contacts'), await changed('Items')]).toEqual([[], []]);
  });
});
