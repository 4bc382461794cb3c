// Hints come through, and after a lost connection they come again.
import { channel } from '@stockbook/db';
import { createTestDatabase, type TestDatabase } from '@stockbook/sync/test/db';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Hint, hearHints } from '../src/hint.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function notify(payload: string): Promise<void> {
  await client.query('SELECT pg_notify($1, $2)', [channel, payload]);
}

it('hears hints, passes over what is none, and comes back after its connection was cut', async () => {
  const heard: Hint[] = [];
  let gaps = 0;
  const log = pino({ level: 'silent' });
  const onHint = (hint: Hint) => heard.push(hint);
  const onGap = () => {
    gaps += 1;
  };
  const hearing = hearHints(database.url, channel, { onHint, onGap, log });
  try {
    await vi.waitFor(() => expect(gaps).toBe(1), 10_000);
    await notify('nonsense');
    await notify(JSON.stringify({ organisation: 'one', topic: 'run', number: '1' }));
    await vi.waitFor(() => expect(heard).toEqual([{ organisation: 'one', topic: 'run' }]), 10_000);

    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
      AND pid <> pg_backend_pid() AND usename = current_user AND query LIKE 'LISTEN%'`);
    await vi.waitFor(() => expect(gaps).toBe(2), 10_000);
    await notify(JSON.stringify({ organisation: 'one', topic: 'load', number: '2' }));
    await vi.waitFor(() => expect(heard.at(-1)).toEqual({ organisation: 'one', topic: 'load' }), 10_000);
  } finally {
    await hearing.stop();
  }
});
