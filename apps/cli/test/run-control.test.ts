// The commands for a run and for automatic sync, as programs of their own against an API that runs.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, runAs, type TestDatabase } from '../../../packages/sync/test/db.ts';

const server = fileURLToPath(new URL('../../api/dist/main.js', import.meta.url));
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

let database: TestDatabase;
let dataDir: string;
let api: ChildProcess;
let env: Record<string, string>;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'stockbook cli '));
  const port = await freePort();
  env = { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, PORT: String(port) };
  api = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', server], {
    env: {
      ...{ ...env, DATABASE_URL: database.url, DATABASE_ADMIN_URL: database.adminUrl },
      ...{ TOKEN_SECRET: '0'.repeat(64), AUTH_SECRET: 'a secret of a test, long enough for it' },
      ...{ ORIGIN: `http://localhost:${port}`, XERO_SANDBOX_URL: 'http://127.0.0.1:9', LOG_LEVEL: 'error' },
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const isReady = () =>
    fetch(`http://localhost:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await vi.waitUntil(isReady, { timeout: 60_000, interval: 100 });
  await runAs(database.adminUrl, `UPDATE connection SET state = 'connected'`);
  await writeContact(port);
});
afterAll(async () => {
  const ended = once(api, 'close');
  api.kill('SIGKILL');
  await ended;
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}

/** What waits, so that there is something to sync. */
async function writeContact(port: number): Promise<void> {
  const key = (await readFile(path.join(dataDir, 'api-key'), 'utf8')).trim();
  const query = 'mutation { createContact(input: { number: "C-1", name: "Acme" }) { __typename } }';
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const body = JSON.stringify({ query });
  const answer = await fetch(`http://localhost:${port}/graphql`, { method: 'POST', headers, body });
  expect(await answer.json()).toEqual({ data: { createContact: { __typename: 'Contact' } } });
}

interface Said {
  code: number | null;
  out: string;
  complaint: string;
}

async function stockbook(...args: string[]): Promise<Said> {
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', complaint: '' };
  child.stdout.on('data', (text) => {
    said.out += String(text);
  });
  child.stderr.on('data', (text) => {
    said.complaint += String(text);
  });
  const [code] = await once(child, 'close');
  return { code, out: said.out.trim(), complaint: said.complaint.trim() };
}

/** The one document of --json. */
async function json(...args: string[]) {
  const { code, out, complaint } = await stockbook(...args, '--json');
  expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
  return JSON.parse(out);
}

it('a run is paused, goes on and is stopped by its commands, and what was not sent waits', async () => {
  for (const word of ['pause', 'resume', 'stop'])
    expect(await stockbook(word)).toMatchObject({ code: 1, out: 'No run is active.' });
  const { run } = await json('sync');
  const active = async () => (await json('status')).runs.active;
  expect(await stockbook('pause')).toMatchObject({ code: 0, out: `Run ${run.id} is asked to pause.` });
  expect(await active()).toMatchObject({ id: run.id, state: 'PARKED', asked: 'pause' });
  expect(await stockbook('sync')).toMatchObject({ code: 3 });
  expect(await stockbook('resume')).toMatchObject({ code: 0, out: `Run ${run.id} goes on.` });
  expect(await active()).toMatchObject({ id: run.id, state: 'WAITING', asked: null });
  expect(await stockbook('resume')).toMatchObject({ code: 1, out: expect.stringContaining('Nobody paused') });
  expect(await json('stop')).toMatchObject({ run: { id: run.id, state: 'STOPPED' } });
  expect(await active()).toBeNull();
  expect(await json('status')).toMatchObject({ pending: 1, sent: 0 });
});

it('automatic sync is switched on and off by its command', async () => {
  expect(await stockbook('auto', 'on')).toMatchObject({ code: 0, out: 'Automatic sync is on.' });
  expect(await json('auto', 'off')).toEqual({ autoSync: false });
  expect(await stockbook('auto')).toMatchObject({ code: 2 });
});

it('a record goes before all else by its command; of several those that do are named, also where one does not', async () => {
  const queued = async () => (await json('queue')).changes;
  const [{ record, urgent }] = await queued();
  expect(urgent).toBe(false);
  const when = 'It goes first in the next sync: automatic sync is off.';
  expect(await stockbook('send', record.id)).toMatchObject({ code: 0, out: when });
  expect(await queued()).toMatchObject([{ record: { id: record.id }, urgent: true }]);
  expect(await json('send', record.id, record.id)).toMatchObject({
    records: [
      { id: record.id, when },
      { id: record.id, when },
    ],
  });
  expect(await stockbook('send', record.id, record.id)).toMatchObject({
    ...{ code: 0, out: `C-1: ${when}\nC-1: ${when}` },
  });
  const missing = '018f0000-0000-7000-8000-000000000000';
  const why = 'There is no such record in this organisation.';
  expect(await stockbook('send', missing)).toMatchObject({ code: 1, out: why });
  const partly = `${missing}: ${why} What stood before it goes first all the same: C-1.`;
  expect(await stockbook('send', record.id, missing)).toMatchObject({ code: 1, out: partly });
  expect(JSON.parse((await stockbook('send', record.id, missing, '--json')).out)).toMatchObject({
    ...{ error: partly, records: [{ id: record.id, when }] },
  });
});

it('a stop says that automatic sync is switched off with it, where it was on', async () => {
  const off =
    'Automatic sync is switched off: nothing goes until you say `stockbook sync` or `stockbook auto on`.';
  for (const isOn of [true, false]) {
    if (isOn) await stockbook('auto', 'on');
    const { run } = await json('sync');
    const { out } = await stockbook('stop');
    expect(out).toBe(`Run ${run.id} is asked to stop.${isOn ? `\n${off}` : ''}`);
  }
  expect(await json('auto', 'off')).toEqual({ autoSync: false });
});
