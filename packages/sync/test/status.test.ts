// What was sent today: counted when it was settled, by the calendar of the Xero organisation.
import { timeZones } from '@stockbook/xero';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readStatus } from '../src/status.ts';
import { ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;

/** A run of two calls at an hour that is the next day in Auckland: one before midnight there, one after. */
beforeAll(async () => {
  world = await createWorld();
  const { db, organisation } = world;
  await db.write(organisation, (tx) => writeContacts(tx, ids(60)));
  await world.sync();
  const simulatedAt = new Date('2026-03-04T12:30:00Z');
  await db.prisma.clock.create({ data: { id: 1, realAt: simulatedAt, simulatedAt, scale: 0 } });
  const calls = await db.prisma.event.findMany({
    where: { organisationId: organisation, kind: 'export' },
    orderBy: { data: 'desc' },
  });
  expect(calls.map(({ data }) => data)).toEqual([
    expect.stringContaining('"sent":50'),
    expect.stringContaining('"sent":10'),
  ]);
  for (const [index, { id }] of calls.entries())
    await db.prisma.event.updateMany({
      where: { id },
      data: { at: new Date(`2026-03-04T${index === 0 ? '10:59' : '11:01'}:00Z`) },
    });
  await setRun('2026-03-04T12:00:00Z');
});
afterAll(() => world.close());

async function setRun(endedAt: string | null): Promise<void> {
  await world.db.prisma.run.updateMany({
    data: {
      startedAt: new Date('2026-03-04T10:30:00Z'),
      ...(endedAt === null
        ? { state: 'parked', endedAt: null }
        : { state: 'done', endedAt: new Date(endedAt) }),
    },
  });
}

async function sentToday(timeZone: string | null) {
  await world.db.prisma.connection.updateMany({ data: { timeZone } });
  const status = await readStatus(world.db, world.organisation);
  expect(status.sent).toBe(60);
  return [status.sentToday, status.timeZone];
}

it('counts a run that began today as a whole, by the calendar that Xero’s name means', async () => {
  expect(await sentToday('GMTSTANDARDTIME')).toEqual([60, 'Europe/London']);
  expect(await sentToday('EASTERNSTANDARDTIME')).toEqual([60, 'America/New_York']);
});

it('counts of a run that began before midnight what was settled after it', async () => {
  expect(await sentToday('NEWZEALANDSTANDARDTIME')).toEqual([10, 'Pacific/Auckland']);
});

it('counts of a run that is parked since yesterday only what was settled today', async () => {
  await setRun(null);
  expect(await sentToday('NEWZEALANDSTANDARDTIME')).toEqual([10, 'Pacific/Auckland']);
  await setRun('2026-03-04T12:00:00Z');
});

it('counts nothing of a run that ended yesterday', async () => {
  await setRun('2026-03-04T10:59:30Z');
  expect(await sentToday('NEWZEALANDSTANDARDTIME')).toEqual([0, 'Pacific/Auckland']);
  await setRun('2026-03-04T12:00:00Z');
});

it.each([null, 'SOMEWHERESTANDARDTIME'])('goes by UTC where the time zone is %s', async (name) => {
  expect(await sentToday(name)).toEqual([60, 'UTC']);
});

it('knows no time zone that PostgreSQL does not know', async () => {
  const { rows } = await world.db.pool.query<{ zone: string }>(
    `SELECT zone FROM unnest($1::text[]) AS zone WHERE zone NOT IN (SELECT name FROM pg_timezone_names)`,
    [[...timeZones.values()]],
  );
  expect(rows).toEqual([]);
});
