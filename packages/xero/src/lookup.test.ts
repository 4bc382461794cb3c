// A look is planned in as few reads as the address line allows.
import { describe, expect, test } from 'vitest';
import { planReads } from './lookup.ts';

describe('planning a look', () => {
  test('names invoices by number in one read, each once', () => {
    const reads = planReads({ resource: 'Invoices', by: 'number', values: ['1', '2', '1'] });
    expect(reads.map((read) => read.filter)).toEqual([{ numbers: ['1', '2'] }]);
  });

  test('names contacts, items and credit notes by a condition', () => {
    const where = (resource: 'Contacts' | 'Items' | 'CreditNotes', by: 'number' | 'code') =>
      planReads({ resource, by, values: ['a', 'b'] }).map((read) => read.filter.where);
    expect(where('Contacts', 'number')).toEqual(['ContactNumber=="a" OR ContactNumber=="b"']);
    expect(where('Items', 'code')).toEqual(['Code=="a" OR Code=="b"']);
    expect(where('CreditNotes', 'number')).toEqual(['CreditNoteNumber=="a" OR CreditNoteNumber=="b"']);
  });

  test('keeps every read within what an address line takes, and loses nothing', () => {
    const values = Array.from({ length: 200 }, (_, index) => `WALK-IN Country number ${index}`);
    const reads = planReads({ resource: 'Contacts', by: 'number', values });
    expect(reads.length).toBeGreaterThan(1);
    for (const { filter } of reads) {
      const query = new URLSearchParams({ page: '1', includeArchived: 'true', pageSize: '100' });
      expect(`where=${encode(filter.where ?? '')}&${query}`.length).toBeLessThanOrEqual(2048);
    }
    const named = reads.flatMap(({ filter }) =>
      (filter.where ?? '').split(' OR ').map((term) => term.slice(16, -1)),
    );
    expect(named).toEqual(values);
  });

  test.each([
    ['Contacts', 'number', 'C-123456'],
    ['CreditNotes', 'number', 'CN-1234'],
    ['Items', 'code', 'ITEM-12345'],
    ['Invoices', 'number', 'INV-12345'],
  ] as const)('names a whole batch of %s in one read', (resource, by, number) => {
    const values = Array.from({ length: 50 }, (_, n) => number.slice(0, -2) + String(n + 10));
    expect(planReads({ resource, by, values })).toHaveLength(1);
  });

  test('reads the whole list for what no filter can name, and picks without regard to case', () => {
    const reads = planReads({ resource: 'Items', by: 'code', values: ['A', '15" ROD'] });
    expect(reads.map((read) => read.filter)).toEqual([{ where: 'Code=="A"' }, {}]);
    const element = {
      verdict: 'ok' as const,
      xeroId: 'x',
      number: null,
      type: null,
      name: null,
      messages: [],
      warnings: [],
      status: null,
    };
    const rest = {
      date: null,
      currency: null,
      subTotal: null,
      totalTax: null,
      total: null,
      lines: null,
      text: '',
    };
    expect(reads[1]?.wanted({ ...element, ...rest, code: '15" rod' })).toBe(true);
    expect(reads[1]?.wanted({ ...element, ...rest, code: 'A' })).toBe(false);
  });
});

/** As the wire does: a space is a plus. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}
