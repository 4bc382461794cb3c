// What is urgent goes first, whatever else of its record is in flight, and takes from the day's reserve only what it needs.
import { afterEach, expect, it } from 'vitest';
import type { EngineOptions } from '../src/engine.ts';
import { entities, items } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { retryChanges } from '../src/retry.ts';
import { openRun } from '../src/run.ts';
import { hurryRecord } from '../src/urgent.ts';
import { countStates, ids, makeInventory, writeContacts } from './inventory.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

/** A call for each record, so that few records make many calls; leases that no slow machine lets lapse, whatever the clock's pace. */
const small: Partial<EngineOptions> = {
  entities: entities.map((entity) => ({ ...entity, batchMax: 1 })),
  leaseMs: 10_000_000,
};
const limitMs = 120_000;

let world: World;
afterEach(() => world.close());

/** Has Xero answer nothing clear about the first contact sent, and refuse to say whether it is there. */
async function makeUnsure(): Promise<void> {
  const path = '/Contacts';
  await world.client.fail({ kind: 'left-out', when: 'before', method: 'PUT', path });
  // Whoever asks without end is told, so that it ends.
  await world.client.fail({ kind: '400', method: 'GET', path, times: 6 });
}

/** How often it was asked in vain whether what was left open is there. */
async function asked(): Promise<number> {
  const faults = await world.client.faults();
  return faults.find(({ kind }) => kind === '400')?.met ?? 0;
}

/** Sends contacts, of which the first is left open, and Xero stays unsure of it; answers its id. */
async function leaveOpen(options: WorldOptions, contacts: number): Promise<string> {
  world = await createWorld(options);
  const [id = '', ...others] = ids(contacts);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, [id, ...others]));
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await makeUnsure();
  await world.engine(small).look();
  expect(await syncState(id)).toBe('checking');
  expect(await asked()).toBe(1);
  return id;
}

const syncState = async (id: string) =>
  (await world.db.prisma.record.findFirstOrThrow({ where: { id } })).syncState;

const editUrgently = (id: string) =>
  world.db.write(world.organisation, async (tx) => record(tx, { entity: 'contacts', id, urgent: true }));

async function writeItem(urgent: boolean): Promise<string> {
  const [id = ''] = ids(1);
  const item = {
    code: 'ITEM-1',
    name: 'Item',
    nameSource: 'person',
    description: null,
    kind: 'goods',
  } as const;
  await world.db.write(world.organisation, async (tx) => {
    await items.apply(tx, [{ id, ...item }]);
    record(tx, { entity: 'items', id, urgent });
  });
  return id;
}

const onceKnown = 'once it is known whether Xero has what was sent before it';

it('waits for what was sent of its record before, or of what it needs, and says so', async () => {
  world = await createWorld();
  const made = await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 1 });
  const [contact = '', invoice = ''] = [...made.contacts, ...made.invoices];
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await makeUnsure();
  await world.engine(small).look();
  expect([await syncState(contact), await syncState(invoice)]).toEqual(['checking', 'held']);
  await world.db.write(world.organisation, async (tx) => record(tx, { entity: 'contacts', id: contact }));
  const words = `It goes first in the next sync, ${onceKnown}`;
  expect(await hurry(contact)).toEqual({ kind: 'urgent', words: `${words}: automatic sync is off` });
  await world.db.prisma.connection.updateMany({ data: { autoSync: true } });
  expect(await hurry(contact)).toEqual({ kind: 'urgent', words });
  expect(await hurry(invoice)).toEqual({ kind: 'urgent', words });
});

it('goes before what is not, though another urgent one waits for what is in flight of its record', async () => {
  const id = await leaveOpen({}, 1);
  await editUrgently(id);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(3), 'Later'));
  const item = await writeItem(true);
  const opened = await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await world.engine(small).look();
  const first = await world.db.prisma.export.findFirstOrThrow({
    where: { runId: opened.kind === 'opened' ? opened.runId : '' },
    orderBy: { id: 'asc' },
  });
  expect(first.entity).toBe('items');
  expect(await syncState(item)).toBe('completed');
});

it(
  'does not wake the run that spares the day’s reserve again and again for what may not go yet, and goes past it',
  async () => {
    const day = { limits: { minute: 60, atOnce: 5, day: 30 } };
    const id = await leaveOpen(day, 40);
    const engine = world.engine(small);
    const run = () => world.db.prisma.run.findFirstOrThrow({ where: { organisationId: world.organisation } });
    const parked = { state: 'parked', reason: expect.stringMatching(/kept for urgent work$/) };
    expect(await run()).toMatchObject(parked);
    await editUrgently(id);
    expect(await hurry(id)).toEqual({ kind: 'urgent', words: `It goes first ${onceKnown}` });
    await engine.look();
    expect(await asked()).toBe(1);
    const item = await writeItem(true);
    await engine.look();
    expect(await syncState(item)).toBe('completed');
    expect(await asked()).toBe(1);
    expect(await run()).toMatchObject(parked);
  },
  limitMs,
);

const hurry = (id: string) => hurryRecord(world.db, entities, world.organisation, 'Ann', id);

/** The records of the exports in the order in which these were made. */
async function wentInOrder(): Promise<string[]> {
  const exports = await world.db.prisma.export.findMany({ orderBy: { id: 'asc' } });
  const changes = await world.db.prisma.change.findMany({ where: { exportId: { not: null } } });
  return exports.flatMap(({ id }) => changes.flatMap((one) => (one.exportId === id ? [one.recordId] : [])));
}

it('goes before all else with what it needs, once a person says so', async () => {
  world = await createWorld();
  const made = await makeInventory(world.db, world.organisation, { contacts: 9, items: 9, invoices: 9 });
  const [contact, item, invoice] = [made.contacts, made.items, made.invoices].map((all) => all[8] ?? '');
  expect(await hurry(invoice ?? '')).toEqual({
    kind: 'urgent',
    words: 'It goes first in the next sync: automatic sync is off',
  });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await world.engine(small).look();
  const went = await wentInOrder();
  expect(went.slice(0, 2)).toEqual([contact, item]);
  const invoices = went.filter((id) => made.invoices.includes(id));
  expect(invoices[0]).toBe(invoice);
  const before = went.slice(0, went.indexOf(invoice ?? '')).filter((id) => made.contacts.includes(id));
  expect(before.length).toBeLessThan(9);
  const told = await world.db.prisma.event.findMany({ where: { kind: 'urgent' } });
  expect(told).toMatchObject([{ actor: 'Ann', records: [invoice], text: 'To be sent before all else' }]);
});

it('of what is held for a parent, makes the parent urgent that is to come, and says so of one that cannot', async () => {
  world = await createWorld();
  const made = await makeInventory(world.db, world.organisation, { contacts: 2, items: 1, invoices: 2 });
  const [invoice = '', stuck = ''] = made.invoices;
  const [, refused = ''] = made.contacts;
  await world.db.prisma.contact.updateMany({ where: { id: refused }, data: { name: 'Bad <name>' } });
  await world.sync();
  expect(await hurry(stuck)).toEqual({
    kind: 'stays',
    reason: expect.stringMatching(/^It is held\. Waits for contact Contact-1/),
  });
  expect(await hurry(refused)).toEqual({
    kind: 'stays',
    reason: 'Xero refused it: have it tried again first',
  });
  expect(await hurry(invoice)).toEqual({ kind: 'stays', reason: 'Nothing of it waits to be sent' });
  await world.db.prisma.contact.updateMany({ where: { id: refused }, data: { name: 'Good' } });
  await retryChanges(world.db, world.organisation, 'Ann', { kind: 'all' });
  expect(await hurry(stuck)).toMatchObject({ kind: 'urgent' });
  const urgent = await world.db.prisma.change.findMany({
    where: { urgent: true },
    orderBy: { number: 'asc' },
  });
  expect(urgent.map(({ recordId }) => recordId)).toEqual([refused, stuck]);
  await world.sync();
  expect(await syncState(stuck)).toBe('completed');
});

it(
  'goes with a call of the day’s reserve where nothing else is left of the day, once a person says so',
  async () => {
    world = await createWorld({ limits: { minute: 60, atOnce: 5, day: 20 } });
    const made = ids(25);
    await world.db.write(world.organisation, (tx) => writeContacts(tx, made));
    await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
    const engine = world.engine(small);
    await engine.look();
    const before = await countStates(world.db, world.organisation, 'contacts');
    expect(before.pending).toBeGreaterThan(1);
    const last = made.at(-1) ?? '';
    expect(await hurry(last)).toEqual({
      kind: 'urgent',
      words: 'It goes now, with calls of the day that are kept for urgent work',
    });
    await engine.look();
    expect(await syncState(last)).toBe('completed');
    expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({
      pending: (before.pending ?? 0) - 1,
      sent: (before.sent ?? 0) + 1,
    });
  },
  limitMs,
);
