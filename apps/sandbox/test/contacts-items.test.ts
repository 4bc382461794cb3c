// The rules of contacts (XERO.md 7.1) and items (XERO.md 6), with Xero's messages (10.2).
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (body: unknown) => xero().call('PUT', '/Contacts', body);
const post = (body: unknown) => xero().call('POST', '/Contacts', body);
const taken = (name: string) =>
  `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`;

describe('contacts', () => {
  beforeEach(() => put({ Name: 'Ann Archer', ContactNumber: 'C-1', EmailAddress: 'ann@archer.example' }));

  it.each([
    ['a name that is taken, in other case', { Name: 'ANN archer' }, taken('ANN archer')],
    ['a name that is taken, with other spaces', { Name: ' Ann  Archer ' }, taken('Ann Archer')],
    [
      'a number that is taken',
      { Name: 'Bob', ContactNumber: 'c-1' },
      'Another contact has this contact number. Please enter a different contact number.',
    ],
    ['an address that is none', { Name: 'Bob', EmailAddress: 'bob' }, 'Email address must be valid.'],
    [
      'an address with an umlaut',
      { Name: 'Bob', EmailAddress: 'böb@x.example' },
      'Email address must be valid.',
    ],
    [
      'nothing to know it by',
      { FirstName: 'Bob' },
      'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
    ],
    [
      'a long name',
      { Name: 'x'.repeat(256) },
      'The field Name must be a string with a maximum length of 255.',
    ],
    [
      'a long number',
      { Name: 'Bob', ContactNumber: 'x'.repeat(51) },
      'The field ContactNumber must be a string with a maximum length of 50.',
    ],
    [
      'a long city',
      { Name: 'Bob', Addresses: [{ AddressType: 'POBOX', City: 'x'.repeat(256) }] },
      'The field City must be a string with a maximum length of 255.',
    ],
    [
      'six persons',
      { Name: 'Bob', ContactPersons: Array.from({ length: 6 }, () => ({ FirstName: 'P' })) },
      'A contact can have no more than 5 contact persons.',
    ],
  ])('PUT refuses %s', async (_what, body, message) => {
    const answer = await put(body);
    expect([answer.status, messagesOf(answer)]).toEqual([400, [message]]);
    expect(answer.json('Elements.0')).toMatchObject({
      ContactID: '00000000-0000-0000-0000-000000000000',
      HasValidationErrors: true,
    });
  });

  it('POST changes the one of that id, number or name and keeps what was not sent', async () => {
    const id = (await xero().call('GET', '/Contacts/C-1')).json('Contacts.0.ContactID');
    for (const body of [
      { ContactID: id, FirstName: 'Ann' },
      { ContactNumber: 'c-1', LastName: 'Archer' },
      { Name: 'ann archer', Website: 'https://a.example' },
    ]) {
      expect((await post(body)).json('Contacts.0.ContactID')).toBe(id);
    }
    expect((await xero().call('GET', '/Contacts/C-1')).json('Contacts.0')).toMatchObject({
      FirstName: 'Ann',
      LastName: 'Archer',
      Website: 'https://a.example',
      EmailAddress: 'ann@archer.example',
    });
    expect((await post({ ContactID: '11111111-1111-1111-1111-111111111111', Name: 'X' })).status).toBe(400);
  });

  it('an update without contact persons removes them', async () => {
    await post({
      ContactNumber: 'C-1',
      ContactPersons: [{ FirstName: 'Cy', EmailAddress: 'cy@archer.example', IncludeInEmails: true }],
    });
    expect(
      (await xero().call('GET', '/Contacts/C-1')).json('Contacts.0.ContactPersons.0.IncludeInEmails'),
    ).toBe(true);
    await post({ ContactNumber: 'C-1', FirstName: 'Ann' });
    expect((await xero().call('GET', '/Contacts/C-1')).json('Contacts.0.ContactPersons')).toEqual([]);
  });

  it('an archived contact gives up its name, is hidden from lists and unusable on new documents', async () => {
    const id = (await post({ ContactNumber: 'C-1', ContactStatus: 'ARCHIVED' })).json('Contacts.0.ContactID');
    expect((await xero().call('GET', '/Contacts')).json('Contacts')).toEqual([]);
    expect(
      (await xero().call('GET', '/Contacts?includeArchived=true')).json('Contacts.0.ContactStatus'),
    ).toBe('ARCHIVED');
    const refused = await xero().call('PUT', '/Invoices', saleOf('I-1', { Contact: { ContactID: id } }));
    expect(messagesOf(refused)).toEqual([
      'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes',
    ]);
    expect((await put({ Name: 'Ann Archer' })).status).toBe(200);
    expect(messagesOf(await post({ ContactID: id, ContactStatus: 'ACTIVE' }))).toEqual([taken('Ann Archer')]);
  });

  it('shows every kind of address and phone', async () => {
    const made = await put({ Name: 'Bob', Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '1' }] });
    expect(made.json('Contacts.0.Addresses')).toHaveLength(2);
    expect(made.json('Contacts.0.Phones')).toHaveLength(4);
    expect(made.json('Contacts.0.Phones.3')).toMatchObject({ PhoneType: 'MOBILE', PhoneNumber: '1' });
  });

  it('becomes a customer by a sales document without counting as changed', async () => {
    const before = (await xero().call('GET', '/Contacts/C-1')).json('Contacts.0');
    await xero().call('PUT', '/Invoices', saleOf('I-1', { Contact: { ContactNumber: 'C-1' } }));
    const after = (await xero().call('GET', '/Contacts/C-1')).json('Contacts.0');
    const owed = { Outstanding: 120, Overdue: 120 };
    const { AccountsPayable } = Object(before).Balances;
    const Balances = { AccountsReceivable: owed, AccountsPayable };
    expect(after).toEqual({ ...Object(before), IsCustomer: true, Balances });
  });
});

describe('items', () => {
  const items = (method: string, body: unknown, query = '') => xero().call(method, `/Items${query}`, body);
  beforeEach(() => items('PUT', { Code: 'abc', Name: 'Lamp' }));

  it.each([
    ['a code that is taken', { Code: 'abc' }, "Price List Item with Code 'abc' already exists"],
    ['no code', { Name: 'Lamp' }, 'Price List Item Code must be specified'],
    ['a long code', { Code: 'x'.repeat(31) }, 'The field Code must be a string with a maximum length of 30.'],
    [
      'a long name',
      { Code: 'n', Name: 'x'.repeat(51) },
      'The field Name must be a string with a maximum length of 50.',
    ],
    [
      'a long description',
      { Code: 'n', Description: 'x'.repeat(4001) },
      'The field Description must be a string with a maximum length of 4000.',
    ],
    [
      'an account that is not there',
      { Code: 'n', SalesDetails: { AccountCode: '999' } },
      "Account code '999' is not a valid code for this document",
    ],
    [
      'a tax type that is not there',
      { Code: 'n', SalesDetails: { TaxType: 'VAT' } },
      'The TaxType code VAT does not exist or cannot be used for this type of transaction.',
    ],
  ])('PUT refuses %s', async (_what, body, message) => {
    const answer = await items('PUT', body);
    expect([answer.status, messagesOf(answer)]).toEqual([400, [message]]);
  });

  it('POST changes the one of that code or id, and prices keep four decimals only with unitdp=4', async () => {
    const made = await items(
      'POST',
      { Code: 'abc', SalesDetails: { UnitPrice: 1.23456, AccountCode: '200' } },
      '?unitdp=4',
    );
    expect(made.text).toContain('"UnitPrice":1.2346');
    expect((await xero().call('GET', '/Items/abc')).text).toContain('"UnitPrice":1.23,');
    const id = String(made.json('Items.0.ItemID'));
    await items('POST', { ItemID: id, Code: 'abd', SalesDetails: { UnitPrice: 1.23456 } });
    const read = await xero().call('GET', '/Items/abd?unitdp=4');
    expect(read.text).toContain('"UnitPrice":1.2300');
    expect(read.json('Items.0')).toMatchObject({
      ItemID: id,
      Name: 'Lamp',
      SalesDetails: { AccountCode: '200' },
    });
    expect((await xero().call('GET', '/Items/abc')).status).toBe(404);
  });

  it('IsSold and IsPurchased set false empty their details', async () => {
    await items('POST', {
      Code: 'abc',
      Description: 'd',
      SalesDetails: { UnitPrice: 2 },
      PurchaseDetails: { UnitPrice: 1 },
    });
    const made = await items('POST', { Code: 'abc', IsSold: false });
    expect(made.json('Items.0')).toMatchObject({
      IsSold: false,
      SalesDetails: {},
      PurchaseDetails: { UnitPrice: 1 },
    });
    expect(made.json('Items.0.Description')).toBeUndefined();
  });

  it('is deleted with 204', async () => {
    expect((await xero().call('DELETE', '/Items/abc')).status).toBe(204);
    expect((await xero().call('GET', '/Items/abc')).status).toBe(404);
  });
});

describe('accounts', () => {
  let code = '';
  beforeAll(() => {
    code = '260';
  });

  it('are filtered by where, and an archived one is refused on lines', async () => {
    const revenue = await xero().call(
      'GET',
      `/Accounts?${new URLSearchParams({ where: 'Class=="REVENUE" AND Status=="ACTIVE"', order: 'Code DESC' })}`,
    );
    expect(revenue.json('Accounts.0.Code')).toBe('270');
    const address = `/Accounts/${String((await xero().call('GET', `/Accounts/${code}`)).json('Accounts.0.AccountID'))}`;
    expect((await xero().call('POST', address, { Status: 'ARCHIVED' })).json('Accounts.0.Status')).toBe(
      'ARCHIVED',
    );
    const refused = await xero().call(
      'PUT',
      '/Invoices',
      saleOf('I-9', { LineItems: [{ Description: 'd', UnitAmount: 1, AccountCode: code }] }),
    );
    expect(messagesOf(refused)).toEqual([
      `Account code '${code}' has been archived, or has been deleted. Each line item must reference a valid account`,
    ]);
    expect((await xero().call('POST', address, { Status: 'ACTIVE' })).json('Accounts.0.Status')).toBe(
      'ACTIVE',
    );
  });

  it('that the system needs stay as they are', async () => {
    expect((await xero().call('POST', '/Accounts/610', { Status: 'ARCHIVED' })).status).toBe(400);
    expect((await xero().call('POST', '/Organisation', {})).status).toBe(501);
  });
});
