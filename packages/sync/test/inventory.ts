// Inventory for tests: contacts, items and invoices written as the API writes them.
import { lineAmounts, sumTotals } from '@stockbook/core';
import { createId, type Db, type ModelTx } from '@stockbook/db';
import { contacts, invoices, items } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';

export interface Made {
  contacts: string[];
  items: string[];
  invoices: string[];
}

/** Writes so many of each; invoice n goes to contact n and sells item n, round and round. */
export async function makeInventory(
  db: Db,
  organisation: string,
  want: { contacts: number; items: number; invoices: number },
): Promise<Made> {
  const made: Made = { contacts: ids(want.contacts), items: ids(want.items), invoices: ids(want.invoices) };
  await db.write(organisation, async (tx) => {
    await writeContacts(tx, made.contacts);
    await items.apply(
      tx,
      made.items.map((id, n) => ({
        id,
        code: `ITEM-${n}`,
        name: `Item ${n}`,
        nameSource: 'person',
        description: null,
        kind: 'goods',
      })),
    );
    for (const id of made.items) record(tx, { entity: 'items', id });
    const drafts = made.invoices.map((id, n) =>
      invoiceOf(id, `INV-${n}`, pick(made.contacts, n), pick(made.items, n)),
    );
    await invoices.apply(tx, drafts);
    for (const id of made.invoices) record(tx, { entity: 'invoices', id });
  });
  return made;
}

export async function writeContacts(
  tx: ModelTx,
  contactIds: readonly string[],
  name = 'Contact',
): Promise<void> {
  await contacts.apply(
    tx,
    contactIds.map((id, n) => ({
      id,
      number: `${name}-${n}`,
      name: `${name} ${n}`,
      email: null,
      phone: null,
      country: null,
    })),
  );
  for (const id of contactIds) record(tx, { entity: 'contacts', id });
}

export function invoiceOf(id: string, number: string, contactId: string, itemId: string) {
  const priced = { quantity: '3', unitPrice: '19.99', taxRate: '20' };
  const line = {
    ...priced,
    itemId,
    description: 'Sold',
    nature: 'goods',
    treatment: 'domestic-standard',
    ...lineAmounts(priced),
  };
  const dates = { date: '2026-11-20', dueDate: '2026-12-20' };
  return {
    id,
    number,
    contactId,
    ...dates,
    currency: 'GBP',
    reference: null,
    status: 'authorised' as const,
    sourceHash: null,
    ...sumTotals([line]),
    lines: [line],
  };
}

export function ids(count: number): string[] {
  return Array.from({ length: count }, () => createId());
}

function pick(list: readonly string[], n: number): string {
  return list[n % list.length] ?? '';
}

/** The states of an entity's changes, counted. */
export async function countStates(
  db: Db,
  organisation: string,
  entity: string,
): Promise<Record<string, number>> {
  const rows = await db.prisma.change.groupBy({
    by: ['state', 'held'],
    where: { organisationId: organisation, entity },
    _count: true,
  });
  return Object.fromEntries(
    rows.map((row) => [row.held === null ? row.state : `held: ${row.held}`, row._count]),
  );
}
