// An item as Xero takes it: untracked, without prices (X3).
import type { Element } from '@stockbook/xero';
import type { Mapped } from '../../entity.ts';
import type { Item } from './model.ts';

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
