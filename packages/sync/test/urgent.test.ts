// What is urgent goes first, whatever else of its record is in flight, and takes from the day's reserve only what it needs.
import type { CallResult, XeroApi } from '@stockbook/xero';
import { afterEach, expect, it } from 'vitest';
import type { EngineOptions } from '../src/engine.ts';
import { entities, items } from '../src/entities/index.ts';
import { record } from '../src/outbox.ts';
import { openRun } from '../src/run.ts';
import { ids, writeContacts } from './inventory.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

/** A call for each record, so that few records make many calls; leases that no slow machine lets lapse, whatever the clock's pace. */
const small: Partial<EngineOptions> = {
  entities: entities.map((entity) => ({ ...entity, batchMax: 1 })),
  leaseMs: 10_000_000,
};
const limitMs = 120_000;
const refused: CallResult = {
  kind: 'failed',
  failure: { kind: 'invalid', status: 400, message: 'The request would touch too many records' },
  allowance: { leftThisMinute: null, leftToday: null },
  calls: 1,
};

let world: World;
afterEach(() => world.close());

/** How often it was asked in vain whether what was left open is there. */
let asked = 0;

/** An API that answers nothing clear about the first contact sent, and refuses to say whether it is there. */
function unsure(): (api: XeroApi) => XeroApi {
  let first = true;
  return (api) => ({
    ...api,
    send: async (call) => {
      if (!first) return api.send(call);
      first = false;
      return { ...refused, kind: 'answered', status: 200, elements: [], text: '{}' };
    },
    find: async (call) => {
      if (call.by !== 'number') return api.find(call);
      asked += 1;
      // Whoever asks without end is told, so that it ends.
      return asked > 6 ? api.find(call) : refused;
    },
  });
}

/** Sends contacts, of which the first is left open; answers its id, and an API that stays unsure of it. */
async function leaveOpen(options: WorldOptions, contacts: number) {
  world = await createWorld(options);
  asked = 0;
  const [id = '', ...others] = ids(contacts);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, [id, ...others]));
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  const through = unsure();
  await world.engine({ ...small, through }).look();
  expect(await syncState(id)).toBe('checking');
  expect(asked).toBe(1);
  return { id, through };
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

it('goes before what is not, though another urgent one waits for what is in flight of its record', async () => {
  const { id, through } = await leaveOpen({}, 1);
  await editUrgently(id);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, ids(3), 'Later'));
  const item = await writeItem(true);
  const opened = await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await world.engine({ ...small, through }).look();
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
    const { id, through } = await leaveOpen(day, 40);
    const engine = world.engine({ ...small, through });
    const run = () => world.db.prisma.run.findFirstOrThrow({ where: { organisationId: world.organisation } });
    const parked = { state: 'parked', reason: expect.stringMatching(/kept for urgent work$/) };
    expect(await run()).toMatchObject(parked);
    await editUrgently(id);
    await engine.look();
    expect(asked).toBe(1);
    const item = await writeItem(true);
    await engine.look();
    expect(await syncState(item)).toBe('completed');
    expect(asked).toBe(1);
    expect(await run()).toMatchObject(parked);
  },
  limitMs,
);
