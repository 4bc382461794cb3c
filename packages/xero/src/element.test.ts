// Reading elements from Xero’s raw JSON.
import { describe, expect, test } from 'vitest';
import { parseDate, parseElements } from './element.ts';

describe('reading elements', () => {
  test('takes verdict, ids, dates and amounts from the raw JSON', () => {
    const invoice = {
      InvoiceID: '22222222-2222-4222-8222-222222222222',
      InvoiceNumber: '489434',
      Status: 'AUTHORISED',
      Date: '/Date(1259625600000+0000)/',
      CurrencyCode: 'GBP',
      SubTotal: 505.3,
      TotalTax: 101.06,
      Total: 606.36,
      Type: 'ACCREC',
      LineAmountTypes: 'Exclusive',
      LineItems: [{ TaxType: 'OUTPUT2', LineAmount: 505.3, TaxAmount: 101.06 }, { LineAmount: 0 }],
      StatusAttributeString: 'OK',
      HasErrors: false,
    };
    expect(parseElements('Invoices', { Invoices: [invoice] })).toEqual([
      {
        verdict: 'ok',
        xeroId: invoice.InvoiceID,
        number: '489434',
        type: 'ACCREC',
        code: null,
        name: null,
        messages: [],
        warnings: [],
        status: 'AUTHORISED',
        date: '2009-12-01',
        currency: 'GBP',
        subTotal: '505.3',
        totalTax: '101.06',
        total: '606.36',
        lines: [
          { taxType: 'OUTPUT2', net: '505.3', tax: '101.06' },
          { taxType: '', net: '0', tax: '0' },
        ],
        text: JSON.stringify(invoice),
      },
    ]);
  });

  test('takes the tax out of a line that has it in, and tells a document without lines from one with none', () => {
    const line = { TaxType: 'OUTPUT2', LineAmount: 0.3, TaxAmount: 0.05 };
    const linesOf = (invoice: object) => parseElements('Invoices', { Invoices: [invoice] })?.[0]?.lines;
    expect(linesOf({ LineAmountTypes: 'Inclusive', LineItems: [line] })).toEqual([
      { taxType: 'OUTPUT2', net: '0.25', tax: '0.05' },
    ]);
    expect(linesOf({ LineItems: [] })).toEqual([]);
    expect(linesOf({})).toBeNull();
  });

  test('has no id for a refused new element, and both spellings of its messages', () => {
    const ContactID = '00000000-0000-0000-0000-000000000000';
    const ValidationErrors = [{ Message: 'one' }, { Description: 'two' }];
    const [element] =
      parseElements('Contacts', {
        Contacts: [{ ContactID, StatusAttributeString: 'ERROR', ValidationErrors }],
      }) ?? [];
    expect(element).toMatchObject({ verdict: 'error', xeroId: null, messages: ['one', 'two'] });
  });

  test('finds the messages of a line where the document itself has none', () => {
    const LineItems = [
      { ValidationErrors: [] },
      { ValidationErrors: [{ Message: 'Account must be valid.' }] },
    ];
    const [element] =
      parseElements('Invoices', { Invoices: [{ StatusAttributeString: 'ERROR', LineItems }] }) ?? [];
    expect(element).toMatchObject({ verdict: 'error', messages: ['Account must be valid.'] });
  });

  test('tells a warning from an error', () => {
    const Warnings = [{ Message: 'Account code removed' }];
    const [element] =
      parseElements('Items', { Items: [{ Code: 'A', StatusAttributeString: 'WARNING', Warnings }] }) ?? [];
    expect(element).toMatchObject({ verdict: 'warning', warnings: ['Account code removed'], code: 'A' });
  });

  test.each([['<html></html>'], [null], [{}], [{ Invoices: 'none' }], [{ Invoices: [1] }]])(
    'has no elements in %j',
    (data) => {
      expect(parseElements('Invoices', data)).toBeUndefined();
    },
  );

  test.each([
    ['2022-08-02T00:00:00', '2022-08-02'],
    ['/Date(1659398400000)/', '2022-08-02'],
    ['/Date(-62135596800000+0000)/', '0001-01-01'],
    ['soon', null],
  ])('reads the date %s as %s in any time zone', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });
});
