// What the planner knows of an organisation whose first run fills a table that another one had filled before.
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRun } from '../src/run.ts';
import { countStates, ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let owner: pg.Client;
beforeEach(async () => {
  world = await createWorld();
  owner = new pg.Client({ connectionString: world.adminUrl });
  await owner.connect();
});
afterEach(async () => {
  await owner.end();
  await world.close();
});

/** The organisations that the planner has seen in the table of mappings. */
async function known(): Promise<string[]> {
  const { rows } = await owner.query<{ seen: string[] }>(
    `SELECT most_common_vals::text::text[] AS seen FROM pg_stats WHERE tablename = 'mapping' AND attname = 'organisation_id'`,
  );
  return rows[0]?.seen ?? [];
}

it('is looked at while the run goes on, not only before the next one', async () => {
  const { organisation } = await world.join('Another');
  // Nobody else is to look at the table meanwhile.
  await owner.query('ALTER TABLE mapping SET (autovacuum_enabled = false)');
  await owner.query(
    `INSERT INTO mapping (organisation_id, record_id, entity, xero_id, agreed, hash, updated_at)
     SELECT $1, gen_random_uuid(), 'contacts', gen_random_uuid(), '{}', '', now() FROM generate_series(1, 20000)`,
    [organisation],
  );
  await owner.query('ANALYZE mapping');
  expect(await known()).toEqual([organisation]);

  const many = ids(2_400);
  await world.db.write(world.organisation, (tx) => writeContacts(tx, many));
  let sent = 0;
  let knownThen: string[] = [];
  const engine = world.engine({
    through: (api) => ({
      ...api,
      send: async (call) => {
        sent += 1;
        if (sent === 46) knownThen = await known();
        return api.send(call);
      },
    }),
  });
  await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  await engine.look();
  expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 2_400 });
  expect(knownThen).toContain(world.organisation);
}, 60_000);
