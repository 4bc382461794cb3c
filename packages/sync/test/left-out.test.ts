// What a comparison leaves out may be there all the same: it is gone when two agree, and one that is found again is as if it had never been missed.
import type { SandboxFault } from '@stockbook/sandbox/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contacts } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let own: string[];
beforeEach(async () => {
  world = await createWorld();
  own = ids(2);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, own));
  await world.sync();
  await world.db.write(world.organisation, async (tx) => {
    for (const [n, id] of own.entries()) {
      const rest = { email: null, phone: null, country: null };
      await contacts.apply(tx, [{ id, number: `Contact-${n}`, name: `Renamed ${n}`, ...rest }]);
      record(tx, { entity: 'contacts', id });
    }
  });
});
afterEach(() => world.close());

const reading: SandboxFault = { kind: 'left-out', method: 'GET', path: '/Contacts' };
const sending = { method: 'POST', path: '/Contacts' };

/** Carries a run whose calls go wrong like this. */
async function carry(...faults: readonly SandboxFault[]): Promise<void> {
  for (const fault of faults) await world.client.fail(fault);
  await world.sync();
}

const shown = async () => {
  const rows = await world.db.prisma.record.findMany({ where: { id: { in: own } } });
  return rows.map(({ syncState, problem }) => ({ syncState, problem }));
};
const completed = { syncState: 'completed', problem: null };

it('one that leaves a record out is not believed', async () => {
  await carry(reading);
  expect(await shown()).toEqual([completed, completed]);
});

it('two that leave a record out are', async () => {
  await carry(reading, reading);
  const gone = { syncState: 'conflict', problem: 'Xero no longer has it where it was: choose what holds' };
  expect(await shown()).toEqual([gone, gone]);
});

it('one that was not believed spares none of the two that a sending under another key takes', async () => {
  const lost: SandboxFault = { ...sending, kind: 'reset', when: 'before' };
  await carry(reading, lost, { ...sending, kind: '400' });
  expect(await shown()).toEqual([completed, completed]);
  const updates = await world.db.prisma.export.findMany({ where: { action: 'update' } });
  const attempts = await world.db.prisma.attempt.findMany({
    where: { exportId: { in: updates.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  });
  // Left out, there; lost; there; refused; there twice; sent.
  expect(attempts.map(({ kind }) => kind).join(' ')).toBe(
    'compare compare send compare send compare compare send',
  );
});
