// What is frozen and what Xero answers say the same in the same words.
import { expect, it } from 'vitest';
import { fieldsOf, lineIdsOf, toldByBoth } from './fields.ts';

const line = {
  Description: 'Lantern',
  Quantity: 6,
  UnitAmount: 3.39,
  AccountCode: '200',
  TaxType: 'OUTPUT2',
};

it('tells a frozen invoice and Xero’s answer to it alike, whatever the form of dates and figures', () => {
  const frozen = {
    Type: 'ACCREC',
    InvoiceNumber: '536365',
    Contact: { ContactID: 'c1' },
    Date: '2010-12-01',
    DueDate: '2010-12-31',
    CurrencyCode: 'GBP',
    Status: 'AUTHORISED',
    LineItems: [line],
  };
  const answered = {
    ...frozen,
    InvoiceID: 'i1',
    Contact: { ContactID: 'c1', Name: 'Smith' },
    DateString: '2010-12-01T00:00:00',
    Date: '/Date(1291161600000+0000)/',
    DueDate: '/Date(1293753600000+0000)/',
    Status: 'PAID',
    LineItems: [{ ...line, LineItemID: 'l1', Quantity: '6.0000', UnitAmount: '3.3900', LineAmount: 20.34 }],
  };
  expect([...fieldsOf('Invoices', answered)]).toEqual([...fieldsOf('Invoices', frozen)]);
  expect(lineIdsOf(answered)).toEqual([{ id: 'l1', text: '["","Lantern"]' }]);
});

it('passes over account and tax of a line that is worth nothing', () => {
  const free = { ...line, UnitAmount: 0 };
  const bare = { Description: 'Lantern', Quantity: 6, UnitAmount: '0.00' };
  expect([...fieldsOf('CreditNotes', { LineItems: [free] })]).toEqual([
    ...fieldsOf('CreditNotes', { LineItems: [bare] }),
  ]);
});

it('tells what a person did to a line besides what we send: its discount and its tracking, in any order', () => {
  const tracked = { Name: 'Region', Option: 'North' };
  const told = (over: object) =>
    Object.fromEntries(fieldsOf('Invoices', { LineItems: [{ ...line, ...over }] }));
  const other = { Name: 'Channel', Option: 'Web' };
  expect(told({ DiscountRate: '10.0000', Tracking: [tracked, other] })).toEqual({
    ...told({}),
    'line 1 discount': '10 %',
    'line 1 tracking': 'Channel: Web, Region: North',
  });
  expect(told({ DiscountAmount: 1.5 })).toMatchObject({ 'line 1 discount': '1.5' });
  expect(told({ DiscountRate: 0, DiscountAmount: null, Tracking: [] })).toEqual(told({}));
});

it('tells sums, which are no difference where they were not kept with what was agreed', () => {
  const sums = { SubTotal: 20.34, TotalTax: '4.0700', Total: 24.41 };
  const told = fieldsOf('Invoices', { LineItems: [line], ...sums });
  expect([...told].slice(-3)).toEqual([
    ['net total', '20.34'],
    ['tax total', '4.07'],
    ['total', '24.41'],
  ]);
  const old = fieldsOf('Invoices', { LineItems: [line] });
  expect([...toldByBoth(told, old)]).toEqual([...old]);
  expect(toldByBoth(told, told)).toBe(told);
});

it('tells the tax of each line, which a person may have moved to another with the same sums', () => {
  const second = { ...line, TaxAmount: '4.0700' };
  const told = fieldsOf('CreditNotes', { LineItems: [{ ...line, TaxAmount: 4.06 }, second], Total: 48.82 });
  expect([...told].slice(-3)).toEqual([
    ['total', '48.82'],
    ['line 1 tax amount', '4.06'],
    ['line 2 tax amount', '4.07'],
  ]);
  const old = fieldsOf('CreditNotes', { LineItems: [line, second], Total: 48.82 });
  expect(toldByBoth(told, old).has('line 1 tax amount')).toBe(false);
  expect(toldByBoth(told, old).get('line 2 tax amount')).toBe('4.07');
});

it('tells a contact by the default phone and the street, and that it is archived', () => {
  const answered = {
    Name: ' Smith ',
    ContactStatus: 'ARCHIVED',
    Phones: [
      { PhoneType: 'FAX', PhoneNumber: '9' },
      { PhoneType: 'DEFAULT', PhoneAreaCode: '20', PhoneNumber: '7' },
    ],
    Addresses: [
      { AddressType: 'POBOX', Country: 'FR' },
      { AddressType: 'STREET', Country: 'GB' },
    ],
  };
  expect(Object.fromEntries(fieldsOf('Contacts', answered))).toEqual({
    name: 'Smith',
    phone: '20 7',
    country: 'GB',
    status: 'ARCHIVED',
  });
});
