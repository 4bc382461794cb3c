// Tax rates: what of Xero’s is kept, what each adds to a document, and that none is ever sent.
import { readFileSync } from 'node:fs';
import { parseTaxRates } from '@stockbook/xero';
import { describe, expect, test } from 'vitest';
import { entityContract } from '../contract.ts';
import { taxRates } from './index.ts';
import { fromXero, onePerType } from './map.ts';
import { taxRateDetails, taxRateListed } from './model.ts';

const full = {
  Name: '20% (VAT on Income)',
  TaxType: 'OUTPUT2',
  ReportTaxType: 'OUTPUT',
  Status: 'ACTIVE',
  DisplayTaxRate: 20,
  EffectiveRate: 20,
  CanApplyToAssets: true,
  CanApplyToEquity: true,
  CanApplyToExpenses: false,
  CanApplyToLiabilities: true,
  CanApplyToRevenue: true,
};
const id = '55555555-5555-7555-8555-555555555555';

describe('a tax rate', () => {
  test('keeps what Xero says of it', () => {
    expect(fromXero(full, id)).toEqual({
      id,
      taxType: 'OUTPUT2',
      name: '20% (VAT on Income)',
      rate: '20',
      status: 'ACTIVE',
      onRevenue: true,
      onExpenses: false,
      onAssets: true,
      onLiabilities: true,
      onEquity: true,
    });
  });

  test.each(['REVERSECHARGES', 'ECACQUISITIONS', 'DRCHARGE20', 'DRCHARGESUPPLY20'])(
    'adds nothing to a document under %s, whatever its rate reads',
    (ReportTaxType) => {
      expect(fromXero({ ...full, ReportTaxType }, id).rate).toBe('0');
    },
  );

  test('counts by its effective rate, and as nothing without any', () => {
    expect(fromXero({ ...full, DisplayTaxRate: 17.5, EffectiveRate: 17.5 }, id).rate).toBe('17.5');
    expect(fromXero({ ...full, DisplayTaxRate: null, EffectiveRate: null }, id).rate).toBe('0');
  });

  test('of two rates of one tax type the one in use counts', () => {
    const fixture = readFileSync(new URL('./fixtures/tax-rates.json', import.meta.url), 'utf8');
    const read = onePerType(parseTaxRates(JSON.parse(fixture))).map((each) => fromXero(each, id));
    expect(read.map(({ taxType, rate, status, onRevenue }) => [taxType, rate, status, onRevenue])).toEqual([
      ['OUTPUT2', '20', 'ACTIVE', true],
      ['DRCHARGE20', '0', 'ACTIVE', true],
      ['TAX001', '15', 'ACTIVE', true],
      ['TAX002', '0', 'ACTIVE', false],
    ]);
  });

  test('is listed by its tax type, and tells what it applies to', () => {
    const taxRate = fromXero(full, id);
    expect(taxRateListed(taxRate)).toMatchObject({
      number: 'OUTPUT2',
      accountingCode: 'OUTPUT2',
      xeroId: null,
    });
    expect(taxRateDetails(taxRate)).toContainEqual({
      label: 'Applies to',
      text: 'revenue, assets, liabilities, equity',
    });
  });

  test('is read and never sent', () => {
    expect(taxRates).toMatchObject({ exports: 'read only', form: [] });
    expect(taxRates.remote).toBeUndefined();
  });
});

entityContract(taxRates, [fromXero(full, id)]);
