// Items: what Xero can take of them, and what goes.
import { describe, expect, it } from 'vitest';
import { elementOf, entityContract } from '../contract.ts';
import { items } from './index.ts';
import { check, toXero } from './map.ts';
import { type Item, itemFault } from './model.ts';

const lantern: Item = {
  id: '0190-1',
  code: '71053',
  name: 'WHITE METAL LANTERN',
  nameSource: 'priced',
  description: null,
  kind: 'goods',
};
const postage: Item = {
  id: '0190-2',
  code: 'POST',
  name: 'POSTAGE',
  nameSource: 'priced',
  description: 'By post',
  kind: 'service',
};

describe('an item', () => {
  it.each<[Partial<Item>, RegExp]>([
    [{ code: '' }, /code is missing/],
    [{ code: 'x'.repeat(31) }, /longer than 30/],
    [{ name: 'x'.repeat(51) }, /longer than 50/],
    [{ name: ' ' }, /name is missing/],
    [{ description: 'x'.repeat(4001) }, /longer than 4000/],
  ])('is refused with a reason: %j (C24)', (part, reason) => {
    expect(itemFault({ ...lantern, ...part })).toMatch(reason);
  });

  it('goes untracked and without a price (X3)', () => {
    expect(toXero(lantern)).toEqual({ kind: 'ready', wire: { Code: '71053', Name: 'WHITE METAL LANTERN' } });
  });

  it('is a warning when Xero holds another name (X17)', () => {
    const element = elementOf('Items', new URL('./fixtures/name-differs.json', import.meta.url));
    expect(check(lantern, element)).toMatch(/name/);
  });
});

entityContract(items, [lantern, postage]);
