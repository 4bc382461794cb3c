// What the journal writes in few characters is read back as it was, whatever stands in a record.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeText } from '../src/change-text.ts';
import {
  type Document,
  documentRecord,
  documentStatuses,
  documentTypes,
  type Line,
  lineAmountTypes,
  lineRecord,
} from '../src/document/document.ts';
import { type Item, itemRecord } from '../src/item/item.ts';
import { documentKinds, type OrganisationChange, organisationChange } from '../src/organisation-change.ts';

/** Often empty or nought, since it is these that are left out; half a pair of surrogates is no text that UTF-8 holds. */
const text = fc.oneof(
  fc.constant(''),
  fc.string(),
  fc.string({ unit: 'binary' }).map((one) => Buffer.from(one).toString()),
);
const number = fc.oneof(fc.constant(0), fc.constant(1_000_000), fc.maxSafeInteger());
const amount = fc.oneof(fc.constant(null), number);
const id = fc.uuid();
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });

const line: fc.Arbitrary<Line> = fc.record({
  ...{ id, description: text, quantity: amount, price: amount, item: text, account: text, taxType: text },
  ...{ amount: number, tax: number, discountRate: amount, discountAmount: amount },
  tracking: maybe(fc.array(fc.record({ category: id, option: id }), { maxLength: 2 })),
});

const document: fc.Arbitrary<Document> = fc.record({
  ...{ id, number: text, reference: text, contact: id, date: text, dueDate: text, paidOn: text },
  type: fc.constantFrom(...documentTypes),
  status: fc.constantFrom(...documentStatuses),
  mode: fc.constantFrom(...lineAmountTypes),
  lines: fc.array(line, { maxLength: 3 }),
  ...{ net: number, tax: number, total: number, discount: number, rate: number },
  ...{ paid: number, credited: number, relieved: number, updatedMs: number },
  ...{ currency: text, url: text, theme: text, plannedDate: text, expectedDate: text },
  sent: fc.boolean(),
  stock: maybe(
    fc.array(fc.record({ item: id, quantity: number, value: number, account: text, contra: text })),
  ),
  ...{ rounding: maybe(number), entered: maybe(number), approvedMs: maybe(number) },
  ...{ bank: maybe(text), app: maybe(text), texts: maybe(fc.record({ Title: text })) },
});

const details = fc.record({ price: amount, account: text, taxType: text });
const item: fc.Arbitrary<Item> = fc.record({
  ...{ id, code: text, name: text, description: text, purchaseDescription: text },
  ...{ isSold: fc.boolean(), isPurchased: fc.boolean(), sales: details, purchase: details },
  ...{ inventoryAccount: text, cogsAccount: text, quantity: number, value: number },
  ...{ lastOutQuantity: number, lastOutValue: number, updatedMs: number },
});

function assertRead(change: OrganisationChange): void {
  expect(organisationChange.parse(JSON.parse(changeText(change)))).toEqual(change);
  // As journals had it that were written before members were left out.
  expect(organisationChange.parse(JSON.parse(JSON.stringify(change)))).toEqual(change);
}

describe('a line of the journal', () => {
  it('holds documents of every kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...documentKinds), document, (kind, record) => {
        // A member that nobody thought of here would be lost unseen.
        expect(Object.keys(record).sort()).toEqual(Object.keys(documentRecord.shape).sort());
        for (const one of record.lines)
          expect(Object.keys(one).sort()).toEqual(Object.keys(lineRecord.shape).sort());
        assertRead({ kind, record });
      }),
      { numRuns: 500 },
    );
  });
  it('holds items', () => {
    fc.assert(
      fc.property(item, (record) => {
        expect(Object.keys(record).sort()).toEqual(Object.keys(itemRecord.shape).sort());
        assertRead({ kind: 'item', record });
      }),
    );
  });
  it('holds what moved the stock of an item', () => {
    const counts = { quantity: number, value: number, lastOutQuantity: number, lastOutValue: number };
    fc.assert(fc.property(fc.record({ kind: fc.constant('stock'), id, ...counts }), assertRead));
  });
  it('leaves out what is usual', () => {
    const bare: Line = {
      ...{ id: 'l', description: '', quantity: null, price: null, item: '', account: '', taxType: '' },
      ...{ amount: 0, tax: 0, discountRate: null, discountAmount: null },
    };
    const record = documentRecord.parse({
      ...{ id: 'i', type: 'QUOTE', number: '', contact: '', date: '', status: 'DRAFT', mode: 'NoTax' },
      ...{ lines: [bare], net: 0, tax: 0, total: 0, currency: 'GBP', updatedMs: 5 },
    });
    expect(changeText({ kind: 'quote', record }).length).toBeLessThan(300);
  });
});
