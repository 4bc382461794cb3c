// The main job on real trading data: from a CSV of invoices to the last cent in Xero, through crashes too.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSandboxClient } from '@stockbook/sandbox/client';
import { afterEach, describe, expect, it } from 'vitest';
import { type Stack, startStack } from './stack.ts';

const data = fileURLToPath(new URL('../../shared/data/online-retail', import.meta.url));
const files = existsSync(data)
  ? readdirSync(data)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => path.join(data, name))
  : [];

/** Real limits in simulated time: a minute of Xero's takes three seconds here. */
const clock = { CLOCK_SCALE: '20' };

const expected = {
  Contacts: { count: 624, duplicates: 0 },
  Items: { count: 2434, duplicates: 0 },
  Invoices: {
    count: 834,
    duplicates: 0,
    by: { 'ACCREC AUTHORISED': { count: 834, total: '519861.89', tax: '81009.24' } },
  },
  CreditNotes: {
    count: 136,
    duplicates: 0,
    by: { 'ACCRECCREDIT AUTHORISED': { count: 136, total: '73584.05', tax: '12219.85' } },
  },
};

let stack: Stack | undefined;
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
});

async function json(running: Stack, ...args: string[]) {
  const ran = await running.cli(...args, '--json');
  if (ran.code !== 0)
    throw new Error(`stockbook ${args[0]} ended with ${ran.code}: ${ran.stderr}${ran.stdout}`);
  return JSON.parse(ran.stdout);
}

async function inXero(running: Stack) {
  const summary = await createSandboxClient(running.sandboxUrl).summary();
  return Object.values(summary.organisations)[0];
}

describe('eight days of Online Retail', () => {
  it('come to the last cent in Xero, in few calls, and a second time nothing is sent', async (test) => {
    if (files.length === 0) test.skip('no ../shared');
    stack = await startStack(clock);
    await json(stack, 'connect', '--sandbox');
    const loaded = await json(stack, 'import', 'csv', '--template', 'online-retail', ...files);
    expect(loaded).toMatchObject({ rows: 22_523, documents: 1_088, imported: 1_088, rejected: 0 });
    await json(stack, 'sync', '--wait');
    expect(await inXero(stack)).toMatchObject(expected);
    const status = await json(stack, 'status');
    expect(status).toMatchObject({
      pending: 0,
      held: 0,
      claimed: 0,
      rejected: 0,
      sent: 4_028,
      calls: { minimum: 82 },
    });
    expect(status.calls.used).toBeLessThanOrEqual(90);

    const again = await json(stack, 'import', 'csv', '--template', 'online-retail', ...files);
    expect(again).toMatchObject({ imported: 0, unchanged: 1_088, rejected: 0 });
    const calls = (await createSandboxClient(stack.sandboxUrl).summary()).calls;
    await json(stack, 'sync', '--wait');
    expect((await createSandboxClient(stack.sandboxUrl).summary()).calls).toEqual(calls);
  });

  it('come there all the same when the worker is killed in mid-sync, and then the starter', async (test) => {
    if (files.length === 0) test.skip('no ../shared');
    const running = await startStack({ ...clock, SANDBOX_LATENCY_MS: '3000' });
    stack = running;
    await json(running, 'connect', '--sandbox');
    await json(running, 'import', 'csv', '--template', 'online-retail', ...files);
    await json(running, 'sync');
    await sentAtLeast(running, 500);
    process.kill(running.pid('worker'), 'SIGKILL');
    await sentAtLeast(running, 1_500);
    await running.kill();
    await running.restart();
    await expect
      .poll(async () => (await json(running, 'status')).sent, { timeout: 150_000, interval: 500 })
      .toBe(4_028);
    await expect
      .poll(async () => (await json(running, 'status')).runs.active, { timeout: 30_000, interval: 500 })
      .toBeNull();
    expect(await inXero(running)).toMatchObject(expected);
  });
});

async function sentAtLeast(running: Stack, count: number): Promise<void> {
  await expect
    .poll(async () => (await json(running, 'status')).sent, { timeout: 120_000, interval: 300 })
    .toBeGreaterThan(count);
}
