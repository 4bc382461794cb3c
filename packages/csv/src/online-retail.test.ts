// The rules of the online-retail template, one table each.
import { describe, expect, it } from 'vitest';
import { onlineRetail } from './online-retail.ts';
import type { Parsed, Sale } from './template.ts';

interface Fields {
  no: string;
  code: string;
  words: string;
  quantity: string;
  date: string;
  price: string;
  customer: string;
  country: string;
}

const plainRow: Fields = {
  no: '536365',
  code: '85123A',
  words: 'WHITE HANGING HEART',
  quantity: '6',
  date: '2010-12-01 08:26:00',
  price: '2.55',
  customer: '17850.0',
  country: 'United Kingdom',
};

describe('the number of a document decides its kind', () => {
  it.each([
    ['536365', '2.55', '6', 'invoice'],
    ['C536379', '2.55', '-1', 'credit-note'],
    ['C536379', '0', '-1', 'credit-note'],
    ['536414', '0.0', '56', 'stock-adjustment'],
    ['536414', '0', '-10', 'stock-adjustment'],
    ['A563185', '11062.06', '1', 'rejected'],
    ['c536379', '2.55', '-1', 'rejected'],
    ['C', '2.55', '-1', 'rejected'],
    ['', '2.55', '6', 'rejected'],
    ['1'.repeat(255), '2.55', '6', 'invoice'],
    ['1'.repeat(256), '2.55', '6', 'rejected'],
    ['٣٤٥', '2.55', '6', 'rejected'],
  ])('%s at %s', (no, price, quantity, kind) => {
    expect(parse([{ no, price, quantity }]).kind).toBe(kind);
  });

  it('keeps the free lines of an invoice', () => {
    const lines = sale([{}, { price: '0', quantity: '3' }]).lines;
    expect(lines.map((line) => [line.quantity, line.unitPrice])).toEqual([
      ['6', '2.55'],
      ['3', '0'],
    ]);
  });

  it('turns the sign of a credit note, and leaves nothing as minus nothing', () => {
    const lines = sale([
      { no: 'C1', quantity: '-12' },
      { no: 'C1', quantity: '0' },
      { no: 'C1', quantity: '-0' },
    ]).lines;
    expect(lines.map((line) => line.quantity)).toEqual(['12', '0', '0']);
  });

  it('raises the level of an adjustment by plus its quantity, with the description as its reason', () => {
    const rows = [
      { price: '0', quantity: '-10', words: ' ', customer: '', country: '' },
      { price: '0.00', quantity: '3.5', words: ' damages ' },
    ];
    expect(parse(rows)).toMatchObject({
      kind: 'stock-adjustment',
      number: '536365',
      date: '2010-12-01',
      reason: 'damages',
      lines: [{ quantity: '-10' }, { quantity: '3.5' }],
    });
  });
});

describe('a row names an item', () => {
  it.each([
    ['85123a', '85123A', 'goods', 'goods'],
    [' 85123A ', '85123A', 'goods', 'goods'],
    ['DCGS0076', 'DCGS0076', 'goods', 'goods'],
    ['POST', 'POST', 'service', 'carriage'],
    ['DOT', 'DOT', 'service', 'carriage'],
    ['C2', 'C2', 'service', 'carriage'],
    ['C3', 'C3', 'service', 'carriage'],
    ['m', 'M', 'service', 'goods'],
    ['D', 'D', 'service', 'discounts'],
    ['S', 'S', 'service', 'goods'],
    ['B', 'B', 'service', 'goods'],
    ['AMAZONFEE', 'AMAZONFEE', 'service', 'fees'],
    ['CRUK', 'CRUK', 'service', 'fees'],
    ['BANK CHARGES', 'BANK CHARGES', 'service', 'charges'],
    ['ADJUST2', 'ADJUST2', 'service', 'goods'],
    ['gift_0001_20', 'GIFT_0001_20', 'service', 'vouchers'],
  ])('%s', (code, expected, kind, nature) => {
    const [line] = sale([{ code }]).lines;
    expect(line).toMatchObject({ item: { code: expected, kind }, nature });
  });

  it.each([
    ['WHITE HEART ', '2.55', 'WHITE HEART', 'priced'],
    ['WHITE HEART', '0', 'WHITE HEART', 'free'],
    ['  ', '2.55', '85123A', 'code'],
    ['x'.repeat(51), '2.55', 'x'.repeat(50), 'priced'],
    [`${'x'.repeat(49)} y`, '2.55', 'x'.repeat(49), 'priced'],
    [`${'x'.repeat(49)}😀`, '2.55', 'x'.repeat(49), 'priced'],
  ])('with the name “%s” at %s', (words, price, name, nameSource) => {
    const [, line] = sale([{}, { words, price }]).lines;
    expect(line?.item).toMatchObject({ name, nameSource });
    expect(line?.description).toBe(words.trim());
  });
});

describe('a sale', () => {
  it.each([
    ['17850.0', 'France', '17850', 'Customer 17850'],
    ['17850', 'France', '17850', 'Customer 17850'],
    ['', 'France', 'WALK-IN France', 'Walk-in customer, France'],
    ['', ' united  KINGDOM ', 'WALK-IN United Kingdom', 'Walk-in customer, United Kingdom'],
  ])('of customer “%s” in %s has its party', (customer, country, number, name) => {
    expect(sale([{ customer, country }]).party).toMatchObject({ number, name });
  });

  it.each([
    ['United Kingdom', 'domestic-standard', '20'],
    ['France', 'zero-rated-export', '0'],
    ['EIRE', 'zero-rated-export', '0'],
  ])('in %s is %s', (country, treatment, taxRate) => {
    expect(sale([{ country }]).lines[0]).toMatchObject({ treatment, taxRate });
  });

  it.each([
    ['2010-12-01 08:26:00', '2010-12-01', '2010-12-31'],
    ['2012-02-28 23:59', '2012-02-28', '2012-03-29'],
    ['2011-03-26T00:00:00', '2011-03-26', '2011-04-25'],
    ['2010-12-09', '2010-12-09', '2011-01-08'],
  ])('made at %s is of that calendar date, due 30 days later', (date, day, due) => {
    expect(sale([{ date }, { date: '2011-01-01 00:00:00' }])).toMatchObject({
      date: day,
      dueDate: due,
      currency: 'GBP',
    });
  });

  it('carries a price below 0 as long as its total is not', () => {
    expect(sale([{}, { quantity: '1', price: '-15.30' }]).lines[1]?.unitPrice).toBe('-15.3');
    expect(reasons([{}, { quantity: '1', price: '-15.31' }])[0]).toMatch(/comes to -0.01/);
    expect(reasons([{ price: '-1' }])[0]).toMatch(/no row of the document has a price above 0/);
  });
});

describe('a fault in a row rejects its document, with the row and the reason', () => {
  it.each<[Partial<Fields>, RegExp]>([
    [{ price: 'abc' }, /UnitPrice is “abc”, not a plain number/],
    [{ price: '' }, /UnitPrice is blank/],
    [{ price: '1e3' }, /UnitPrice/],
    [{ price: '1,5' }, /UnitPrice/],
    [{ price: 'NaN' }, /UnitPrice/],
    [{ price: '-Infinity' }, /UnitPrice/],
    [{ price: '0x10' }, /UnitPrice/],
    [{ price: '2.55555' }, /more than 4 decimals/],
    [{ price: '10000000000' }, /UnitPrice 10000000000 is over/],
    [{ price: '9'.repeat(500) }, /UnitPrice is “9{40}…”/],
    [{ quantity: 'six' }, /Quantity is “six”/],
    [{ quantity: '1.00001' }, /more than 4 decimals/],
    [{ quantity: '100000000' }, /Quantity 100000000 is over/],
    [{ quantity: '-1' }, /an invoice takes none below 0/],
    [{ quantity: '99999999', price: '9999' }, /more than Xero takes in a line/],
    [{ date: '' }, /InvoiceDate is blank/],
    [{ date: '01/12/2010 08:26' }, /InvoiceDate is “01\/12\/2010 08:26”/],
    [{ date: '2010-02-29 08:26:00' }, /InvoiceDate/],
    [{ date: '2010-12-01 25:00:00' }, /InvoiceDate/],
    [{ date: '0000-12-01' }, /InvoiceDate/],
    [{ code: '' }, /StockCode is blank/],
    [{ code: 'x'.repeat(31) }, /StockCode .* longer than 30/],
    [{ code: 'a\nb' }, /StockCode contains a line break/],
    [{ customer: 'Smith' }, /CustomerID “Smith”/],
    [{ customer: '17850.5' }, /CustomerID/],
    [{ customer: '17851' }, /for customer 17851 .* first row for customer 17850/],
    [{ country: '' }, /Country is blank/],
    [{ country: 'France' }, /in France, the document's first row/],
    [{ country: 'x'.repeat(43) }, /Country .* longer than 42/],
    [{ country: '<b>' }, /Country “<b>” contains </],
    [{ words: 'x'.repeat(4001) }, /Description is longer than 4000/],
  ])('%o', (fields, reason) => {
    const parsed = parse([{}, fields]);
    if (parsed.kind !== 'rejected') throw new Error(`it was taken as ${parsed.kind}`);
    expect(parsed.reasons).toHaveLength(1);
    expect(parsed.reasons[0]).toMatchObject({ file: 1, line: 3 });
    expect(parsed.reasons[0]?.reason).toMatch(reason);
  });

  it('of a credit note with a quantity above 0', () => {
    expect(reasons([{ no: 'C1', quantity: '5' }])[0]).toMatch(/a credit note has its quantities below 0/);
  });

  it('of a row without any fields', () => {
    expect(onlineRetail.parse('536365', [{ file: 1, line: 2, fields: [] }]).kind).toBe('rejected');
  });
});

function parse(rows: Partial<Fields>[]): Parsed {
  const sources = rows.map((row, index) => {
    const all = { ...plainRow, ...row };
    const fields = [
      all.no,
      all.code,
      all.words,
      all.quantity,
      all.date,
      all.price,
      all.customer,
      all.country,
    ];
    return { file: 1, line: index + 2, fields };
  });
  return onlineRetail.parse(onlineRetail.documentOf(sources[0]?.fields ?? []), sources);
}

function sale(rows: Partial<Fields>[]): Sale {
  const parsed = parse(rows);
  if (parsed.kind === 'invoice' || parsed.kind === 'credit-note') return parsed;
  throw new Error(JSON.stringify(parsed));
}

function reasons(rows: Partial<Fields>[]): string[] {
  const parsed = parse(rows);
  return parsed.kind === 'rejected' ? parsed.reasons.map(({ reason }) => reason) : [];
}
