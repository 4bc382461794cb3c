// How invoices change (XERO.md 7.2) and what differs for credit notes (XERO.md 7.3), with Xero's messages (10.2).
import { beforeEach, describe, expect, it } from 'vitest';
import { lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const put = (body: unknown) => xero().call('PUT', '/Invoices', body);
const post = (body: unknown) => xero().call('POST', '/Invoices', body);
const withLine = (more: Readonly<Record<string, unknown>>, head: Readonly<Record<string, unknown>> = {}) =>
  saleOf('I-1', { LineItems: [lineOf(more)], ...head });

describe('how a document changes', () => {
  it.each([
    ['DRAFT', 'SUBMITTED', 200],
    ['DRAFT', 'AUTHORISED', 200],
    ['DRAFT', 'DELETED', 200],
    ['DRAFT', 'VOIDED', 400],
    ['SUBMITTED', 'DRAFT', 200],
    ['SUBMITTED', 'DELETED', 200],
    ['AUTHORISED', 'VOIDED', 200],
    ['AUTHORISED', 'DRAFT', 400],
    ['AUTHORISED', 'DELETED', 400],
    ['DRAFT', 'PAID', 400],
  ])('%s to %s: %i', async (from, to, status) => {
    const id = String((await put(saleOf('I-1', { Status: from }))).json('Invoices.0.InvoiceID'));
    const answer = await xero().call('POST', `/Invoices/${id}`, { Status: to });
    expect(answer.status).toBe(status);
    if (status === 400) expect(messagesOf(answer)).toEqual(['Invoice not of valid status for modification']);
    else expect(answer.json('Invoices.0')).toMatchObject({ Status: to, Total: 120 });
  });

  it('what is voided or deleted stays so', async () => {
    const id = String((await put(saleOf('I-1', { Status: 'DRAFT' }))).json('Invoices.0.InvoiceID'));
    await xero().call('POST', `/Invoices/${id}`, { Status: 'DELETED' });
    expect(messagesOf(await xero().call('POST', `/Invoices/${id}`, { Reference: 'x' }))).toEqual([
      'Invoice not of valid status for modification',
    ]);
  });

  it('POST finds a sale by its number; lines that are not sent again are gone', async () => {
    const made = await put(
      saleOf('I-1', { Reference: 'kept', LineItems: [lineOf(), lineOf({ Description: 'Second' })] }),
    );
    const LineItemID = made.json('Invoices.0.LineItems.1.LineItemID');
    const changed = await post({
      Type: 'ACCREC',
      InvoiceNumber: 'I-1',
      LineItems: [{ LineItemID, Quantity: 1 }, lineOf({ Quantity: 2 })],
    });
    expect(changed.json('Invoices.0')).toMatchObject({
      InvoiceID: made.json('Invoices.0.InvoiceID'),
      Reference: 'kept',
      SubTotal: 75,
    });
    expect(changed.json('Invoices.0.LineItems.0')).toMatchObject({
      LineItemID,
      Description: 'Second',
      LineAmount: 25,
    });
    const unsent = await post({ InvoiceNumber: 'I-1', Reference: 'new' });
    expect(unsent.json('Invoices.0')).toMatchObject({ Reference: 'new', SubTotal: 75, Total: 90 });
  });

  it('a draft may be unfinished, but not when it is approved', async () => {
    const id = String(
      (await put(withLine({ AccountCode: undefined, Description: undefined }, { Status: 'DRAFT' }))).json(
        'Invoices.0.InvoiceID',
      ),
    );
    const refused = await xero().call('POST', `/Invoices/${id}`, { Status: 'AUTHORISED' });
    expect(messagesOf(refused)).toEqual([
      'Description must be specified',
      'Account code or ID must be specified',
    ]);
  });

  it('a new name makes a contact; one that rides along with more is changed by it', async () => {
    const made = await put(
      saleOf('I-1', {
        Contact: { Name: 'New One', EmailAddress: 'new@one.example', ContactPersons: [{ FirstName: 'P' }] },
      }),
    );
    expect(made.json('Invoices.0.Contact')).toMatchObject({
      Name: 'New One',
      IsCustomer: true,
      EmailAddress: 'new@one.example',
    });
    await put(saleOf('I-2', { Contact: { Name: 'new one' } }));
    const ContactID = made.json('Invoices.0.Contact.ContactID');
    expect(
      (await xero().call('GET', `/Contacts/${String(ContactID)}`)).json('Contacts.0.ContactPersons'),
    ).toHaveLength(1);
    await put(saleOf('I-3', { Contact: { ContactID, FirstName: 'N' } }));
    expect((await xero().call('GET', '/Contacts?page=1')).json('Contacts')).toMatchObject([
      { Name: 'New One', FirstName: 'N', ContactPersons: [] },
    ]);
  });
});

describe('credit notes', () => {
  const note = (number: string, more: Readonly<Record<string, unknown>> = {}) => ({
    Type: 'ACCRECCREDIT',
    CreditNoteNumber: number,
    Contact: { Name: 'Ann Archer' },
    Date: '2026-03-02',
    Status: 'AUTHORISED',
    LineItems: [lineOf()],
    ...more,
  });
  const putNote = (body: unknown) => xero().call('PUT', '/CreditNotes', body);

  it.each([
    ['no type', note('C-1', { Type: undefined }), 'Credit Note Type must be specified'],
    [
      'a discount',
      note('C-1', { LineItems: [lineOf({ DiscountRate: 5 })] }),
      'Discounts can only be applied to ACCREC invoices.',
    ],
    [
      'a status that is none to begin with',
      note('C-1', { Status: 'VOIDED' }),
      'Credit Note not of valid status for creation',
    ],
    [
      'an unknown id',
      { ...note('C-1'), CreditNoteID: '11111111-1111-1111-1111-111111111111' },
      'An existing Credit Note with the specified CreditNoteID could not be found',
    ],
  ])('are refused for %s', async (what, body, message) => {
    const answer = await xero().call(what === 'an unknown id' ? 'POST' : 'PUT', '/CreditNotes', body);
    expect(messagesOf(answer)).toEqual([message]);
  });

  it("have unique numbers when they are ours, and none of their own when they are suppliers'", async () => {
    expect((await putNote(note('C-1'))).json('CreditNotes.0')).toMatchObject({
      CreditNoteNumber: 'C-1',
      RemainingCredit: 120,
      Total: 120,
    });
    expect(messagesOf(await putNote(note('c-1')))).toEqual(['Credit Note # must be unique.']);
    const supplier = note('S-1', {
      Type: 'ACCPAYCREDIT',
      LineItems: [lineOf({ AccountCode: '300', TaxType: 'INPUT2' })],
    });
    expect((await putNote({ CreditNotes: [supplier, supplier] })).status).toBe(200);
    expect((await putNote(note(''))).json('CreditNotes.0.CreditNoteNumber')).toMatch(/^CN-\d{4}$/);
  });
});
