// Sales invoices: what goes to Xero, what holds one back, and when Xero's answer agrees.
import { describe, expect, it } from 'vitest';
import { agreementContract, elementOf, entityContract, settledIds } from '../contract.ts';
import { invoices } from './index.ts';
import { check, toXero } from './map.ts';
import type { Invoice } from './model.ts';

const line = {
  itemId: 'item-1',
  description: 'Lantern',
  quantity: '6',
  unitPrice: '3.39',
  nature: 'goods',
  treatment: 'domestic-standard',
  taxRate: '20',
  net: '20.34',
  tax: '4.07',
};
const free = { ...line, unitPrice: '0', net: '0.00', tax: '0.00' };
const document: Invoice = {
  id: '0190-1',
  number: '536365',
  contactId: 'contact-1',
  date: '2010-12-01',
  dueDate: '2010-12-31',
  currency: 'GBP',
  reference: null,
  status: 'authorised',
  sourceHash: null,
  subTotal: '20.34',
  totalTax: '4.07',
  total: '24.41',
  lines: [line, free],
};

function answer(name: string) {
  return elementOf('Invoices', new URL(`./fixtures/${name}.json`, import.meta.url));
}

describe('a sales invoice', () => {
  it('goes whole: quantity and price of free lines too, tax left to Xero (P7, X23)', () => {
    const mapped = toXero(document, settledIds);
    expect(mapped).toMatchObject({
      kind: 'ready',
      wire: {
        Type: 'ACCREC',
        Date: '2010-12-01',
        LineItems: [
          { Quantity: 6, UnitAmount: 3.39, AccountCode: '200', TaxType: 'OUTPUT2' },
          { Quantity: 6, UnitAmount: 0 },
        ],
      },
    });
    expect(JSON.stringify(mapped)).not.toContain('TaxAmount');
  });

  it('waits for a parent that is not in Xero, and says for which', () => {
    const mapped = toXero(document, {
      ...settledIds,
      xeroId: (id) => (id === 'contact-1' ? undefined : 'x'),
    });
    expect(mapped).toEqual({
      kind: 'held',
      held: 'parent',
      reason: 'Waits for record contact-1, which is not in Xero',
    });
  });

  it('says so where a person keeps the parent from Xero, and what to do', () => {
    const mapped = toXero(document, { ...settledIds, xeroId: () => undefined, isKept: () => true });
    expect(mapped).toEqual({
      kind: 'held',
      held: 'parent',
      reason: 'Waits for record contact-1, which is kept from Xero by “Do not sync”: let it sync first',
    });
  });

  it('waits while an account or a tax type is not chosen, and says which', () => {
    expect(toXero(document, { ...settledIds, accountCode: () => undefined })).toMatchObject({
      held: 'account',
      reason: /goods/,
    });
    expect(toXero(document, { ...settledIds, taxType: () => undefined })).toMatchObject({
      held: 'account',
      reason: /domestic-standard/,
    });
  });
});

agreementContract(check, document, toXero(document, settledIds), answer);
entityContract(invoices, [document]);
