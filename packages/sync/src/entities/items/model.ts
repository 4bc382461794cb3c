// An item in our canonical shape: what is sold, kept in stock or not.
import type { Detail, Listed } from '@stockbook/core';

/** Where an item's name came from, worst first; a better source replaces a worse one. */
const nameSources = ['code', 'free', 'priced', 'person'] as const;
export type NameSource = (typeof nameSources)[number];

export interface Item {
  id: string;
  /** Unique; at most 30 characters in Xero. */
  code: string;
  name: string;
  nameSource: NameSource;
  description: string | null;
  /** Services have no stock. */
  kind: 'goods' | 'service';
}

const itemLimits = { code: 30, name: 50, description: 4000 } as const;

/** What is wrong with an item, in words; undefined when Xero can take it (XERO.md 6). */
export function itemFault(item: Item): string | undefined {
  if (item.code.trim() === '') return 'The code is missing: give the item a code';
  if (item.name.trim() === '') return 'The name is missing: give the item a name';
  for (const field of ['code', 'name', 'description'] as const) {
    if ((item[field] ?? '').length > itemLimits[field])
      return `The ${field} is longer than ${itemLimits[field]} characters: shorten it`;
  }
  return undefined;
}

export function itemListed(item: Item): Listed {
  return {
    id: item.id,
    number: item.code,
    title: item.name,
    date: null,
    total: null,
    currency: null,
    status: 'active',
  };
}

export function itemDetails(item: Item): Detail[] {
  return [
    { label: 'Code', text: item.code },
    { label: 'Name', text: item.name },
    { label: 'Description', text: item.description ?? '' },
    { label: 'Kind', text: item.kind === 'goods' ? 'Goods, kept in stock' : 'Service, no stock' },
  ];
}
