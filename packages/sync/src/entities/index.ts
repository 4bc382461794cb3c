// The list of entities: one line each, in the order in which people meet them.
import type { Entity } from '../entity.ts';
import { accounts } from './accounts/index.ts';
import { contacts } from './contacts/index.ts';
import { creditNotes } from './credit-notes/index.ts';
import { invoices } from './invoices/index.ts';
import { items } from './items/index.ts';
import { stockAdjustments } from './stock-adjustments/index.ts';
import { taxRates } from './tax-rates/index.ts';

export const entities: readonly Entity[] = [
  invoices,
  creditNotes,
  contacts,
  items,
  stockAdjustments,
  accounts,
  taxRates,
];

/** The entity of a name; undefined for a name that is none. */
export function entityOf(name: string): Entity | undefined {
  return entities.find((entity) => entity.name === name);
}

export { accounts, contacts, creditNotes, invoices, items, stockAdjustments, taxRates };
