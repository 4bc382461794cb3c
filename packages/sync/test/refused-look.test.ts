// Xero refuses to show what it holds: nothing is asked over and over, nothing goes unseen, and everything else goes on.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contacts, entities } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { retryChanges } from '../src/retry.ts';
import { openRun } from '../src/run.ts';
import { readStatus } from '../src/status.ts';
import { countStates, ids, makeInventory, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

const words = 'The request would touch too many records';
const refused = { kind: '400', path: '/Contacts', message: words } as const;

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** Carries a run whose reads of contacts are refused, and answers how many there were. */
async function refuseReads(): Promise<number> {
  const { id } = await world.client.fail({ ...refused, method: 'GET', times: 1_000_000 });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await world.engine({ entities: entities.map((entity) => ({ ...entity, batchMax: 5 })) }).look();
  const reads = (await world.client.faults()).find((one) => one.id === id)?.met ?? 0;
  await world.client.mend(id);
  return reads;
}

const states = (entity: string) => countStates(world.db, world.organisation, entity);
const read = (id: string) => world.db.prisma.record.findFirstOrThrow({ where: { id } });
const lastRun = () =>
  world.db.prisma.run.findFirstOrThrow({
    where: { organisationId: world.organisation },
    orderBy: { id: 'desc' },
  });
/** Until when calls were ever kept back. */
const closedUntil = async () => (await readStatus(world.db, world.organisation)).calls.closedUntil;

it('refuses an update that cannot be compared, with Xero’s words, and sends it when a person says so', async () => {
  const made = await makeInventory(world.db, world.organisation, { contacts: 10, items: 2, invoices: 2 });
  await world.sync();
  await world.db.write(world.organisation, async (tx) => {
    for (const [n, id] of made.contacts.entries()) {
      const contact = { id, number: `Contact-${n}`, name: `Renamed ${n}` };
      await contacts.apply(tx, [{ ...contact, email: null, phone: null, country: null }]);
      record(tx, { entity: 'contacts', id });
    }
  });
  expect(await refuseReads()).toBe(2);
  expect(await states('contacts')).toEqual({ sent: 10, rejected: 10 });
  expect(await read(made.contacts[0] ?? '')).toMatchObject({
    syncState: 'failed',
    problem: `Not sent, since Xero refuses to show what it holds. ${words}`,
  });
  expect(await lastRun()).toMatchObject({ state: 'done', reason: null });
  expect(await closedUntil()).toBeNull();
  expect(await world.sync()).toBe('nothing');
  expect(await retryChanges(world.db, world.organisation, 'tester', { kind: 'all' })).toBe(10);
  await world.sync();
  expect(await states('contacts')).toEqual({ sent: 20 });
});

it('leaves what may be there unknown while the rest goes, says why, and is told by a later run', async () => {
  const own = ids(8);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, own));
  await makeInventory(world.db, world.organisation, { contacts: 0, items: 12, invoices: 0 });
  // The first batch is carried out, and its answer refuses the whole: what it made must be looked for.
  await world.client.fail({ ...refused, method: 'PUT', when: 'after' });
  expect(await refuseReads()).toBe(1);
  expect(await states('contacts')).toEqual({ sent: 3, claimed: 5 });
  expect(await states('items')).toEqual({ sent: 12 });
  const why = `It may be in Xero or not, and Xero refuses to say: the next sync asks again. ${words}`;
  const unsure = await read(own[0] ?? '');
  expect(unsure).toMatchObject({ syncState: 'checking', problem: why });
  expect(await world.db.prisma.change.findFirst({ where: { recordId: unsure.id } })).toMatchObject({
    reason: why,
  });
  const told = await world.db.prisma.event.findFirst({ where: { text: why } });
  expect(told?.records).toHaveLength(5);
  expect(await lastRun()).toMatchObject({ state: 'done', hindrance: null });
  expect(await readStatus(world.db, world.organisation)).toMatchObject({ checking: 5, lastFullSyncAt: null });
  expect(await closedUntil()).toBeNull();

  // A later run asks once more, and no more than once.
  expect(await refuseReads()).toBe(1);
  expect(await states('contacts')).toEqual({ sent: 3, claimed: 5 });

  expect(await world.sync()).toBe('opened');
  expect(await states('contacts')).toEqual({ sent: 8 });
  expect(await read(own[0] ?? '')).toMatchObject({ syncState: 'completed', problem: null });
  const xero = (await world.client.summary()).organisations[world.tenantId];
  expect(xero?.Contacts).toEqual({ count: 8, duplicates: 0 });
  const { lastFullSyncAt } = await readStatus(world.db, world.organisation);
  expect(lastFullSyncAt).toEqual((await lastRun()).endedAt);
});
