// The journal: what was acknowledged survives kill -9; a torn last line is cut and said; old lines are dropped.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox } from '../src/index.ts';
import { connect, saleOf, type Xero } from './xero.ts';

const root = new URL('..', import.meta.url).pathname;
const built = join(root, 'node_modules', '.test-build');
const main = join(built, 'src', 'main.js');
let dataDir = '';

beforeAll(() => {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', built], { cwd: root });
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

type Running = { readonly child: ChildProcess; readonly url: string; readonly said: () => string };

async function start(more: Readonly<Record<string, string>> = {}): Promise<Running> {
  const env = { ...process.env, SANDBOX_PORT: '0', DATA_DIR: dataDir, SANDBOX_LIMITS: 'off', ...more };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let out = '';
  for await (const chunk of child.stdout) {
    out += String(chunk);
    const url = /http:\/\/localhost:\d+/.exec(out)?.[0];
    if (url !== undefined) return { child, url, said: () => said };
  }
  throw new Error(`The sandbox did not start: ${said}`);
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return typeof code === 'number' ? code : null;
}

const summaryOf = async (xero: Xero) => (await xero.control.summary()).organisations[xero.tenant];

describe('a killed sandbox', () => {
  it('has every acknowledged write, its tokens, replies and counts when it starts again', async () => {
    const first = await start();
    const xero = await connect(first.url);
    const acknowledged: string[] = [];
    const writer = (async () => {
      for (let n = 0; ; n += 1) {
        const invoices = [saleOf(`A-${n}`), saleOf(`B-${n}`)];
        const done = await xero
          .call('PUT', '/Invoices', { Invoices: invoices }, { 'Idempotency-Key': `k${n}` })
          .catch(() => undefined);
        if (done === undefined) return;
        acknowledged.push(done.text);
      }
    })();
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(20);
    await kill(first.child, 'SIGKILL');
    await writer;
    appendFileSync(join(dataDir, 'sandbox', 'journal.jsonl'), '{"atMs":17,"changes":[{"kind":"inv');

    const second = await start();
    expect(second.said()).toMatch(
      /The last line of .*journal\.jsonl was torn \(\d+ bytes, never acknowledged\); it was cut off\./,
    );
    const again: Xero = { ...xero, url: second.url, ...(await connectWith(second.url, xero)) };
    for (let n = 0; n < acknowledged.length; n += 1) {
      const number = await again.call('GET', `/Invoices/A-${n}`);
      expect(number.json('Invoices.0.Total')).toBe(120);
    }
    const replay = await again.call(
      'PUT',
      '/Invoices',
      { Invoices: [saleOf('A-3'), saleOf('B-3')] },
      { 'Idempotency-Key': 'k3' },
    );
    expect(replay.text).toBe(acknowledged[3]);
    const { calls } = await again.control.summary();
    expect(calls['PUT /Invoices']?.['200']).toBeGreaterThanOrEqual(acknowledged.length);
    const { count = 0, duplicates } = (await summaryOf(again))?.Invoices ?? {};
    expect(count % 2).toBe(0);
    expect(count).toBeGreaterThanOrEqual(acknowledged.length * 2);
    expect(duplicates).toBe(0);
    expect(await kill(second.child, 'SIGTERM')).toBe(0);
  });

  it('keeps its organisation, and a reset is kept too', async () => {
    const first = await start();
    const xero = await connect(first.url);
    await xero.control.reset();
    await kill(first.child, 'SIGKILL');
    const second = await start();
    const again = await connect(second.url);
    expect(again.tenant).toBe(xero.tenant);
    expect((await summaryOf(again))?.Invoices.count).toBe(0);
    expect(await kill(second.child, 'SIGINT')).toBe(0);
  });
});

/** The same tokens against another address. */
async function connectWith(url: string, xero: Xero): Promise<Pick<Xero, 'call' | 'control'>> {
  const { call, control } = await connect(url);
  return {
    call: (method, path, body, headers) =>
      call(method, path, body, { Authorization: `Bearer ${xero.token}`, ...headers }),
    control,
  };
}

describe('a long journal', () => {
  it('is written anew without its past when most of it is past', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const first = await createSandbox({ dataDir: folder, limits: 'off' });
    const xero = await connect(first.url);
    const sale = saleOf('', {
      LineItems: Array.from({ length: 40 }, () => ({ Description: 'x'.repeat(3_900) })),
      Status: 'DRAFT',
    });
    for (let n = 0; n < 3; n += 1) {
      await xero.call(
        'PUT',
        '/Invoices',
        { Invoices: Array.from({ length: 20 }, () => sale) },
        { 'Idempotency-Key': `k${n}` },
      );
    }
    await xero.control.reset();
    const kept = await xero.call('PUT', '/Invoices', saleOf('Kept'), { 'Idempotency-Key': 'kept' });
    await first.close();
    const path = join(folder, 'sandbox', 'journal.jsonl');
    expect(statSync(path).size).toBeGreaterThan(16_000_000);
    const second = await createSandbox({ dataDir: folder, limits: 'off' });
    expect(statSync(path).size).toBeLessThan(100_000);
    expect(readFileSync(path, 'utf8')).toContain('Kept');
    const again = await connectWith(second.url, xero);
    const replay = await again.call('PUT', '/Invoices', saleOf('Kept'), { 'Idempotency-Key': 'kept' });
    expect(replay.text).toBe(kept.text);
    expect((await again.control.summary()).calls['PUT /Invoices']).toEqual({ '200': 2 });
    await second.close();
    rmSync(folder, { recursive: true });
  });
});

describe('starting', () => {
  const endOf = async (env: Readonly<Record<string, string>>): Promise<[number | null, string]> => {
    const child = spawn(process.execPath, [main], { env: { ...process.env, DATA_DIR: dataDir, ...env } });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = await once(child, 'close');
    return [typeof code === 'number' ? code : null, said.trim()];
  };

  it.each([
    ['SANDBOX_PORT', 'high'],
    ['SANDBOX_LIMITS', '60'],
    ['SANDBOX_LATENCY_MS', '-1'],
    ['SANDBOX_LATENCY_JITTER_MS', 'some'],
    ['CLOCK_SCALE', '0'],
  ])('says in one sentence that %s=%s is wrong', async (name, value) => {
    const [code, said] = await endOf({ [name]: value });
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`^The sandbox cannot start: ${name} must be .*\\.$`));
  });

  it('says in one sentence that its port is taken', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const address = stranger.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const [code, said] = await endOf({ SANDBOX_PORT: port });
    expect([code, said]).toEqual([
      1,
      `The sandbox cannot start: Port ${port} is in use by another program; set SANDBOX_PORT to a free one.`,
    ]);
    stranger.close();
  });

  it('ends when its starter is gone', async () => {
    const starter = spawn('sleep', ['60']);
    const { child } = await start({ STARTER_PID: String(starter.pid) });
    const exit = once(child, 'exit');
    starter.kill('SIGKILL');
    expect((await exit)[0]).toBe(0);
  });
});
