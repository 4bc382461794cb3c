// The loop opens a run once the outbox is quiet and wakes one for what is urgent, by hints alone: here nothing looks every ten seconds.
import { setTimeout as sleep } from 'node:timers/promises';
import { createDb, createId, type Db } from '@stockbook/db';
import { connectionApi, createEngine, pauseConnection } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createTestDatabase, type TestDatabase } from '@stockbook/sync/test/db';
import { createOauth } from '@stockbook/xero';
import pino from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type RunLoop, startRunLoop } from '../src/run.ts';

let database: TestDatabase;
let db: Db;
let loop: RunLoop;
let organisation: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  database = await createTestDatabase();
  db = createDb(database.url);
  organisation = createId();
});
afterEach(async () => {
  await loop.stop();
  vi.useRealTimers();
  await db.close();
  await database.drop();
});

/** Starts the loop of a worker, and waits until it hears. Xero is nowhere. */
async function start(): Promise<void> {
  const log = pino({ level: 'silent' });
  const oauth = createOauth({ clientId: 'id', clientSecret: 'secret', sandboxUrl: 'http://127.0.0.1:9' });
  const engine = createEngine({
    ...{ db, entities, owner: 'tester', log },
    xero: (of, leaseToken) => connectionApi(db, of, oauth, Buffer.alloc(32), { leaseToken }),
    pause: (of, problem, seen) => pauseConnection(db, of, problem, seen),
  });
  loop = startRunLoop({ db, engine, owner: 'tester', log });
  await until(async () => {
    const { rows } = await db.pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'`,
    );
    return rows.length === 1;
  });
}

async function connect(as: { autoSync?: boolean; leftToday?: number }): Promise<void> {
  await db.prisma.connection.create({ data: { organisationId: organisation, state: 'connected', ...as } });
}

/** Asks again until it is so; vitest's own waiting would move the timers that stand still. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}

/** A change, with the hint that every save gives. */
async function addChange(number: number, urgent = false): Promise<void> {
  await db.write(organisation, async (tx) => {
    await tx.sql.execute(
      `INSERT INTO change (organisation_id, number, entity, action, record_id, state, urgent, created_at)
       VALUES ($1::uuid, $2, 'contacts', 'create', $3::uuid, 'pending', $4, stockbook_now())`,
      organisation,
      number,
      createId(),
      urgent,
    );
    tx.topics.set('queue', undefined);
  });
}

it('opens a run when the outbox has become quiet, though changes came one after the other', async () => {
  await connect({ autoSync: true });
  await start();
  await addChange(1);
  await sleep(1_500);
  await addChange(2);
  await until(async () => (await db.prisma.run.count()) > 0);
  expect(await db.prisma.run.findMany()).toMatchObject([{ kind: 'auto' }]);
});

it('wakes a run that only spares the day’s reserve when something urgent comes', async () => {
  await connect({ leftToday: 400 });
  const parked = await db.prisma.run.create({
    data: {
      ...{
        organisationId: organisation,
        id: createId(),
        kind: 'manual',
        state: 'parked',
        startedBy: 'tester',
      },
      ...{ createdAt: new Date(), parkedUntil: new Date(Date.now() + 3_600_000), hindrance: 'reserve' },
    },
  });
  await start();
  await addChange(1);
  await addChange(2, true);
  await until(async () => {
    const run = await db.prisma.run.findFirstOrThrow({ where: { id: parked.id } });
    return run.startedAt !== null;
  });
});
