// What a look for new records leaves out may be there all the same: what it found is settled at once, and only the rest is looked for again.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** Three new contacts, whose answer says of none what became of it; then readings that each lack one of them. */
async function carry(...without: readonly number[]) {
  const own = ids(3);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, own));
  await world.client.fail({ kind: 'left-out', method: 'PUT', path: '/Contacts' });
  for (const n of without) {
    const records = [`Contact-${n}`];
    await world.client.fail({ kind: 'left-out', method: 'GET', path: '/Contacts', records });
  }
  await world.sync();
  const [records, attempts, exports] = await Promise.all([
    world.db.prisma.record.findMany({ where: { id: { in: own } } }),
    world.db.prisma.attempt.findMany({ orderBy: { id: 'asc' } }),
    world.db.prisma.export.findMany({ orderBy: { createdAt: 'asc' } }),
  ]);
  return {
    shown: records.map(({ syncState }) => syncState),
    calls: attempts.map(({ kind }) => kind).join(' '),
    sizes: exports.map(({ size }) => size),
    puts: (await world.client.summary()).calls['PUT /Contacts'],
  };
}

const completed = ['completed', 'completed', 'completed'];

it.each([
  { answers: 'none', faults: [], calls: 'send look', sizes: [3, 3] },
  { answers: 'the first', faults: [0], calls: 'send look look', sizes: [3, 3, 1] },
  { answers: 'each another', faults: [0, 1], calls: 'send look look', sizes: [3, 3, 1] },
])('where $answers leaves one out', async ({ faults, calls, sizes }) => {
  expect(await carry(...faults)).toEqual({ shown: completed, calls, sizes, puts: { 200: 1 } });
});
