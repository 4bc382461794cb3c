// What the planner knows: an organisation that is new to a table is known to it as soon as it is looked at for it.
import { createDb, createId, type Db } from '@stockbook/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, runAs, type TestDatabase } from '../../packages/sync/test/db.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  // Nobody else is to look at the table meanwhile.
  await runAs(database.adminUrl, 'ALTER TABLE mapping SET (autovacuum_enabled = false)');
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** An organisation with so many mappings. */
async function makeOrganisation(mappings: number): Promise<string> {
  const id = createId();
  await db.prisma.organization.create({ data: { id, name: 'Ours', slug: id } });
  const client = await db.pool.connect();
  try {
    await client.query(
      `INSERT INTO mapping (organisation_id, record_id, entity, xero_id, agreed, hash, updated_at)
       SELECT $1, gen_random_uuid(), 'contacts', gen_random_uuid(), '{}', '', now() FROM generate_series(1, $2)`,
      [id, mappings],
    );
    // What was written counts now, not when the connection next rests.
    await client.query('SELECT pg_stat_force_next_flush()');
  } finally {
    client.release();
  }
  return id;
}

const look = (organisation: string) => db.pool.query('SELECT stockbook_analyse($1::uuid)', [organisation]);

/** The organisations that the planner has seen in the table of mappings. */
async function known(): Promise<string[]> {
  const [row] = await runAs<{ seen: string[] }>(
    database.adminUrl,
    `SELECT most_common_vals::text::text[] AS seen FROM pg_stats WHERE tablename = 'mapping' AND attname = 'organisation_id'`,
  );
  return row?.seen ?? [];
}

test('an organisation that came since is looked at once it has more than a few rows', async () => {
  const first = await makeOrganisation(20_000);
  await look(first);
  expect(await known()).toEqual([first]);
  const small = await makeOrganisation(900);
  const second = await makeOrganisation(4_000);
  await look(small);
  expect(await known()).toEqual([first]);
  await look(second);
  expect(new Set(await known())).toEqual(new Set([first, second, small]));
});
