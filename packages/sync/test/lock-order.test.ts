// What is locked before what: whoever comes in the middle of somebody else's writing waits without holding what that one needs next.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createClock } from '../src/clock.ts';
import { entities } from '../src/entities/index.ts';
import { releaseAccounts } from '../src/hold.ts';
import { takeLease } from '../src/lease.ts';
import { beginRun, openRun } from '../src/run.ts';
import { reopenRun } from '../src/run-end.ts';
import { noStep } from '../src/step.ts';
import { hurryRecord } from '../src/urgent.ts';
import { makeInventory } from './inventory.ts';
import { createWorld, isSomebodyHeldUp, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

/** Somebody holds `first` and takes `next` while `other` waits for that one to end. */
async function takeBoth(first: string, next: string, other: () => Promise<unknown>): Promise<void> {
  const client = await world.db.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(first, [world.organisation]);
    const done = other();
    await expect.poll(() => isSomebodyHeldUp(world), { timeout: 10_000 }).toBe(true);
    expect((await client.query(`${next} NOWAIT`, [world.organisation])).rowCount).toBe(1);
    await client.query('COMMIT');
    await done;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it('writes a run before its connection where Xero answers sooner than was thought', async () => {
  await makeInventory(world.db, world.organisation, { contacts: 1, items: 1, invoices: 1 });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  const { id: runId } = await world.db.prisma.run.findFirstOrThrow();
  const times = { leaseMs: 10_000_000, heartbeatMs: 1_000_000 };
  const options = { organisation: world.organisation, owner: 'tester', runId, step: noStep };
  const stop = new AbortController();
  const lease = await takeLease(world.db, createClock(world.db), { ...times, ...options, stop: stop.signal });
  if (lease === undefined) throw new Error('The lease is somebody else’s');
  await beginRun(world.db, lease, runId, noStep);
  const at = new Date(Date.UTC(2030, 0, 1));
  await takeBoth(
    `UPDATE run SET reason = 'Waits' WHERE organisation_id = $1`,
    'SELECT 1 FROM connection WHERE organisation_id = $1 FOR NO KEY UPDATE',
    () => reopenRun(world.db, lease, noStep, runId, at),
  );
  await lease.release();
  expect(await world.db.prisma.run.findFirstOrThrow()).toMatchObject({ reason: null });
  expect(await world.db.prisma.connection.findFirstOrThrow()).toMatchObject({ closedUntil: at });
});

it.each([
  { who: 'a person sends it now', held: 'parent' },
  { who: 'what it waits for is chosen', held: 'account' },
])('locks a record before its change where $who', async ({ held }) => {
  const { invoices } = await makeInventory(world.db, world.organisation, {
    contacts: 1,
    items: 1,
    invoices: 1,
  });
  const [invoice = ''] = invoices;
  await world.db.prisma.change.updateMany({ where: { recordId: invoice }, data: { held, reason: 'Waits' } });
  await takeBoth(
    `SELECT 1 FROM record WHERE organisation_id = $1 AND id = '${invoice}' FOR NO KEY UPDATE`,
    `SELECT 1 FROM change WHERE organisation_id = $1 AND record_id = '${invoice}' FOR NO KEY UPDATE`,
    () =>
      held === 'parent'
        ? hurryRecord(world.db, entities, world.organisation, 'Ann', invoice)
        : world.db.write(world.organisation, releaseAccounts),
  );
  expect(await world.db.prisma.change.findFirstOrThrow({ where: { recordId: invoice } })).toMatchObject({
    held: null,
    urgent: held === 'parent',
  });
});
