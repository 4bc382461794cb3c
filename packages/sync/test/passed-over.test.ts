// Somebody writes a record just when it is to be claimed: the run waits for them, and does not end while the record waits.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRun } from '../src/run.ts';
import { countStates, ids, writeContacts } from './inventory.ts';
import { createWorld, type World } from './world.ts';

let world: World;
const records = ids(2);
beforeEach(async () => {
  world = await createWorld();
  await world.db.write(world.organisation, (tx) => writeContacts(tx, records));
});
afterEach(() => world.close());

it('a record that somebody wrote when it was claimed goes with the same run', async () => {
  const opened = await openRun(world.db, world.organisation, { kind: 'manual', startedBy: 'tester' });
  const writer = await world.db.pool.connect();
  await writer.query('BEGIN');
  await writer.query('UPDATE record SET no_import = true WHERE id = $1', [records[0]]);
  let answers = 0;
  const engine = world.engine({
    step: async (name) => {
      // The other one has gone, and its layer has been gone over.
      if (name !== 'verdict after') return;
      answers += 1;
      if (answers === 1) setTimeout(() => void writer.query('COMMIT'), 300);
    },
  });
  await engine.look();
  writer.release();
  expect(await countStates(world.db, world.organisation, 'contacts')).toEqual({ sent: 2 });
  const run = await world.db.prisma.run.findFirst({ where: { organisationId: world.organisation } });
  expect(run).toMatchObject({ id: opened.kind === 'opened' && opened.runId, state: 'done' });
  expect(answers).toBe(2);
});
