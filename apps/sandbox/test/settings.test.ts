// Accounts and tax rates as they are written (XERO.md 7.8, 7.9), files and notes (8), contact groups (7.1), employees.
import { beforeEach, describe, expect, it } from 'vitest';
import { openOrganisation } from './books.ts';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (path: string, body: unknown) => xero().call('PUT', path, body);

describe('accounts', () => {
  it('are made, changed, archived in a call of their own, and deleted until they are used', async () => {
    const made = await put('/Accounts', { Code: 'S1', Name: 'Samples', Type: 'EXPENSE', TaxType: 'NONE' });
    const id = String(made.json('Accounts.0.AccountID'));
    expect(made.json('Accounts.0')).toMatchObject({ Code: 'S1', Class: 'EXPENSE', Status: 'ACTIVE' });
    const post = (body: unknown) => xero().call('POST', `/Accounts/${id}`, body);
    expect((await post({ Name: 'Samples given' })).json('Accounts.0.Name')).toBe('Samples given');
    expect(messagesOf(await post({ Name: 'X', Status: 'ARCHIVED' }), 'Accounts')).toEqual([
      'The Status of an account can only be changed in a call of its own.',
    ]);
    expect((await xero().call('DELETE', `/Accounts/${id}`)).json('Accounts.0.Status')).toBe('DELETED');
    expect((await xero().call('GET', '/Accounts/S1')).status).toBe(404);
  });

  it.each([
    ['a code there is', { Code: '200', Name: 'New', Type: 'SALES' }, 'Please enter a unique Code'],
    ['a name there is', { Code: 'N', Name: 'Sales', Type: 'SALES' }, 'Please enter a unique Name.'],
    ['no code', { Name: 'New', Type: 'SALES' }, 'Code must be specified'],
    [
      'a long code',
      { Code: 'x'.repeat(11), Name: 'New', Type: 'SALES' },
      'The field Code must be a string with a maximum length of 10.',
    ],
  ])('are refused for %s', async (_what, body, message) => {
    expect(messagesOf(await put('/Accounts', body), 'Accounts')).toEqual([message]);
  });

  it('a bank and a system account stay as they are; one that is used is not deleted', async () => {
    const post = (code: string) => xero().call('POST', `/Accounts/${code}`, { Name: 'Other' });
    expect(messagesOf(await post('090'), 'Accounts')).toEqual(['Bank accounts cannot be changed.']);
    expect(messagesOf(await post('610'), 'Accounts')).toEqual(['System accounts cannot be changed.']);
    await put('/Invoices', saleOf('I-1'));
    expect((await xero().call('DELETE', '/Accounts/200')).status).toBe(400);
    expect(messagesOf(await xero().call('POST', '/Accounts/200', { Code: '201' }), 'Accounts')).toEqual([
      'The Code of an account that is used cannot be changed.',
    ]);
  });
});

describe('tax rates', () => {
  it('of one own are TAX00n and can be used; system rates cannot be changed', async () => {
    const there = await openOrganisation(xero(), { region: 'US', name: 'Rates' });
    const rate = {
      Name: 'Ohio',
      TaxComponents: [
        { Name: 'State', Rate: 5.75 },
        { Name: 'County', Rate: 1.25 },
      ],
    };
    const made = await there.call('PUT', '/TaxRates', rate);
    expect(made.json('TaxRates.0')).toMatchObject({ TaxType: 'TAX002', EffectiveRate: 7, Status: 'ACTIVE' });
    const sale = saleOf('I-1', { LineItems: [lineOf({ TaxType: 'TAX002' })] });
    expect((await there.call('PUT', '/Invoices', sale)).json('Invoices.0.TotalTax')).toBe(7);
    const system = await there.call('POST', '/TaxRates', { ...rate, TaxType: 'NONE' });
    expect(messagesOf(system, 'TaxRates')).toContain('System tax rates cannot be updated');
    expect(messagesOf(await put('/TaxRates', rate), 'TaxRates')).toEqual(['ReportTaxType must be specified']);
  });
});

describe('files', () => {
  const send = (path: string, body: string, type = 'text/plain') =>
    xero().call('PUT', path, body, { 'Content-Type': type });

  it('hang on a record, take the place of one of their name, and come back byte for byte', async () => {
    const id = String((await put('/Invoices', saleOf('I-1'))).json('Invoices.0.InvoiceID'));
    const path = `/Invoices/${id}/Attachments`;
    const made = await send(`${path}/note%20one.txt?IncludeOnline=true`, '<héllo>\n');
    expect(made.json('Attachments.0')).toMatchObject({
      FileName: 'note one.txt',
      MimeType: 'text/plain',
      ContentLength: 9,
      IncludeOnline: true,
    });
    await send(`${path}/note%20one.txt`, 'again');
    const list = await xero().call('GET', path);
    expect(list.json('Attachments')).toHaveLength(1);
    expect((await xero().call('GET', `${path}/note%20one.txt`)).text).toBe('again');
    const byId = await xero().call('GET', `${path}/${String(list.json('Attachments.0.AttachmentID'))}`);
    expect([byId.text, byId.headers.get('content-type')]).toEqual(['again', 'text/plain']);
    expect((await xero().call('GET', `/Invoices/${id}`)).json('Invoices.0.HasAttachments')).toBe(true);
  });

  it('are refused for their name, their kind, their number, and on what takes none', async () => {
    const id = String((await put('/Contacts', { Name: 'Bo' })).json('Contacts.0.ContactID'));
    const path = `/Contacts/${id}/Attachments`;
    expect((await send(`${path}/a%3Fb.txt`, 'x')).status).toBe(400);
    expect((await send(`${path}/run.exe`, 'x')).status).toBe(400);
    for (let n = 0; n < 10; n += 1) expect((await send(`${path}/${n}.txt`, 'x')).status).toBe(200);
    expect(messagesOf(await send(`${path}/11.txt`, 'x'), 'Attachments')).toEqual([
      'A document can have no more than 10 attachments',
    ]);
    expect((await send('/Items/x/Attachments/a.txt', 'x')).status).toBe(404);
  });
});

describe('notes, groups and employees', () => {
  it('a note stands in the history of its record', async () => {
    const id = String((await put('/Invoices', saleOf('I-1'))).json('Invoices.0.InvoiceID'));
    await put(`/Invoices/${id}/History`, { HistoryRecords: [{ Details: 'Sent by post' }] });
    expect((await xero().call('GET', `/Invoices/${id}/History`)).json('HistoryRecords.0')).toMatchObject({
      Changes: 'Note',
      User: 'System Generated',
      Details: 'Sent by post',
    });
    const none = await xero().call('GET', '/Invoices/11111111-1111-1111-1111-111111111111/History');
    expect(messagesOf(none)).toEqual(['The document with the supplied id was not found for this endpoint.']);
    expect((await put(`/Invoices/${id}/History`, { Details: 'x'.repeat(2_501) })).status).toBe(400);
  });

  it('a group takes contacts in and out', async () => {
    const ContactID = String((await put('/Contacts', { Name: 'Bo' })).json('Contacts.0.ContactID'));
    const id = String((await put('/ContactGroups', { Name: 'VIP' })).json('ContactGroups.0.ContactGroupID'));
    await put(`/ContactGroups/${id}/Contacts`, { Contacts: [{ ContactID }] });
    const read = async () =>
      (await xero().call('GET', `/ContactGroups/${id}`)).json('ContactGroups.0.Contacts');
    expect(await read()).toMatchObject([{ ContactID, Name: 'Bo' }]);
    expect((await xero().call('DELETE', `/ContactGroups/${id}/Contacts/${ContactID}`)).status).toBe(204);
    expect(await read()).toEqual([]);
    for (let n = 1; n < 100; n += 1) await put('/ContactGroups', { Name: `Group ${n}` });
    expect(messagesOf(await put('/ContactGroups', { Name: 'One more' }), 'ContactGroups')).toEqual([
      "You've reached the limit of 100 contact groups.",
    ]);
  });

  it('employees are there', async () => {
    const made = await put('/Employees', { FirstName: 'Ann', LastName: 'Archer' });
    expect(made.json('Employees.0')).toMatchObject({ FirstName: 'Ann', Status: 'ACTIVE' });
    expect((await xero().call('GET', '/Employees')).json('Employees')).toHaveLength(1);
  });
});
