// A person chooses the account that an invoice lacks while it is claimed: it does not stay held for what is there.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { chooseAccount } from '../src/choice.ts';
import { openRun } from '../src/run.ts';
import { makeInventory } from './inventory.ts';
import { createWorld, isSomebodyHeldUp, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

it('an invoice whose account is chosen while it is claimed without one is released all the same', async () => {
  const { organisation, db } = world;
  const { invoices } = await makeInventory(db, organisation, { contacts: 1, items: 1, invoices: 1 });
  const mine = { organisationId: organisation };
  await db.prisma.nature.updateMany({ where: mine, data: { accountId: null } });
  await openRun(db, organisation, { kind: 'manual', startedBy: 'Ann' });
  let chosen: ReturnType<typeof chooseAccount> | undefined;
  let isChosen = false;
  const readInvoice = () => db.prisma.record.findFirstOrThrow({ where: { ...mine, id: invoices[0] ?? '' } });
  await world
    .engine({
      step: async (name, entity) => {
        // It is mapped without an account, and that it must wait is not written yet.
        if (`${name} ${entity}` !== 'freeze after invoices' || chosen !== undefined) return;
        const choice = { nature: 'goods', code: '200' };
        chosen = chooseAccount(db, organisation, 'Ann', choice).finally(() => {
          isChosen = true;
        });
        await vi.waitUntil(async () => isChosen || (await isSomebodyHeldUp(world)), { timeout: 30_000 });
      },
    })
    .look();
  expect(await chosen).toEqual({ kind: 'chosen' });
  expect(await readInvoice()).not.toMatchObject({ syncState: 'held' });
  await openRun(db, organisation, { kind: 'manual', startedBy: 'Ann' });
  await world.engine().look();
  expect(await readInvoice()).toMatchObject({ syncState: 'completed', problem: null });
});
