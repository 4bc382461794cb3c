// Writing (XERO.md 4): what takes arrays, verdicts on elements, and decimals.
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, lineOf, look, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown) => xero().call(method, path, body);
const put = (path: string, body: unknown) => call('PUT', path, body);
const idOf = (answer: Answer, path: string) => String(answer.json(path));
const note = (more: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'ACCRECCREDIT',
  CreditNoteNumber: 'CN',
  Contact: { Name: 'Ann Archer' },
  Date: '2026-03-02',
  Status: 'AUTHORISED',
  LineItems: [lineOf()],
  ...more,
});
const received = (more: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'RECEIVE',
  Contact: { Name: 'Ann Archer' },
  BankAccount: { Code: '090' },
  LineItems: [lineOf()],
  ...more,
});
const journal = {
  Narration: 'Move',
  JournalLines: [
    { LineAmount: 10, AccountCode: '404' },
    { LineAmount: -10, AccountCode: '310' },
  ],
};
const payment = (more: Readonly<Record<string, unknown>> = {}) => ({
  Invoice: { InvoiceNumber: 'I-1' },
  Account: { Code: '090' },
  Amount: 1,
  ...more,
});

describe('what takes arrays', () => {
  it.each([
    ['Items', 'ItemID', { Code: 'L' }, { Name: 'Lamp' }],
    ['Contacts', 'ContactID', { Name: 'Ann' }, { FirstName: 'A' }],
    ['Invoices', 'InvoiceID', saleOf('I-1', { Status: 'DRAFT' }), { Reference: 'r' }],
    ['CreditNotes', 'CreditNoteID', note({ Status: 'DRAFT' }), { Reference: 'r' }],
    [
      'PurchaseOrders',
      'PurchaseOrderID',
      { Contact: { Name: 'Bo' }, LineItems: [lineOf()] },
      { Reference: 'r' },
    ],
    ['ManualJournals', 'ManualJournalID', journal, { Narration: 'Again' }],
    ['BankTransactions', 'BankTransactionID', received(), { Reference: 'r' }],
  ])(
    '4.1 %s: PUT and POST of the collection make, POST by id changes',
    async (resource, idField, made, changed) => {
      await put('/Contacts', { Name: 'Bo' });
      const first = await put(`/${resource}`, { [resource]: [made] });
      const id = idOf(first, `${resource}.0.${idField}`);
      expect(first.status).toBe(200);
      const by = await call('POST', `/${resource}/${id}`, { [resource]: [{ ...changed, [idField]: id }] });
      expect([by.status, by.json(`${resource}.0`)]).toEqual([200, expect.objectContaining(changed)]);
      const upsert = await call('POST', `/${resource}`, { ...changed, [idField]: id });
      expect(upsert.json(`${resource}.0.${idField}`)).toBe(id);
      expect((await call('POST', `/${resource}/11111111-1111-1111-1111-111111111111`, changed)).status).toBe(
        404,
      );
    },
  );

  it.each([
    ['Items', [{ Code: 'L' }], "Price List Item with Code 'L' already exists"],
    [
      'Contacts',
      [{ Name: 'Ann' }],
      'The contact name Ann is already assigned to another contact. The contact name must be unique across all active contacts.',
    ],
    ['Invoices', [saleOf('I-1')], 'Invoice # must be unique.'],
  ])(
    '4.1 %s: PUT makes only, so that a second one of the key is refused, and POST finds the first',
    async (resource, elements, message) => {
      const first = await put(`/${resource}`, elements[0]);
      expect(messagesOf(await put(`/${resource}`, elements[0]), resource)).toEqual([message]);
      const found = await call('POST', `/${resource}`, { [resource]: elements });
      const idField = `${resource.slice(0, -1)}ID`;
      expect(idOf(found, `${resource}.0.${idField}`)).toBe(idOf(first, `${resource}.0.${idField}`));
    },
  );

  it('4.1 items are deleted with 204, contacts and documents not at all', async () => {
    await put('/Items', { Code: 'L' });
    const contact = idOf(await put('/Contacts', { Name: 'Ann' }), 'Contacts.0.ContactID');
    const invoice = idOf(await put('/Invoices', saleOf('I-1')), 'Invoices.0.InvoiceID');
    const gone = await call('DELETE', '/Items/L');
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const path of [`/Contacts/${contact}`, `/Invoices/${invoice}`]) {
      expect((await call('DELETE', path)).status).toBe(501);
      expect((await call('GET', path)).status).toBe(200);
    }
  });

  it('4.1 POST of payments takes one, PUT many; POST by id deletes', async () => {
    await put('/Invoices', saleOf('I-1'));
    const many = await put('/Payments', { Payments: [payment(), payment()] });
    expect(many.json('Payments')).toHaveLength(2);
    expect((await call('POST', '/Payments', payment())).status).toBe(200);
    const two = await call('POST', '/Payments', { Payments: [payment(), payment()] });
    expect([two.status, two.json('ErrorNumber')]).toEqual([400, 14]);
    const id = idOf(many, 'Payments.0.PaymentID');
    const deleted = await call('POST', `/Payments/${id}`, { Status: 'DELETED' });
    expect(deleted.json('Payments.0.Status')).toBe('DELETED');
  });

  it('4.1 POST of batch payments deletes, with the id in the address or in the body', async () => {
    await put('/Invoices', { Invoices: [saleOf('I-1'), saleOf('I-2')] });
    const batch = (InvoiceNumber: string) =>
      put('/BatchPayments', {
        BatchPayments: [
          {
            Account: { Code: '090' },
            Date: '2026-03-03',
            Payments: [{ Invoice: { InvoiceNumber }, Amount: 1 }],
          },
        ],
      });
    const [one, two] = [await batch('I-1'), await batch('I-2')].map((made) =>
      idOf(made, 'BatchPayments.0.BatchPaymentID'),
    );
    const byId = await call('POST', `/BatchPayments/${one}`, { Status: 'DELETED' });
    const byBody = await call('POST', '/BatchPayments', { BatchPaymentID: two, Status: 'DELETED' });
    for (const answer of [byId, byBody]) expect(answer.json('BatchPayments.0.Status')).toBe('DELETED');
  });

  it('4.1 allocations are put in a list and deleted by id, which is answered 200 with IsDeleted', async () => {
    await put('/Invoices', { Invoices: [saleOf('I-1'), saleOf('I-2')] });
    const id = idOf(await put('/CreditNotes', note()), 'CreditNotes.0.CreditNoteID');
    const Allocations = ['I-1', 'I-2'].map((InvoiceNumber) => ({ Amount: 5, Invoice: { InvoiceNumber } }));
    const made = await put(`/CreditNotes/${id}/Allocations`, { Allocations });
    expect(made.json('Allocations')).toHaveLength(2);
    const gone = await call(
      'DELETE',
      `/CreditNotes/${id}/Allocations/${idOf(made, 'Allocations.0.AllocationID')}`,
    );
    expect(gone.status).toBe(200);
    expect(gone.text).toContain('"IsDeleted":true');
  });

  it.each([
    ['Accounts', { Code: 'X1', Name: 'X1', Type: 'EXPENSE' }],
    ['TaxRates', { Name: 'X', ReportTaxType: 'OUTPUT', TaxComponents: [{ Name: 'X', Rate: 1 }] }],
    ['TrackingCategories', { Name: 'Region' }],
    ['Currencies', { Code: 'EUR' }],
  ])('4.1 %s take one a call', async (resource, element) => {
    const two = await put(`/${resource}`, { [resource]: [element, element] });
    expect([two.status, two.json('Message')]).toEqual([
      400,
      'No more than 1 element can be sent in one request',
    ]);
    expect((await put(`/${resource}`, element)).status).toBe(200);
  });

  it('4.1 items are at most 500 a call, others without limit', async () => {
    const items = (count: number) => ({
      Items: Array.from({ length: count }, (_, n) => ({ Code: `I${n}` })),
    });
    const many = await put('/Items', items(501));
    expect([many.status, many.json('Message')]).toEqual([
      400,
      'No more than 500 elements can be sent in one request',
    ]);
    expect((await put('/Items', items(500))).status).toBe(200);
    const Contacts = Array.from({ length: 501 }, (_, n) => ({ Name: `C${n}` }));
    expect((await put('/Contacts', { Contacts })).json('Contacts')).toHaveLength(501);
  });

  it('4.1 an envelope and a bare object are the same', async () => {
    await put('/Items', { Items: [{ Code: 'A' }] });
    await put('/Items', { Code: 'B' });
    expect((await call('GET', '/Items')).json('Items')).toHaveLength(2);
  });

  it('4.1 a body may be of 10 MB, or of 3.5 MB by the option body-limit', async () => {
    const spaced = (megabytes: number) => put('/Items', `{"Code":"A"}${' '.repeat(megabytes * 1_000_000)}`);
    expect([(await spaced(11)).status, (await spaced(4)).status]).toEqual([413, 200]);
    await xero().control.setOptions({ 'body-limit': '3.5MB' });
    expect((await spaced(4)).status).toBe(413);
    await xero().control.setOptions({ 'body-limit': '10MB' });
  });
});

describe('verdicts', () => {
  const good = { Code: 'A' };
  const bad = { Code: 'x'.repeat(31), Name: 'Long' };
  const codes = async () => {
    const items = (await call('GET', '/Items?order=Code')).json('Items');
    return Array.isArray(items) ? items.map((one) => look(one, 'Code')) : [];
  };

  it('4.2 one bad element fails the call with 400 unless summarizeErrors is false', async () => {
    for (const query of ['', '?summarizeErrors=true']) {
      const answer = await put(`/Items${query}`, { Items: [good, bad] });
      expect([answer.status, answer.json('Type')]).toEqual([400, 'ValidationException']);
      expect(answer.json('Elements')).toMatchObject([{ Code: bad.Code, Name: 'Long' }]);
    }
    expect(await codes()).toEqual([]);
  });

  it('4.2 whether the valid siblings are saved, and all are listed, are options', async () => {
    await xero().control.setOptions({ 'summarised-400': 'partial', 'summarised-elements': 'all' });
    const answer = await put('/Items', { Items: [good, bad] });
    expect([answer.status, answer.json('Elements')]).toEqual([400, expect.objectContaining({ length: 2 })]);
    expect(await codes()).toEqual(['A']);
    await xero().control.setOptions({ 'summarised-400': 'atomic', 'summarised-elements': 'failing' });
  });

  it('4.2 summarizeErrors=false is always 200, with every element and its verdict', async () => {
    const answer = await put('/Items?summarizeErrors=false', { Items: [bad, good, bad] });
    expect(answer.status).toBe(200);
    expect(answer.json('Items')).toMatchObject([
      { StatusAttributeString: 'ERROR', ItemID: '00000000-0000-0000-0000-000000000000' },
      { StatusAttributeString: 'OK', Code: 'A' },
      { StatusAttributeString: 'ERROR', ValidationErrors: [{ Message: expect.stringContaining('Code') }] },
    ]);
    expect(await codes()).toEqual(['A']);
    expect((await put('/Items?summarizeErrors=false', { Items: [bad] })).status).toBe(200);
  });

  it('4.2 the elements come in the order of the request, or reversed by the option verdict-order', async () => {
    const order = async () => {
      const Items = [{ Code: 'A' }, { Code: 'B' }];
      const items = (await call('POST', '/Items?summarizeErrors=false', { Items })).json('Items');
      return Array.isArray(items) ? items.map((one) => look(one, 'Code')) : [];
    };
    expect(await order()).toEqual(['A', 'B']);
    await xero().control.setOptions({ 'verdict-order': 'reversed' });
    expect(await order()).toEqual(['B', 'A']);
    await xero().control.setOptions({ 'verdict-order': 'request' });
  });

  it('4.2 what is saved with a warning says WARNING', async () => {
    await put('/Contacts', { Name: 'Bo' });
    const order = { Contact: { Name: 'Bo' }, SentToContact: true, LineItems: [lineOf()] };
    const answer = await put('/PurchaseOrders?summarizeErrors=false', order);
    expect(answer.json('PurchaseOrders.0')).toMatchObject({
      StatusAttributeString: 'WARNING',
      Warnings: [{ Message: 'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.' }],
    });
    expect((await call('GET', '/PurchaseOrders')).json('PurchaseOrders')).toHaveLength(1);
  });

  it.each([
    ['Invoices', saleOf('I', { Type: undefined }), 'HasErrors'],
    ['CreditNotes', note({ Type: undefined }), 'HasErrors'],
    ['PurchaseOrders', {}, 'HasErrors'],
    ['Contacts', {}, 'HasValidationErrors'],
    ['Payments', {}, 'HasValidationErrors'],
  ])('4.2 a refused one of %s is marked by a boolean of its own', async (resource, body, flag) => {
    expect((await put(`/${resource}?summarizeErrors=false`, body)).json(`${resource}.0.${flag}`)).toBe(true);
  });

  it('4.2 a refused item has no such boolean', async () => {
    const item = Object((await put('/Items?summarizeErrors=false', {})).json('Items.0'));
    expect([item.HasErrors, item.HasValidationErrors]).toEqual([undefined, undefined]);
  });

  it('4.2 what stands within a refused element repeats an empty list of errors', async () => {
    const Contact = {
      Name: '',
      Addresses: [{ AddressType: 'STREET', City: 'Bath' }],
      Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '1' }],
    };
    const contact = await put('/Contacts', Contact);
    const empty = { ValidationErrors: [] };
    expect(contact.json('Elements.0')).toMatchObject({ Addresses: [empty], Phones: [empty] });
    const invoice = await put('/Invoices', saleOf('I-1', { Contact, Type: undefined }));
    expect(invoice.json('Elements.0')).toMatchObject({
      Contact: { ...empty, Addresses: [empty], Phones: [empty] },
      LineItems: [empty],
    });
  });

  it('4.2 the text of an error stands in Message, or in Description by the option error-member', async () => {
    await xero().control.setOptions({ 'error-member': 'Description' });
    const answer = await put('/Items', {});
    expect(answer.json('Elements.0.ValidationErrors')).toEqual([
      { Description: 'Price List Item Code must be specified' },
    ]);
    await xero().control.setOptions({ 'error-member': 'Message' });
  });
});

describe('decimals', () => {
  const price = { UnitAmount: 1.23456, Quantity: 1000 };

  it.each([
    ['Invoices', saleOf('I-1', { LineItems: [lineOf(price)] })],
    ['CreditNotes', note({ LineItems: [lineOf(price)] })],
    ['BankTransactions', received({ LineItems: [lineOf(price)] })],
  ])('4.3 prices of %s have two decimals unless unitdp=4, written and read', async (resource, body) => {
    const idField = `${resource.slice(0, -1)}ID`;
    const rounded = await put(`/${resource}`, body);
    expect([rounded.json(`${resource}.0.SubTotal`), rounded.text.includes('"UnitAmount":1.23,')]).toEqual([
      1230,
      true,
    ]);
    const exact = await put(`/${resource}?unitdp=4`, {
      ...body,
      InvoiceNumber: 'I-2',
      CreditNoteNumber: 'C-2',
    });
    expect([exact.json(`${resource}.0.SubTotal`), exact.text.includes('"UnitAmount":1.2346')]).toEqual([
      1234.6,
      true,
    ]);
    const path = `/${resource}/${idOf(exact, `${resource}.0.${idField}`)}`;
    expect((await call('GET', path)).text).toContain('"UnitAmount":1.23,');
    expect((await call('GET', `${path}?unitdp=4`)).text).toContain('"UnitAmount":1.2346');
  });

  it('4.3 prices of items likewise', async () => {
    const body = { Code: 'A', SalesDetails: { UnitPrice: 1.23456 } };
    expect((await put('/Items?unitdp=4', body)).text).toContain('"UnitPrice":1.2346');
    expect((await call('GET', '/Items/A')).text).toContain('"UnitPrice":1.23}');
    expect((await put('/Items', { ...body, Code: 'B' })).status).toBe(200);
    expect((await call('GET', '/Items/B?unitdp=4')).text).toContain('"UnitPrice":1.2300');
  });

  it('4.1 orders keep four decimals without unitdp', async () => {
    await put('/Contacts', { Name: 'Bo' });
    const made = await put('/PurchaseOrders', { Contact: { Name: 'Bo' }, LineItems: [lineOf(price)] });
    expect(made.text).toContain('"UnitAmount":1.2346');
  });

  it('4.3 totals and tax have two decimals, quantities four', async () => {
    const { text } = await put(
      '/Invoices?unitdp=4',
      saleOf('I-1', { LineItems: [lineOf({ ...price, Quantity: 1.5 })] }),
    );
    for (const part of ['"Quantity":1.5000', '"LineAmount":1.85', '"TaxAmount":0.37', '"Total":2.22'])
      expect(text).toContain(part);
  });

  it('4.3 a line is at most 9,999,999,999.99 and a quantity of 13 characters', async () => {
    const line = async (more: Readonly<Record<string, unknown>>) =>
      messagesOf(await put('/Invoices', saleOf('', { LineItems: [lineOf({ TaxType: 'NONE', ...more })] })));
    expect(await line({ Quantity: 1, UnitAmount: 9_999_999_999.99 })).toEqual([]);
    expect(await line({ Quantity: 2, UnitAmount: 9_999_999_999.99 })).toEqual([
      'The line total must not exceed 9999999999.99',
    ]);
    expect(await line({ Quantity: 123_456_789.1234, UnitAmount: 0.01 })).toEqual([
      'The field Quantity must be a number with a maximum length of 13.',
    ]);
  });

  it('4.3 a rate has six decimals', async () => {
    await put('/Currencies', { Code: 'EUR' });
    const made = await put('/Invoices', saleOf('I-1', { CurrencyCode: 'EUR', CurrencyRate: 1.123456789 }));
    expect(made.text).toContain('"CurrencyRate":1.123457');
  });
});
