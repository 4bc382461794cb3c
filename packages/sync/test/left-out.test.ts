// What a comparison leaves out may be there all the same: it is gone when two agree, and one that is found again is as if it had never been missed.
import type { SandboxFault } from '@stockbook/sandbox/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contacts } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { openRun } from '../src/run.ts';
import { ids, writeContacts } from './inventory.ts';
import { actor, createWorld, type World } from './world.ts';

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

/** A reading that lacks one of the two. */
const without = (n: number): SandboxFault => ({ ...reading, records: [`Contact-${n}`] });

const shown = async () => {
  const rows = await world.db.prisma.record.findMany({
    where: { id: { in: own } },
    orderBy: { number: 'asc' },
  });
  return rows.map(({ syncState, problem }) => ({ syncState, problem }));
};
const completed = { syncState: 'completed', problem: null };
const gone = { syncState: 'conflict', problem: 'Xero no longer has it where it was: choose what holds' };

/** The calls of the updates, in their order. */
async function calls(): Promise<string> {
  const updates = await world.db.prisma.export.findMany({ where: { action: 'update' } });
  const attempts = await world.db.prisma.attempt.findMany({
    where: { exportId: { in: updates.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  });
  return attempts.map(({ kind }) => kind).join(' ');
}

it('one that leaves a record out is not believed', async () => {
  await carry(reading);
  expect(await shown()).toEqual([completed, completed]);
});

it('two that leave a record out are', async () => {
  await carry(reading, reading);
  expect(await shown()).toEqual([gone, gone]);
});

it.each([
  { answers: 'the second leaves out another', faults: [0, 1], looks: 3, states: [completed, completed] },
  { answers: 'each leaves out another', faults: [0, 1, 0], looks: 4, states: [completed, completed] },
  { answers: 'two leave out the same', faults: [0, 0], looks: 2, states: [gone, completed] },
  { answers: 'the last two do', faults: [0, 1, 1], looks: 3, states: [completed, gone] },
])('two count for a record only where both are about it: $answers', async ({ faults, looks, states }) => {
  await carry(...faults.map(without));
  expect(await shown()).toEqual(states);
  expect(await calls()).toBe(`${'compare '.repeat(looks)}send`);
});

it('what the first left out is known to a worker that takes over before the second', async () => {
  for (const n of [0, 0]) await world.client.fail(without(n));
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: actor });
  const first = world.engine({ lookMs: 600_000 });
  const looked = first.look();
  const waiting = { where: { action: 'update', looks: 1 } };
  await expect.poll(() => world.db.prisma.export.count(waiting), { timeout: 10_000 }).toBe(1);
  await Promise.all([first.stop(), looked]);
  await world.engine().look();
  expect(await shown()).toEqual([gone, completed]);
  expect(await calls()).toBe('compare compare send');
});

const lost: SandboxFault = { ...sending, kind: 'reset', when: 'before' };
const refused: SandboxFault = { ...sending, kind: '400' };

it('one that was not believed spares none of the two that a sending under another key takes', async () => {
  await carry(reading, lost, refused);
  expect(await shown()).toEqual([completed, completed]);
  // Left out, there; lost; there; refused; there twice; sent.
  expect(await calls()).toBe('compare compare send compare send compare compare send');
});

it('and a record that the first of these two leaves out takes two more', async () => {
  await carry(lost, refused, { ...without(0), skip: 2 });
  expect(await shown()).toEqual([completed, completed]);
  // There; lost; there; refused; one left out, there twice; sent.
  expect(await calls()).toBe('compare send compare send compare compare compare send');
});
