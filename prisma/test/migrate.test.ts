// Migrations on a real PostgreSQL: from nothing, all at once, equal to the schema, and with what they grant.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { deployMigrations, migrationStatus, writeMigration } from '@stockbook/db/migrate';
import { prepareDatabase } from '@stockbook/db/roles';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { databaseUrl } from '../../packages/sync/test/cluster.ts';
import { createTestDatabase, runAs, type TestDatabase } from '../../packages/sync/test/db.ts';

describe('an empty database', () => {
  const { superuserUrl, owner, application } = inject('cluster');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const adminUrl = databaseUrl(superuserUrl, owner, name);
  const url = databaseUrl(superuserUrl, application, name);

  beforeAll(() => prepareDatabase({ superuserUrl, adminUrl, url }));
  afterAll(() => runAs(superuserUrl, `DROP DATABASE ${name} WITH (FORCE)`));

  test('four deploys at once apply each migration once, and the ledger is the one prisma migrate keeps', async () => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => deployMigrations(adminUrl)));
    const names = applied.flat().sort();
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    const ledger = await runAs(
      adminUrl,
      'SELECT migration_name, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY 1',
    );
    expect(ledger.map((row) => row.migration_name)).toEqual(names);
    expect(ledger.every((row) => row.finished_at instanceof Date && row.rolled_back_at === null)).toBe(true);
  });

  test('preparing again changes nothing and keeps the password current', async () => {
    await prepareDatabase({ superuserUrl, adminUrl, url });
    expect(await runAs(url, 'SELECT current_user AS name')).toEqual([{ name: application.name }]);
  });
});

describe('the migrated database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('is what the schema says: no drift, nothing unapplied, edited or failed', async () => {
    const { superuserUrl } = inject('cluster');
    const asSuperuser = new URL(superuserUrl);
    asSuperuser.pathname = new URL(database.adminUrl).pathname;
    expect(await migrationStatus(asSuperuser.href)).toEqual({
      unapplied: [],
      edited: [],
      failed: [],
      drift: '',
    });
    const folder = await writeMigration(asSuperuser.href, 'nothing', new Date());
    if (folder) rmSync(folder, { recursive: true });
    expect(folder).toBeUndefined();
  });

  test('lets the application read and write rows but own and make nothing', async () => {
    expect(await runAs(database.url, 'SELECT count(*)::int AS n FROM organisation')).toEqual([{ n: 0 }]);
    const owned = await runAs(
      database.url,
      'SELECT count(*)::int AS n FROM pg_class WHERE relowner = current_user::regrole',
    );
    expect(owned).toEqual([{ n: 0 }]);
    await expect(runAs(database.url, 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(runAs(database.url, 'DROP TABLE organisation')).rejects.toThrow(/must be owner/);
  });

  test('grants what the owner makes later in either schema', async () => {
    await runAs(database.adminUrl, 'CREATE TABLE agenda.later (id serial PRIMARY KEY)');
    await runAs(database.adminUrl, 'CREATE TABLE later (id serial PRIMARY KEY)');
    for (const table of ['agenda.later', 'public.later']) {
      expect(await runAs(database.url, `INSERT INTO ${table} DEFAULT VALUES RETURNING id`)).toEqual([
        { id: 1 },
      ]);
    }
  });
});
