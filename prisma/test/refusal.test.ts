// A database that keeps nothing is known by its SQLSTATE, whichever way the statement went; and is told of all the same.
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, runAs, type TestDatabase } from '../../packages/sync/test/db.ts';
import { channel, createDb, createId, type Db, refusalOf, refusalWords, tellRefusal } from '../src/index.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const asOwner = (statement: string) => runAs(database.adminUrl, statement);
const caught = (work: Promise<unknown>) => work.then(() => 'nothing', refusalOf);

/** Every way in which a statement goes to the database. */
const ways: Readonly<Record<string, () => Promise<unknown>>> = {
  'a model of Prisma': () => db.prisma.organization.create({ data: organisation() }),
  'a model in a transaction': () =>
    db.write(createId(), (tx) => tx.prisma.organization.create({ data: organisation() })),
  'plain SQL through Prisma': () => db.prisma.$executeRawUnsafe(insert),
  'plain SQL in a transaction with models': () => db.write(createId(), (tx) => tx.sql.execute(insert)),
  'plain SQL': () => db.sql.execute(insert),
  'plain SQL in a transaction': () => db.writeSql(createId(), (tx) => tx.sql.execute(insert)),
};
const insert = `INSERT INTO organisation (id, name, slug, created_at) VALUES (gen_random_uuid(), 'One', gen_random_uuid()::text, now())`;

function organisation() {
  const id = createId();
  return { id, name: 'One', slug: id };
}

test('a full disk is known by every way to the database', async () => {
  await asOwner(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = '53100';
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON organisation FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
  for (const [name, way] of Object.entries(ways)) expect(await caught(way()), name).toBe('disk-full');
  await asOwner('DROP TRIGGER refuse ON organisation; DROP FUNCTION refuse()');
  for (const [name, way] of Object.entries(ways)) expect(await caught(way()), name).toBe('nothing');
});

test('other errors tell of no refusal, and each refusal says what, where and what to do', async () => {
  expect(await caught(db.sql.query('SELECT 1/0'))).toBeUndefined();
  expect(await caught(db.prisma.organization.delete({ where: { id: createId() } }))).toBeUndefined();
  expect(refusalOf(new Error('No space left on device'))).toBeUndefined();
  expect(refusalOf(undefined)).toBeUndefined();
  expect(refusalWords('disk-full')).toMatch(
    /^The database’s disk is full: nothing can be saved\. Free space/,
  );
  expect(refusalWords('read-only')).toMatch(/^The database is read-only: nothing can be saved\. Let it/);
});

test('a database that is read-only is known, too, and still passes hints on', async () => {
  const name = new URL(database.url).pathname.slice(1);
  await asOwner(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  const later = createDb(database.url);
  const heard = new pg.Client({ connectionString: database.url });
  await heard.connect();
  try {
    expect(await caught(later.prisma.organization.create({ data: organisation() }))).toBe('read-only');
    expect(await caught(later.sql.execute(insert))).toBe('read-only');
    const told = new Promise<string | undefined>((resolve) =>
      heard.on('notification', ({ payload }) => resolve(payload)),
    );
    await heard.query(`LISTEN ${channel}`);
    await tellRefusal(later.sql, 'o', 'read-only');
    expect(JSON.parse((await told) ?? '')).toEqual({ organisation: 'o', topic: 'refused', id: 'read-only' });
  } finally {
    await heard.end();
    await later.close();
  }
});
