// A frozen text keeps every field and freezes to itself.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ObjectSerializer } from 'xero-node';
import { freeze, thaw } from './freeze.ts';
import type { Resource, Wire, WireContact, WireCreditNote, WireInvoice, WireItem } from './wire.ts';

const contact: WireContact = {
  ContactID: '11111111-1111-4111-8111-111111111111',
  ContactNumber: '13085',
  Name: 'Customer 13085',
  EmailAddress: 'someone@example.com',
  Phones: [{ PhoneType: 'DEFAULT', PhoneNumber: '0123' }],
  Addresses: [{ AddressType: 'STREET', Country: 'United Kingdom' }],
};
const item: WireItem = { Code: '85048', Name: '15CM CHRISTMAS GLASS BALL', Description: 'a ball' };
const line = {
  Description: 'a ball',
  Quantity: 12,
  UnitAmount: 6.95,
  ItemCode: '85048',
  AccountCode: '200',
  TaxType: 'OUTPUT2',
};
const invoice: WireInvoice = {
  Type: 'ACCREC',
  InvoiceNumber: '489434',
  Contact: { ContactID: '11111111-1111-4111-8111-111111111111' },
  Date: '2009-12-01',
  DueDate: '2009-12-31',
  CurrencyCode: 'GBP',
  LineAmountTypes: 'Exclusive',
  Status: 'AUTHORISED',
  Reference: 'a reference',
  LineItems: [line, { ...line, Quantity: 0, UnitAmount: 0 }],
};
const { InvoiceNumber: _number, DueDate: _due, ...shared } = invoice;
const creditNote: WireCreditNote = { ...shared, Type: 'ACCRECCREDIT', CreditNoteNumber: 'C489449' };

const cases: [Resource, Wire][] = [
  ['Contacts', contact],
  ['Items', item],
  ['Invoices', invoice],
  ['CreditNotes', creditNote],
];

describe('freezing', () => {
  test.each(cases)('keeps every field of %s, and thaws to the same payloads', (resource, wire) => {
    const { body } = freeze(resource, [wire, wire]);
    expect(JSON.parse(body)).toEqual({ [resource]: [wire, wire] });
    expect(thaw(resource, body)).toEqual([wire, wire]);
  });

  test.each(cases)('gives the hash of the text of %s', (resource, wire) => {
    const { body, hash } = freeze(resource, [wire]);
    expect(hash).toBe(createHash('sha256').update(body).digest('hex'));
  });

  test.each(cases)('gives the same text again for the payloads of %s', (resource, wire) => {
    const { body } = freeze(resource, [wire]);
    expect(freeze(resource, thaw(resource, body)).body).toBe(body);
  });

  test.each(cases)('names the fields of %s as the models of xero-node do', (resource, wire) => {
    const models = toModels({ [resource]: [wire] });
    expect(ObjectSerializer.serialize(models, resource)).toEqual({ [resource]: [wire] });
  });

  test('keeps any text and any amount as it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('/Date(0)/', '/Date(', '"', '\\', '\u2028'),
    );
    const amount = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((each) => each / 10_000);
    fc.assert(
      fc.property(text, amount, amount, (Description, Quantity, UnitAmount) => {
        const wire = {
          ...invoice,
          LineItems: [{ ...line, Description, Quantity: Quantity || 0, UnitAmount: UnitAmount || 0 }],
        };
        const { body } = freeze('Invoices', [wire]);
        expect(JSON.parse(body)).toEqual({ Invoices: [wire] });
        expect(thaw('Invoices', body)).toEqual([wire]);
      }),
      { numRuns: 200 },
    );
  });

  test('refuses to thaw a text that is none of ours', () => {
    expect(() => thaw('Invoices', '{"Invoices":[{"Type":"ACCPAY"}]}')).toThrow();
  });
});

/** The models of xero-node spell a wire name with its first letter in lower case (XERO.md 6, 'SDK spelling'). */
function toModels(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toModels);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      toModels(part),
    ]),
  );
}
