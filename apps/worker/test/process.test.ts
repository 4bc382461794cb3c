// The worker as a process: it says when it is ready, works beside another one, ends in order, and refuses with a sentence.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@stockbook/sync/test/db';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

describe('the worker process', () => {
  let database: TestDatabase;
  let children: ChildProcess[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const child of children.filter(isAlive)) {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }
    children = [];
  });
  afterAll(() => database.drop());

  function start(changed: Record<string, string> = {}, out: 'pipe' | number = 'pipe') {
    const env = {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      DATABASE_ADMIN_URL: database.adminUrl,
      TOKEN_SECRET: '0'.repeat(64),
      XERO_SANDBOX_URL: 'http://127.0.0.1:9',
      LOG_LEVEL: 'error',
      ...changed,
    };
    const args = ['--disable-warning=ExperimentalWarning', program];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', out, 'pipe', 'ipc'] });
    children.push(child);
    const said = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (piece) => {
        said.text += String(piece);
      });
    return { child, said, ready: once(child, 'message'), closed: once(child, 'close') };
  }

  it('starts beside another one on a database without Agenda’s schema, and both end in order', async () => {
    const pair = [start(), start()];
    for (const { ready } of pair) expect(await ready).toEqual([{ kind: 'ready' }, undefined]);
    for (const { child } of pair) child.kill('SIGTERM');
    for (const { closed, said } of pair) expect([await closed, said.text]).toEqual([[0, null], '']);
  });

  it('goes on, and ends in order, when its log finds no room', async (ctx) => {
    if (!existsSync('/dev/full')) return ctx.skip('this system has no /dev/full');
    const full = openSync('/dev/full', 'w');
    const { child, ready, closed } = start({ LOG_LEVEL: 'trace' }, full);
    closeSync(full);
    expect(await ready).toEqual([{ kind: 'ready' }, undefined]);
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
  });

  it('ends when its starter is gone', async () => {
    const starter = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const worker = start({ STARTER_PID: String(starter.pid) });
    await worker.ready;
    const gone = once(starter, 'close');
    starter.kill('SIGKILL');
    await gone;
    expect(await worker.closed).toEqual([0, null]);
  });

  it.each([
    [
      'an address that is none',
      { DATABASE_URL: 'books' },
      /^DATABASE_URL cannot be used: it is an address such as /,
    ],
    [
      'a database that is away',
      { DATABASE_URL: 'postgres://a:b@127.0.0.1:9/c' },
      /^The database does not answer .*DATABASE_URL/,
    ],
    [
      'a store it does not know',
      { AGENDA_URL: 'redis://here' },
      /^AGENDA_URL cannot be used: it begins with postgres/,
    ],
    ['neither Xero nor sandbox', { XERO_SANDBOX_URL: '' }, /^Set XERO_CLIENT_ID and XERO_CLIENT_SECRET/],
  ])('refuses %s with one sentence', async (_, changed, sentence) => {
    const { closed, said } = start(changed);
    expect(await closed).toEqual([1, null]);
    expect(said.text).toMatch(sentence);
    expect(said.text.trim().split('\n')).toHaveLength(1);
  });
});

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
