// Credit notes: what goes to Xero, what holds one back, and when Xero's answer agrees.
import { describe, expect, it } from 'vitest';
import { elementOf, entityContract, settledIds } from '../contract.ts';
import { creditNotes } from './index.ts';
import { check, toXero } from './map.ts';
import type { CreditNote } from './model.ts';

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
const document: CreditNote = {
  id: '0190-1',
  number: 'C536379',
  contactId: 'contact-1',
  date: '2010-12-01',
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
  return elementOf('CreditNotes', new URL(`./fixtures/${name}.json`, import.meta.url));
}

const whole = toXero(document, settledIds);
const sent = whole.kind === 'ready' ? whole.wire : undefined;

describe('a credit note', () => {
  it('goes whole: quantity and price of free lines too, tax left to Xero (P7, X23)', () => {
    const mapped = toXero(document, settledIds);
    expect(mapped).toMatchObject({
      kind: 'ready',
      wire: {
        Type: 'ACCRECCREDIT',
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

  it('agrees with an answer that is the same to the cent (X17)', () => {
    expect(check(document, answer('agrees'), sent)).toBeUndefined();
  });

  it('is a warning when a cent differs, or the status, or a line is missing (X17, C8)', () => {
    expect(check(document, answer('cent-off'), sent)).toMatch(/total 24.42 instead of 24.41/);
    expect(check(document, answer('draft'), sent)).toMatch(/status DRAFT/);
    expect(check(document, answer('line-lost'), sent)).toMatch(/1 lines instead of 2/);
  });

  it('is a warning when the sums agree and what is under a tax type does not (X17)', () => {
    const moved = [
      { taxType: 'OUTPUT2', net: '20.34', tax: '4.06' },
      { taxType: '', net: '0', tax: '0.01' },
    ];
    expect(check(document, { ...answer('agrees'), lines: moved }, sent)).toBe(
      'Xero holds it otherwise: tax of OUTPUT2 4.06 instead of 4.07, tax of no tax type 0.01 instead of 0.00',
    );
    const other = answer('agrees').lines?.map((each) => ({ ...each, taxType: 'RROUTPUT' })) ?? [];
    expect(check(document, { ...answer('agrees'), lines: other }, sent)).toMatch(
      /net of OUTPUT2 0.00 instead of 20.34, tax of OUTPUT2 0.00 instead of 4.07, net of RROUTPUT 20.34 instead of 0.00/,
    );
  });

  it('has its sums alone to agree with where Xero told no lines', () => {
    expect(check(document, { ...answer('agrees'), lines: null }, sent)).toBeUndefined();
    expect(check(document, { ...answer('cent-off'), lines: null }, sent)).toMatch(/total 24.42 instead/);
  });
});

entityContract(creditNotes, [document]);
