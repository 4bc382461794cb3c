// Contacts (XERO.md 7.1): lengths, uniqueness, partial updates, archiving, groups and balances.
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, lineOf, look, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown) => xero().call(method, path, body);
const put = (body: unknown) => call('PUT', '/Contacts', body);
const post = (body: unknown) => call('POST', '/Contacts', body);
const idOf = (answer: Answer) => String(answer.json('Contacts.0.ContactID'));
const one = async (id: string) => Object((await call('GET', `/Contacts/${id}`)).json('Contacts.0'));
const long = (charactersMax: number, name: string) =>
  `The field ${name} must be a string with a maximum length of ${charactersMax}.`;
const taken = (name: string) =>
  `The contact name ${name} is already assigned to another contact. The contact name must be unique across all active contacts.`;

describe('a contact', () => {
  it('7.1 has a name without < and >, whose spaces are made single', async () => {
    for (const Name of ['A <b', 'A> b'])
      expect(messagesOf(await put({ Name }), 'Contacts')).toEqual([
        'The contact name cannot contain the characters < or >.',
      ]);
    expect((await put({ Name: '  Ann   Archer ' })).json('Contacts.0.Name')).toBe('Ann Archer');
    expect(messagesOf(await put({ ContactNumber: '1' }))).toEqual(['The contact name must be specified.']);
  });

  it.each([
    ['Name', 255],
    ['ContactNumber', 50],
    ['AccountNumber', 50],
    ['TaxNumber', 50],
    ['CompanyNumber', 50],
    ['FirstName', 255],
    ['LastName', 255],
  ])('7.1 has a %s of at most %i characters', async (name, charactersMax) => {
    expect((await put({ Name: 'Ann', [name]: 'x'.repeat(charactersMax) })).status).toBe(200);
    expect(messagesOf(await put({ Name: 'Bo', [name]: 'x'.repeat(charactersMax + 1) }))).toEqual([
      long(charactersMax, name),
    ]);
  });

  it.each([
    ['AddressLine1', 500],
    ['City', 255],
    ['Region', 255],
    ['PostalCode', 50],
    ['Country', 50],
  ])('7.1 has addresses whose %s has at most %i characters', async (name, charactersMax) => {
    const address = (count: number) => ({
      Name: `N${count}`,
      Addresses: [{ AddressType: 'POBOX', [name]: 'x'.repeat(count) }],
    });
    expect((await put(address(charactersMax))).status).toBe(200);
    expect(messagesOf(await put(address(charactersMax + 1)))).toEqual([long(charactersMax, name)]);
  });

  it.each([
    ['PhoneNumber', 50],
    ['PhoneAreaCode', 10],
    ['PhoneCountryCode', 20],
  ])('7.1 has phones whose %s has at most %i characters', async (name, charactersMax) => {
    const phone = (count: number) => ({
      Name: `N${count}`,
      Phones: [{ PhoneType: 'MOBILE', [name]: 'x'.repeat(count) }],
    });
    expect((await put(phone(charactersMax))).status).toBe(200);
    expect(messagesOf(await put(phone(charactersMax + 1)))).toEqual([long(charactersMax, name)]);
  });

  it('7.1 has an email address of 255 characters without umlauts', async () => {
    const email = (EmailAddress: string) => put({ Name: EmailAddress.slice(0, 20), EmailAddress });
    expect((await email('ann@archer.example')).status).toBe(200);
    expect(messagesOf(await email('müller@x.example'))).toEqual(['Email address must be valid.']);
    expect(messagesOf(await email(`${'x'.repeat(250)}@x.example`))).toEqual([long(255, 'EmailAddress')]);
  });

  it('7.1 has at most five persons', async () => {
    const persons = (count: number) => ({
      Name: `P${count}`,
      ContactPersons: Array.from({ length: count }, () => ({ FirstName: 'P' })),
    });
    expect((await put(persons(5))).status).toBe(200);
    expect(messagesOf(await put(persons(6)))).toEqual(['A contact can have no more than 5 contact persons.']);
  });

  it('7.1 has a name of its own among active contacts alone', async () => {
    const id = idOf(await put({ Name: 'Ann' }));
    expect(messagesOf(await put({ Name: 'ANN' }))).toEqual([taken('ANN')]);
    await post({ ContactID: id, ContactStatus: 'ARCHIVED' });
    expect((await put({ Name: 'Ann' })).status).toBe(200);
    expect(messagesOf(await post({ ContactID: id, ContactStatus: 'ACTIVE' }))).toEqual([taken('Ann')]);
  });

  it('7.1 has a number that no other has, archived or not', async () => {
    const id = idOf(await put({ Name: 'Ann', ContactNumber: 'C-1' }));
    const second = () => put({ Name: 'Bo', ContactNumber: 'c-1' });
    const message = 'Another contact has this contact number. Please enter a different contact number.';
    expect(messagesOf(await second())).toEqual([message]);
    await post({ ContactID: id, ContactStatus: 'ARCHIVED' });
    expect(messagesOf(await second())).toEqual([message]);
  });

  it('7.1 is found by POST by ContactID, ContactNumber or Name, and keeps what is not sent', async () => {
    const id = idOf(
      await put({ Name: 'Ann', ContactNumber: 'C-1', Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '1' }] }),
    );
    for (const body of [
      { ContactID: id, FirstName: 'A' },
      { ContactNumber: 'C-1', LastName: 'B' },
      { Name: 'ann', TaxNumber: '9' },
    ])
      expect(idOf(await post(body))).toBe(id);
    const kept = await one(id);
    expect(kept).toMatchObject({ FirstName: 'A', LastName: 'B', TaxNumber: '9', ContactNumber: 'C-1' });
    expect(kept.Phones[3]).toMatchObject({ PhoneNumber: '1' });
  });

  it('7.1 loses the persons that are not sent, also when it rides along with a document', async () => {
    const ContactPersons = [{ FirstName: 'P' }];
    const id = idOf(await put({ Name: 'Ann', ContactPersons }));
    await post({ ContactID: id, FirstName: 'A' });
    expect((await one(id)).ContactPersons).toEqual([]);
    await post({ ContactID: id, ContactPersons });
    await call('PUT', '/Invoices', saleOf('I-1', { Contact: { ContactID: id } }));
    expect((await one(id)).ContactPersons).toHaveLength(1);
    await call('PUT', '/Invoices', saleOf('I-2', { Contact: { ContactID: id, LastName: 'B' } }));
    expect((await one(id)).ContactPersons).toEqual([]);
  });

  it('7.1 is a supplier or a customer by its documents, whatever is sent', async () => {
    const id = idOf(await put({ Name: 'Ann', IsSupplier: true, IsCustomer: true }));
    expect(await one(id)).toMatchObject({ IsSupplier: false, IsCustomer: false });
    await call('PUT', '/Invoices', saleOf('I-1', { Contact: { ContactID: id } }));
    expect(await one(id)).toMatchObject({ IsSupplier: false, IsCustomer: true });
    const LineItems = [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })];
    await call('PUT', '/Invoices', saleOf('B-1', { Type: 'ACCPAY', Contact: { ContactID: id }, LineItems }));
    expect(await one(id)).toMatchObject({ IsSupplier: true, IsCustomer: true });
  });

  it('7.1 that is archived is hidden without includeArchived and refused on new documents', async () => {
    const id = idOf(await put({ Name: 'Ann' }));
    expect((await post({ ContactID: id, ContactStatus: 'ARCHIVED' })).json('Contacts.0.ContactStatus')).toBe(
      'ARCHIVED',
    );
    const listed = async (query: string) => (await call('GET', `/Contacts${query}`)).json('Contacts');
    expect([await listed(''), await listed('?includeArchived=true')]).toEqual([
      [],
      [expect.objectContaining({ ContactID: id })],
    ]);
    expect((await call('PUT', '/Invoices', saleOf('I-1', { Contact: { ContactID: id } }))).status).toBe(400);
  });

  it('7.1 can be of GDPRREQUEST, and is then neither listed nor used', async () => {
    const id = idOf(await put({ Name: 'Ann' }));
    expect(
      (await post({ ContactID: id, ContactStatus: 'GDPRREQUEST' })).json('Contacts.0.ContactStatus'),
    ).toBe('GDPRREQUEST');
    expect((await call('GET', '/Contacts')).json('Contacts')).toEqual([]);
  });

  it('7.1 is not merged through the API', async () => {
    const [id, MergedToContactID] = [idOf(await put({ Name: 'Ann' })), idOf(await put({ Name: 'Bo' }))];
    await post({ ContactID: id, MergedToContactID });
    expect(await one(id)).not.toHaveProperty('MergedToContactID');
  });

  it('7.1 has bank details, which by the option bank-account-admin only a person of that role may write', async () => {
    const BankAccountDetails = '12-34-56 12345678';
    expect((await put({ Name: 'Ann', BankAccountDetails })).json('Contacts.0.BankAccountDetails')).toBe(
      BankAccountDetails,
    );
    await xero().control.setOptions({ 'bank-account-admin': 'no' });
    expect((await put({ Name: 'Bo', BankAccountDetails })).status).toBe(400);
    expect((await put({ Name: 'Cy' })).status).toBe(200);
    await xero().control.setOptions({ 'bank-account-admin': 'yes' });
  });

  it('7.1 shows the groups it is in, of which there can be a hundred', async () => {
    const id = idOf(await put({ Name: 'Ann' }));
    const group = await call('PUT', '/ContactGroups', { Name: 'VIP' });
    const groupId = String(group.json('ContactGroups.0.ContactGroupID'));
    await call('PUT', `/ContactGroups/${groupId}/Contacts`, { Contacts: [{ ContactID: id }] });
    expect((await one(id)).ContactGroups).toMatchObject([
      { ContactGroupID: groupId, Name: 'VIP', Status: 'ACTIVE' },
    ]);
    expect((await call('GET', '/Contacts?page=1')).json('Contacts.0.ContactGroups')).toHaveLength(1);
    const names = Array.from({ length: 99 }, (_, n) => ({ Name: `G${n}` }));
    expect((await call('PUT', '/ContactGroups', { ContactGroups: names })).status).toBe(200);
    expect(messagesOf(await call('PUT', '/ContactGroups', { Name: 'More' }))).toEqual([
      "You've reached the limit of 100 contact groups.",
    ]);
    await call('DELETE', `/ContactGroups/${groupId}/Contacts/${id}`);
    expect((await one(id)).ContactGroups).toEqual([]);
  });

  it('7.1 shows what is outstanding and overdue of sales and bills, in the currencies they are in', async () => {
    await call('PUT', '/Currencies', { Code: 'EUR' });
    const id = idOf(await put({ Name: 'Ann' }));
    const sale = (number: string, more: Readonly<Record<string, unknown>>) =>
      saleOf(number, { Contact: { ContactID: id }, ...more });
    const Invoices = [
      sale('A', { DueDate: '2026-04-01' }),
      sale('B', { DueDate: '2099-04-01', CurrencyCode: 'EUR', CurrencyRate: 2 }),
      sale('C', { Status: 'DRAFT' }),
      sale('D', { Type: 'ACCPAY', LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })] }),
    ];
    await call('PUT', '/Invoices', { Invoices });
    await call('PUT', '/Payments', { Invoice: { InvoiceNumber: 'A' }, Account: { Code: '090' }, Amount: 20 });
    expect((await one(id)).Balances).toEqual({
      AccountsReceivable: { Outstanding: 220, Overdue: 100 },
      AccountsPayable: { Outstanding: 120, Overdue: 120 },
    });
    const page = await call('GET', '/Contacts?page=1');
    expect(page.json('Contacts.0.Balances.AccountsReceivable.Outstanding')).toBe(220);
    expect(look(page.json('Contacts.0'), 'HasAttachments')).toBe(false);
  });

  it('7.1 says whether files hang on it', async () => {
    const id = idOf(await put({ Name: 'Ann' }));
    await xero().call('PUT', `/Contacts/${id}/Attachments/a.txt`, 'text', { 'Content-Type': 'text/plain' });
    expect((await one(id)).HasAttachments).toBe(true);
    expect((await call('GET', '/Contacts')).json('Contacts.0.HasAttachments')).toBe(true);
  });
});
