// An urgent document is claimed while its parents are on their way: it goes when they are there, whoever commits first.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openRun } from '../src/run.ts';
import { makeInventory } from './inventory.ts';
import { createWorld, isSomebodyHeldUp, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

it('an urgent invoice does not wait for an item whose answer is written while the invoice is claimed', async () => {
  const { organisation, db } = world;
  const { invoices } = await makeInventory(db, organisation, { contacts: 1, items: 1, invoices: 1 });
  const mine = { organisationId: organisation };
  await db.prisma.change.updateMany({ where: { ...mine, entity: 'invoices' }, data: { urgent: true } });
  const happened = new Set<string>();
  const reached = (moment: () => boolean | Promise<boolean>) => vi.waitUntil(moment, { timeout: 30_000 });
  await openRun(db, organisation, { kind: 'manual', startedBy: 'Ann' });
  let claims = 0;
  await world
    .engine({
      step: async (name, entity) => {
        const at = `${name} ${entity}`;
        if (at === 'send before items') await reached(() => happened.has('verdict after contacts'));
        // Let go by the contact, it is claimed once more.
        if (at === 'freeze before invoices') claims += 1;
        if (at === 'freeze before invoices' && claims === 2)
          await reached(() => happened.has('verdict before items'));
        happened.add(claims < 2 && entity === 'invoices' ? 'earlier' : at);
        // The item is written and not committed: whoever waited for it is released, and the invoice does not wait yet.
        if (at === 'verdict before items')
          await reached(async () => happened.has('freeze after invoices') || (await isSomebodyHeldUp(world)));
      },
    })
    .look();
  expect(claims).toBeGreaterThanOrEqual(2);
  const row = await db.prisma.record.findFirstOrThrow({ where: { ...mine, id: invoices[0] ?? '' } });
  expect(row).toMatchObject({ syncState: 'completed', problem: null });
});
