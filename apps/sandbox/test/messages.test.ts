// Xero's validation messages (XERO.md 10.2), word for word, each shown by a call that meets it.
import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, lineOf, messagesOf, saleOf, useXero } from './xero.ts';

const xero = useXero();
beforeEach(() => xero().control.reset());

const call = (method: string, path: string, body?: unknown) => xero().call(method, path, body);
const put = (path: string, body: unknown) => call('PUT', path, body);
const twice = async (path: string, body: unknown) => {
  await put(path, body);
  return put(path, body);
};
const sale = (more: Readonly<Record<string, unknown>> = {}) => put('/Invoices', saleOf('I-1', more));
const withLine = (more: Readonly<Record<string, unknown>>) => sale({ LineItems: [lineOf(more)] });
const change = (more: Readonly<Record<string, unknown>>) =>
  call('POST', '/Invoices', { InvoiceNumber: 'I-1', ...more });
const pay = (more: Readonly<Record<string, unknown>> = {}) =>
  put('/Payments', {
    Invoice: { InvoiceNumber: 'I-1' },
    Account: { Code: '090' },
    Amount: 20,
    Date: '2026-03-03',
    ...more,
  });
const paid = async () => {
  await sale();
  await pay();
};

type Case = readonly [message: string, act: () => Promise<Answer>];
const says = async (message: string, act: () => Promise<Answer>) => {
  const answer = await act();
  expect([answer.status, messagesOf(answer)]).toEqual([400, expect.arrayContaining([message])]);
};

const items: readonly Case[] = [
  ["Price List Item with Code 'abc' already exists", () => twice('/Items', { Code: 'abc' })],
  [
    'Insufficient stock. Items are eligible for backorder.',
    async () => {
      await put('/Items', {
        Code: 'T',
        InventoryAssetAccountCode: '630',
        PurchaseDetails: { COGSAccountCode: '310' },
      });
      return withLine({ ItemCode: 'T' });
    },
  ],
];

const contacts: readonly Case[] = [
  [
    'The contact name Ann is already assigned to another contact. The contact name must be unique across all active contacts.',
    () => twice('/Contacts', { Name: 'Ann' }),
  ],
  [
    'Another contact has this contact number. Please enter a different contact number.',
    async () => {
      await put('/Contacts', { Name: 'Ann', ContactNumber: '1' });
      return put('/Contacts', { Name: 'Bo', ContactNumber: '1' });
    },
  ],
  ['Email address must be valid.', () => put('/Contacts', { Name: 'Ann', EmailAddress: 'ann' })],
  [
    'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
    () => put('/Contacts', { FirstName: 'Ann' }),
  ],
  [
    'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes',
    async () => {
      await put('/Contacts', { Name: 'Ann', ContactNumber: '1' });
      await call('POST', '/Contacts', { ContactNumber: '1', ContactStatus: 'ARCHIVED' });
      return sale({ Contact: { ContactNumber: '1' } });
    },
  ],
  ['A Contact must be specified for this type of transaction', () => sale({ Contact: undefined })],
  [
    "You've reached the limit of 100 contact groups.",
    () =>
      put('/ContactGroups', { ContactGroups: Array.from({ length: 101 }, (_, n) => ({ Name: `G${n}` })) }),
  ],
];

const lines: readonly Case[] = [
  [
    "The discount rate '0.00' is invalid. Discount must not be greater than the line total.",
    () => sale({ LineItems: [lineOf(), lineOf({ Quantity: 1, UnitAmount: -1, DiscountAmount: 0 })] }),
  ],
  [
    'You cannot save this transaction using an inventory account type',
    () => withLine({ AccountCode: '630', TaxType: 'NONE' }),
  ],
  [
    'The line total 1.00 does not match the expected line total 0.00',
    () => withLine({ UnitAmount: 0, LineAmount: 1 }),
  ],
];

const invoices: readonly Case[] = [
  ['Invoice # must be unique.', () => twice('/Invoices', saleOf('I-1'))],
  [
    'Invoice not of valid status for modification',
    async () => {
      await sale();
      return change({ Status: 'DRAFT' });
    },
  ],
  [
    'This document cannot be edited as it has a payment or credit note allocated to it.',
    async () => {
      await paid();
      return change({ Status: 'VOIDED' });
    },
  ],
  ['Invoice not of valid status for creation', () => sale({ Status: 'VOIDED' })],
  ['Invoice Type must be specified', () => sale({ Type: undefined })],
  ['One or more line items must be specified', () => sale({ LineItems: [] })],
  ["Account code 'X' is not a valid code for this document", () => withLine({ AccountCode: 'X' })],
  ['Account code or ID must be specified', () => withLine({ AccountCode: undefined })],
  [
    "The TaxType code 'OUTPUT2' cannot be used with account code '404'.",
    () => withLine({ AccountCode: '404' }),
  ],
  [
    "The quantity value '-2.0000' is invalid. Quantity must not be less than zero.",
    () => withLine({ Quantity: -2 }),
  ],
  [
    'Date cannot be changed on an invoice that has payment or credit notes allocated to it',
    async () => {
      await paid();
      return change({ Date: '2026-03-09' });
    },
  ],
  [
    'The status AUTHORISED cannot be applied to the invoice because it has payment or Credit notes allocated to it',
    async () => {
      await sale();
      await pay({ Amount: 120 });
      return change({ Status: 'AUTHORISED' });
    },
  ],
  ['Url must be a valid absolute url', () => sale({ Url: 'here' })],
  ['Account must be valid.', () => withLine({ UnitAmount: 1.0123456789 })],
  ['Tax rate must be valid.', () => withLine({ UnitAmount: 1.0123456789 })],
];

const payments: readonly Case[] = [
  [
    'Payment amount exceeds the amount outstanding on this document',
    async () => {
      await sale();
      return pay({ Amount: 121 });
    },
  ],
  [
    'Payments can only be made against Authorised documents',
    async () => {
      await sale({ Status: 'DRAFT' });
      return pay();
    },
  ],
  [
    'You must specify an Account code or Account ID for the payment',
    async () => {
      await sale();
      return pay({ Account: undefined });
    },
  ],
  [
    'Account type is invalid for making a payment to/from',
    async () => {
      await sale();
      return pay({ Account: { Code: '200' } });
    },
  ],
];

const others: readonly Case[] = [
  [
    'Order number must be unique',
    async () => {
      await put('/Contacts', { Name: 'Bo' });
      return twice('/PurchaseOrders', {
        Contact: { Name: 'Bo' },
        PurchaseOrderNumber: 'P',
        LineItems: [lineOf()],
      });
    },
  ],
  [
    'The total debits (100.00) must equal total credits (-10.00)',
    () =>
      put('/ManualJournals', {
        Narration: 'n',
        JournalLines: [
          { LineAmount: 100, AccountCode: '404' },
          { LineAmount: -10, AccountCode: '310' },
        ],
      }),
  ],
  [
    'An existing Credit Note with the specified CreditNoteID could not be found',
    () =>
      call('POST', '/CreditNotes', { CreditNoteID: '11111111-1111-1111-1111-111111111111', Status: 'DRAFT' }),
  ],
  ['Please enter a unique Name.', () => put('/Accounts', { Code: 'N1', Name: 'Sales', Type: 'EXPENSE' })],
  ['Please enter a unique Code', () => put('/Accounts', { Code: '200', Name: 'Another', Type: 'EXPENSE' })],
];

describe('messages', () => {
  it.each(items)('10.2 of items: %s', says);
  it.each(contacts)('10.2 of contacts: %s', says);
  it.each(lines)('10.2 of lines: %s', says);
  it.each(invoices)('10.2 of invoices: %s', says);
  it.each(payments)('10.2 of payments: %s', says);
  it.each(others)('10.2 of others: %s', says);

  it('10.2 of a contact number that is taken come in two kinds, by the option contact-number-words', async () => {
    await put('/Contacts', { Name: 'Ann', ContactNumber: '1' });
    const second = async () => messagesOf(await put('/Contacts', { Name: 'Bo', ContactNumber: '1' }));
    expect(await second()).toEqual([
      'Another contact has this contact number. Please enter a different contact number.',
    ]);
    await xero().control.setOptions({ 'contact-number-words': 'assigned' });
    expect(await second()).toEqual([
      expect.stringMatching(/^The contact number 1 is already assigned to another contact\. /),
    ]);
    await xero().control.setOptions({ 'contact-number-words': 'another' });
  });

  it('10.2 of an archived account on a line', async () => {
    const id = String((await call('GET', '/Accounts/260')).json('Accounts.0.AccountID'));
    await call('POST', `/Accounts/${id}`, { Status: 'ARCHIVED' });
    const refused = await withLine({ AccountCode: '260' });
    await call('POST', `/Accounts/${id}`, { Status: 'ACTIVE' });
    expect(messagesOf(refused)).toEqual([
      "Account code '260' has been archived, or has been deleted. Each line item must reference a valid account",
    ]);
  });

  it('10.2 of an order that is not approved and said to be sent is a warning', async () => {
    await put('/Contacts', { Name: 'Bo' });
    const made = await put('/PurchaseOrders', {
      Contact: { Name: 'Bo' },
      SentToContact: true,
      LineItems: [lineOf()],
    });
    expect(made.json('PurchaseOrders.0.Warnings')).toEqual([
      { Message: 'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.' },
    ]);
  });

  it('10.2 a line of 0.00 loses its account, one without quantity and price its item', async () => {
    await put('/Items', { Code: 'L' });
    const made = await sale({
      LineItems: [lineOf(), lineOf({ UnitAmount: 0 }), { Description: 'Note', ItemCode: 'L' }],
    });
    const line = (n: number) => Object(made.json(`Invoices.0.LineItems.${n}`));
    expect([line(1).AccountCode, line(2).ItemCode]).toEqual([undefined, undefined]);
  });
});
