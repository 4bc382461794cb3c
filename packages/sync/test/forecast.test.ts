// The forecast from rows: the pace of the work that was done, whatever waits lay before it.
import { afterEach, expect, it } from 'vitest';
import { entities } from '../src/entities/index.ts';
import { readForecast } from '../src/forecast.ts';
import { openRun } from '../src/run.ts';
import { ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(() => world.close());

const hourS = 3_600;

/** A run of seven calls, twenty seconds apart, the last one so long ago; three contacts wait. */
async function beginRun(lastS: number, state: 'running' | 'parked', earlierS?: number): Promise<void> {
  world = await createWorld();
  const { db, organisation } = world;
  await db.write(organisation, (tx) => writeContacts(tx, ids(7)));
  await openRun(db, organisation, { kind: 'manual', startedBy: 'tester' });
  await world.engine({ entities: entities.map((entity) => ({ ...entity, batchMax: 1 })) }).look();
  await db.write(organisation, (tx) => writeContacts(tx, ids(3), 'Waiting'));
  await db.sql.execute(
    `UPDATE attempt SET started_at = stockbook_now() - ($2 + 20 * n.place) * interval '1 second'
       FROM (SELECT id, row_number() OVER (ORDER BY id DESC) - 1 AS place FROM attempt WHERE organisation_id = $1::uuid) n
      WHERE attempt.organisation_id = $1::uuid AND attempt.id = n.id`,
    organisation,
    lastS,
  );
  const nowMs = (await db.now()).getTime();
  const [first] = await db.prisma.attempt.findMany({ orderBy: { id: 'asc' } });
  if (earlierS !== undefined && first !== undefined)
    await db.prisma.attempt.updateMany({
      where: { id: first.id },
      data: { startedAt: new Date(nowMs - earlierS * 1_000) },
    });
  await db.prisma.run.updateMany({
    where: { organisationId: organisation },
    data: {
      ...{ state, endedAt: null, startedAt: new Date(nowMs - 8 * hourS * 1_000) },
      parkedUntil: state === 'parked' ? new Date(nowMs + hourS * 1_000) : null,
    },
  });
}

it('takes the pace from the work, not from the time since the run began', async () => {
  await beginRun(10, 'running');
  const { callsPerMinute, queueClearsAt } = await readForecast(world.db, world.organisation);
  // Seven calls in a hundred and thirty seconds.
  expect(callsPerMinute).toBeGreaterThan(2.5);
  expect(callsPerMinute).toBeLessThan(3.3);
  expect(queueClearsAt).not.toBeNull();
});

it('counts a long wait among the calls as a minute, so that a run that goes on shows its pace', async () => {
  await beginRun(10, 'running', 590);
  const { callsPerMinute } = await readForecast(world.db, world.organisation);
  expect(callsPerMinute).toBeGreaterThan(2);
});

it('says when the queue clears while the run is parked for Xero’s limit', async () => {
  await beginRun(2 * hourS, 'parked');
  const shown = await readForecast(world.db, world.organisation);
  expect(shown.callsPerMinute).toBeGreaterThan(2.5);
  expect(shown.queueClearsAt?.getTime() ?? 0).toBeGreaterThan((await world.db.now()).getTime());
});

it('says nothing while a person has paused the run', async () => {
  await beginRun(60, 'parked');
  await world.db.prisma.run.updateMany({ data: { parkedUntil: null } });
  expect(await readForecast(world.db, world.organisation)).toMatchObject({
    ...{ callsPerMinute: null, queueClearsAt: null },
  });
});

it('says that today’s calls are used up and when they come back, and not that they last until now', async () => {
  await beginRun(10, 'running');
  const dayTo = new Date((await world.db.now()).getTime() - 20 * hourS * 1_000);
  await world.db.prisma.connection.updateMany({
    data: { leftToday: 500, dayMost: 5_000, dayFrom: dayTo, dayTo, budgetAt: new Date() },
  });
  const shown = await readForecast(world.db, world.organisation);
  const returnsAtMs = dayTo.getTime() + 24 * hourS * 1_000 + 1_000;
  expect(shown).toMatchObject({
    ...{ callsLastUntil: null, callsUsedUp: true, reserve: 500 },
    callsReturnAt: new Date(returnsAtMs),
  });
  expect(shown.queueClearsAt?.getTime() ?? 0).toBeGreaterThan(returnsAtMs);
});
