// The outbox opens runs by itself only where and when it may.
import { createDb, createId, type Db } from '@stockbook/db';
import { askRun, setAutoSync } from '@stockbook/sync';
import { createTestDatabase, type TestDatabase } from '@stockbook/sync/test/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDueRuns } from '../src/due.ts';

describe('the outbox of an organisation with automatic sync', () => {
  let database: TestDatabase;
  let db: Db;
  let organisation: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = createDb(database.url);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  beforeEach(async () => {
    organisation = createId();
    await connect(true);
  });

  async function connect(autoSync: boolean): Promise<void> {
    await db.prisma.connection.upsert({
      where: { organisationId: organisation },
      create: { organisationId: organisation, state: 'connected', autoSync },
      update: { autoSync },
    });
  }

  /** A change that came so many seconds ago. */
  async function addChange(number: number, agoSeconds: number, urgent = false): Promise<void> {
    await db.pool.query(
      `INSERT INTO change (organisation_id, number, entity, action, record_id, state, urgent, created_at)
       VALUES ($1, $2, 'contacts', 'create', $3, 'pending', $4, stockbook_now() - $5::int * interval '1 second')`,
      [organisation, number, createId(), urgent, agoSeconds],
    );
  }

  async function openedHere(): Promise<boolean> {
    return (await openDueRuns(db)).includes(organisation);
  }

  it('opens a run once it has been quiet for two seconds', async () => {
    await addChange(1, 5);
    expect(await openedHere()).toBe(true);
    const run = await db.prisma.run.findFirstOrThrow({ where: { organisationId: organisation } });
    expect(run).toMatchObject({ kind: 'auto', state: 'waiting', startedBy: 'Stockbook' });
  });

  it('opens no second one while a run is active', async () => {
    await addChange(1, 5);
    expect(await openedHere()).toBe(true);
    expect(await openedHere()).toBe(false);
  });

  it('opens none after a person stopped one, until they switch automatic sync on again', async () => {
    await addChange(1, 60);
    expect(await openedHere()).toBe(true);
    const { id } = await db.prisma.run.findFirstOrThrow({ where: { organisationId: organisation } });
    expect(await askRun(db, organisation, 'Ann', id, 'pause')).toMatchObject({ kind: 'asked' });
    expect(await openedHere()).toBe(false);
    expect(await askRun(db, organisation, 'Ann', id, 'stop')).toMatchObject({ kind: 'asked' });
    expect(await openedHere()).toBe(false);
    const where = { organisationId: organisation, kind: 'settings' };
    expect(await db.prisma.event.findMany({ where })).toMatchObject([
      { actor: 'Ann', text: 'Automatic sync switched off' },
    ]);
    await setAutoSync(db, organisation, 'Ann', true);
    expect(await openedHere()).toBe(true);
  });

  it('opens a run for an export that a stopped one left to be checked, though no change waits', async () => {
    const exported = { entity: 'contacts', action: 'create', key: 'k', body: '[]', hash: 'h', size: 1 };
    const lost = { state: 'retrying', unknown: true, attempts: 1, createdAt: new Date(Date.now() - 5_000) };
    const of = { organisationId: organisation, id: createId(), runId: createId() };
    await db.prisma.export.create({ data: { ...of, ...exported, ...lost } });
    expect(await openedHere()).toBe(true);
    const run = await db.prisma.run.findFirstOrThrow({ where: { organisationId: organisation } });
    expect(run).toMatchObject({ kind: 'auto', state: 'waiting' });
  });

  it('waits while changes come, and opens at once for an urgent one', async () => {
    await addChange(1, -60);
    expect(await openedHere()).toBe(false);
    await addChange(2, -60, true);
    expect(await openedHere()).toBe(true);
    const run = await db.prisma.run.findFirstOrThrow({ where: { organisationId: organisation } });
    expect(run.kind).toBe('instant');
  });

  it('opens none for a change that waits with its record, whose outcome Xero refuses to tell just now', async () => {
    await addChange(1, 60);
    await addChange(2, 5);
    await db.pool.query(
      `INSERT INTO run (organisation_id, id, kind, state, started_by, created_at) VALUES ($1, $2, 'auto', 'done', 'test', stockbook_now())`,
      [organisation, createId()],
    );
    await db.pool.query(
      `WITH left_open AS (
         INSERT INTO export (organisation_id, id, run_id, entity, action, state, unknown, key, body, hash, size, created_at, not_before)
         SELECT $1, $2::uuid, id, 'contacts', 'create', 'retrying', true, 'key', '', '', 1, stockbook_now() - interval '1 minute',
                stockbook_now() + interval '15 minutes'
           FROM run WHERE organisation_id = $1)
       UPDATE change SET record_id = $3::uuid, export_id = CASE number WHEN 1 THEN $2::uuid END,
              state = CASE number WHEN 1 THEN 'claimed' ELSE state END WHERE organisation_id = $1`,
      [organisation, createId(), createId()],
    );
    expect(await openedHere()).toBe(false);
    await db.pool.query(`UPDATE export SET not_before = stockbook_now() WHERE organisation_id = $1`, [
      organisation,
    ]);
    expect(await openedHere()).toBe(true);
  });

  it('opens none while a file is being loaded', async () => {
    await addChange(1, 5);
    const id = createId();
    const load = {
      organisationId: organisation,
      id,
      template: 'online-retail',
      fileCount: 1,
      createdBy: 'test',
    };
    await db.prisma.load.create({ data: { ...load, state: 'working' } });
    expect(await openedHere()).toBe(false);
    await db.prisma.load.updateMany({ where: { id }, data: { state: 'done' } });
    expect(await openedHere()).toBe(true);
  });

  it('opens none where automatic sync is off, also for an urgent change', async () => {
    await connect(false);
    await addChange(1, 5, true);
    expect(await openedHere()).toBe(false);
    await connect(true);
    expect(await openedHere()).toBe(true);
  });

  it('opens none where automatic sync is off, or nothing waits', async () => {
    expect(await openedHere()).toBe(false);
    await addChange(1, 5);
    await connect(false);
    expect(await openedHere()).toBe(false);
  });
});
