// An item as Xero takes it: untracked, without prices (X3).
import type { Fields } from '@stockbook/core';
import type { Element } from '@stockbook/xero';
import type { Mapped } from '../../entity.ts';
import { type Item, itemFault } from './model.ts';

export function toXero(item: Item): Mapped {
  return {
    kind: 'ready',
    wire: {
      Code: item.code,
      Name: item.name,
      ...(item.description === null ? {} : { Description: item.description }),
    },
  };
}

export function check(item: Item, element: Element): string | undefined {
  return element.name === item.name
    ? undefined
    : `Xero holds it otherwise: name ${element.name ?? 'missing'}`;
}

/** The item with what Xero holds; undefined where it has another code there, or would be none of ours. */
export function adopt(item: Item, theirs: Fields): Item | undefined {
  if (theirs.get('code') !== item.code) return undefined;
  const adopted = {
    ...item,
    name: theirs.get('name') ?? item.name,
    description: theirs.get('description') || null,
  };
  return itemFault(adopted) === undefined ? adopted : undefined;
}
