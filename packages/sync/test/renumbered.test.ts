// A record stays one record whatever its number becomes: renumbered here it is updated, renumbered in Xero it is a conflict that says so.
import { createId } from '@stockbook/db';
import { freeze, type Resource, type Wire } from '@stockbook/xero';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chooseSide } from '../src/choose.ts';
import { entities, invoices, items } from '../src/entities/index.ts';
import { freezeClaimed } from '../src/freeze.ts';
import { record } from '../src/outbox.ts';
import { openBooks } from './faults/books.ts';
import { type Kind, kinds } from './faults/kinds.ts';
import { countStates, ids, invoiceOf, makeInventory } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const readRecord = (id: string) => world.db.prisma.record.findFirstOrThrow({ where: { id } });
const countOf = async (collection: Resource | undefined) =>
  collection && (await world.client.summary()).organisations[world.tenantId]?.[collection].count;

it.each(kinds.map((kind) => [kind.entity.name, kind] as const))(
  'of %s keeps its id in Xero when it is renumbered here; renumbered in Xero it was changed and is not gone',
  async (_name, kind) => {
    const books = await openBooks(world.db, world.organisation, 2);
    const { id } = books.entries.find((entry) => entry.kind === kind) ?? { id: '' };
    await world.sync();
    const { xeroId } = await readRecord(id);
    const write = (n: number, version: number) =>
      world.db.write(world.organisation, async (tx) => {
        await kind.entity.apply(tx, [kind.make(id, n, version, books.parents)]);
        record(tx, { entity: kind.entity.name, id });
      });
    await write(78, 2);
    await world.sync();
    const renumbered = await readRecord(id);
    expect(renumbered).toMatchObject({ syncState: 'completed', xeroId });
    expect(renumbered.number).toMatch(/78/);
    expect(await countOf(collections[kind.entity.name])).toBe(2);

    await renumberThere(kind, id);
    await write(78, 3);
    await world.sync();
    const { syncState, problem } = await readRecord(id);
    expect(syncState).toBe('conflict');
    expect(problem).toMatch(/^Xero was changed: (number|code) “THERE-1” instead of “.*78”/);
    await chooseSide(world.db, entities, world.organisation, 'tester', { recordId: id, keep: 'ours' });
    await world.sync();
    expect(await readRecord(id)).toMatchObject({ syncState: 'completed', xeroId });
    expect(await countOf(collections[kind.entity.name])).toBe(2);
  },
);

const collections: Readonly<Record<string, Resource>> = {
  contacts: 'Contacts',
  items: 'Items',
  invoices: 'Invoices',
  'credit-notes': 'CreditNotes',
};

/** By the hand of a person in Xero. */
async function renumberThere({ entity }: Kind, recordId: string): Promise<void> {
  const { remote } = entity;
  const { wires } = await freezeClaimed(world.db.sql, world.organisation, entity, 'update', [
    { number: '0', recordId },
  ]);
  const frozen = remote?.freeze(wires.map(renumbered));
  if (remote === undefined || frozen === undefined) throw new Error(`${entity.name} has no way to Xero`);
  const answer = await remote.send(await world.hand(), { action: 'update', ...frozen, key: createId() });
  expect(answer).toMatchObject({ kind: 'answered', elements: [{ verdict: 'ok' }] });
}

function renumbered(wire: Wire): Wire {
  if ('ContactNumber' in wire) return { ...wire, ContactNumber: 'THERE-1' };
  if ('Code' in wire) return { ...wire, Code: 'THERE-1' };
  return 'InvoiceNumber' in wire
    ? { ...wire, InvoiceNumber: 'THERE-1' }
    : { ...wire, CreditNoteNumber: 'THERE-1' };
}

it('is told from one whose number differs by its case alone: Xero takes one of them, and says why not the other', async () => {
  const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 0 });
  const own = ids(2);
  await world.db.write(world.organisation, async (tx) => {
    const [contact = '', item = ''] = [made.contacts[0], made.items[0]];
    await invoices.apply(
      tx,
      own.map((id, n) => invoiceOf(id, n === 0 ? 'INV-1' : 'inv-1', contact, item)),
    );
    for (const id of own) record(tx, { entity: 'invoices', id });
  });
  await world.sync();
  expect(await countStates(world.db, world.organisation, 'invoices')).toEqual({ sent: 1, rejected: 1 });
  const states = await world.db.prisma.record.findMany({ where: { id: { in: own } } });
  expect(states.map(({ syncState }) => syncState).sort()).toEqual(['completed', 'failed']);
  expect(states.find(({ syncState }) => syncState === 'failed')?.problem).toMatch(/must be unique/);
  expect(await countOf('Invoices')).toBe(1);
  const sizes = await world.db.prisma.export.findMany({ where: { entity: 'invoices' } });
  expect(sizes.map(({ size }) => size)).toEqual([1, 1]);
});

it('an item whose new code Xero does not hold yet is named by the one it holds', async () => {
  const { db, organisation } = world;
  const made = await makeInventory(db, organisation, { contacts: 1, items: 1, invoices: 0 });
  const [contact = '', item = ''] = [made.contacts[0], made.items[0]];
  await world.sync();
  const claimed = [{ number: '0', recordId: item }];
  const { wires } = await freezeClaimed(db.sql, organisation, items, 'update', claimed);
  const { body, hash } = freeze(
    'Items',
    wires.map((wire) => ({ ...wire, Code: 'ITEM-0', Description: 'Written in Xero' })),
  );
  const call = { resource: 'Items', action: 'update', body, hash, key: createId() } as const;
  expect(await (await world.hand()).send(call)).toMatchObject({ elements: [{ verdict: 'ok' }] });
  const [id = ''] = ids(1);
  await db.write(organisation, async (tx) => {
    const recoded = {
      id: item,
      code: 'RECODED',
      name: 'Item 0',
      nameSource: 'person',
      kind: 'goods',
    } as const;
    await items.apply(tx, [{ ...recoded, description: null }]);
    record(tx, { entity: 'items', id: item });
    await invoices.apply(tx, [invoiceOf(id, 'INV-1', contact, item)]);
    record(tx, { entity: 'invoices', id });
  });
  await world.sync();
  expect(await readRecord(item)).toMatchObject({ syncState: 'conflict', number: 'RECODED' });
  expect(await readRecord(id)).toMatchObject({ syncState: 'completed', problem: null });
  const { agreed } = await db.prisma.mapping.findFirstOrThrow({ where: { recordId: id } });
  expect(agreed).toContain('"ItemCode":"ITEM-0"');
});
