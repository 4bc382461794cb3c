// The sandbox's own addresses: the log of calls, snapshots, options, limits and a clock that stands still.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnv } from '../src/env.ts';
import { helpText } from '../src/help.ts';
import { createSandbox } from '../src/index.ts';
import { optionRules } from '../src/options.ts';
import { connect, saleOf, sendTwiceAtOnce, useXero } from './xero.ts';

describe('the log of calls', () => {
  const xero = useXero();

  it('tells each call with what it met, and its bodies on request', async () => {
    await xero().control.reset();
    await xero().call('PUT', '/Contacts?unitdp=4', { Name: 'Logged' }, { 'Idempotency-Key': 'log' });
    await xero().control.fail({ kind: '503' });
    await xero().call('GET', '/Items');
    const calls = await xero().control.calls();
    expect(calls).toMatchObject([
      {
        method: 'PUT',
        path: '/Contacts?unitdp=4',
        status: 200,
        key: 'log',
        fault: '',
        tenant: xero().tenant,
      },
      { method: 'GET', path: '/Items', status: 503, fault: '503' },
    ]);
    expect(calls[0]?.left).toEqual({ minute: 60, day: 5_000, app: 10_000 });
    expect(calls[0]?.request).toBeUndefined();
    const [first] = await xero().control.calls({ bodies: true, path: '/contacts' });
    expect(first?.request).toBe('{"Name":"Logged"}');
    expect(first?.reply).toContain('"Name":"Logged"');
    expect(await xero().control.calls({ afterId: calls.at(-1)?.id ?? 0 })).toEqual([]);
  });

  it('tells calls of the identity server without their secrets', async () => {
    await connect(xero().url);
    const calls = await xero().control.calls({ path: '/connect/token', bodies: true });
    expect(calls.at(-1)).toMatchObject({ method: 'POST', status: 200 });
    expect(calls.at(-1)?.request).toBeUndefined();
  });
});

describe('snapshots', () => {
  const xero = useXero();

  it('put everything back: records, tokens, remembered replies and counts', async () => {
    const put = (number: string) =>
      xero().call('PUT', '/Invoices', saleOf(number), { 'Idempotency-Key': number });
    const first = await put('S-1');
    const summary = await xero().control.summary();
    const snapshot = await xero().control.snapshot();
    await put('S-2');
    await xero().control.disconnect();
    await xero().control.expireTokens();
    await xero().control.restore(snapshot);
    expect(await xero().control.summary()).toEqual(summary);
    expect((await put('S-1')).text).toBe(first.text);
    expect((await xero().call('GET', '/Invoices/S-2')).status).toBe(404);
  });

  it('put the clock back too when asked to', async () => {
    const snapshot = await xero().control.snapshot();
    const before = await xero().control.clock();
    await xero().control.advance(3_600_000);
    expect((await xero().call('GET', '/Items')).status).toBe(401);
    await xero().control.restore(snapshot, { clock: true });
    expect((await xero().call('GET', '/Items')).status).toBe(200);
    const after = await xero().control.clock();
    expect(after.simulatedMs - before.simulatedMs).toBeLessThan(600_000);
  });

  it('are kept when the sandbox starts again, as are apps and what was counted of the app', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const clock = { realMs: 0, simulatedMs: Date.UTC(2026, 2, 2, 9), scale: 0 };
    const first = await createSandbox({ dataDir, clock });
    const live = await connect(first.url);
    await live.call('PUT', '/Contacts', { Name: 'Kept' });
    const snapshot = await live.control.snapshot();
    await live.call('PUT', '/Contacts', { Name: 'Gone' });
    await live.control.restore(snapshot);
    const app = JSON.stringify({ id: 'kept', kind: 'web', secret: 's' });
    await fetch(`${first.url}/__sandbox/apps`, { method: 'POST', body: app });
    const before = await live.control.summary();
    await first.close();
    const second = await createSandbox({ dataDir, clock });
    const again = await connect(second.url);
    expect(await again.control.summary()).toEqual(before);
    expect(await again.control.apps()).toContainEqual(expect.objectContaining({ id: 'kept', kind: 'web' }));
    const { headers } = await again.call('GET', '/Items');
    expect([headers.get('x-minlimit-remaining'), headers.get('x-appminlimit-remaining')]).toEqual([
      '58',
      '9998',
    ]);
    await second.close();
    rmSync(dataDir, { recursive: true });
  });

  it('refuse a text that is none', async () => {
    await expect(xero().control.restore('{"simulatedMs":1}\n{"nothing":true}')).rejects.toThrow(/snapshot/);
  });
});

describe('options', () => {
  const xero = useXero({ limits: 'off', options: { 'limit-body': 'text' } });

  it('are listed with both behaviours, the default and why', async () => {
    const listed: unknown = await (await fetch(`${xero().url}/__sandbox/options`)).json();
    for (const [name, { values, standard, why }] of optionRules()) {
      expect(listed).toMatchObject({ [name]: { values, default: standard, why } });
      expect(values.length).toBeGreaterThan(1);
      expect(values).toContain(standard);
      expect(why).toMatch(/\.$/);
    }
  });

  it('stand in --help and are read from SANDBOX_OPTIONS', () => {
    const help = helpText();
    for (const [name, { standard }] of optionRules())
      expect(help).toMatch(new RegExp(`  ${name}: .*${standard} \\(default\\)`));
    expect(parseEnv({ SANDBOX_OPTIONS: 'limit-window=rolling, limit-body=text' })).toMatchObject({
      options: { options: { 'limit-window': 'rolling', 'limit-body': 'text' } },
    });
    expect(parseEnv({ SANDBOX_OPTIONS: 'limit-windows=rolling' })).toEqual({
      kind: 'fault',
      message: "SANDBOX_OPTIONS: There is no option 'limit-windows'; xero-sandbox --help lists them.",
    });
  });

  it('an answer time and its jitter are read beside them', () => {
    const given = { SANDBOX_LATENCY_MS: '120', SANDBOX_LATENCY_JITTER_MS: '40' };
    expect(parseEnv(given)).toMatchObject({ options: { latencyMs: 120, latencyJitterMs: 40 } });
    expect(parseEnv({})).toMatchObject({ options: { latencyMs: 0, latencyJitterMs: 0 } });
  });

  it('are set at start and later, all or none', async () => {
    expect((await xero().control.options())['limit-body']).toBe('text');
    await xero().control.fail({ kind: '429-minute' });
    expect((await xero().call('GET', '/Items')).text).toBe('Too many requests');
    await xero().control.setOptions({ 'limit-body': 'empty', 'limit-word-app': 'app' });
    await xero().control.fail({ kind: '429-app' });
    const refused = await xero().call('GET', '/Items');
    expect([refused.text, refused.headers.get('x-rate-limit-problem')]).toEqual(['', 'app']);
    const wrong = { 'limit-word-app': 'appminute', 'limit-body': 'nothing' };
    const answer = await fetch(`${xero().url}/__sandbox/options`, {
      method: 'POST',
      body: JSON.stringify(wrong),
    });
    expect(await answer.json()).toEqual({
      error: "The option limit-body must be empty or text, not 'nothing'.",
    });
    expect((await xero().control.options())['limit-word-app']).toBe('app');
  });

  it('decide what a call without Accept gets, how large a body may be, and how a missing scope is refused', async () => {
    const any = { Accept: '*/*' };
    expect((await xero().call('GET', '/Items', undefined, any)).status).toBe(200);
    await xero().control.setOptions({
      'accept-missing': 'refuse',
      'body-limit': '3.5MB',
      'scope-refusal': '403',
    });
    expect((await xero().call('GET', '/Items', undefined, any)).status).toBe(406);
    const large = { Name: 'x'.repeat(4_000_000) };
    expect((await xero().call('PUT', '/Contacts', large)).status).toBe(413);
    const narrow = await connect(xero().url, 'accounting.contacts');
    const refused = await narrow.call('GET', '/Invoices');
    expect([refused.status, refused.json('Detail')]).toEqual([403, 'AuthorizationUnsuccessful']);
    await xero().control.setOptions({ 'accept-missing': 'json', 'body-limit': '10MB' });
    expect((await xero().call('PUT', '/Contacts', large)).status).toBe(400);
  });

  it('decide the order of verdicts and what a second call with a key does', async () => {
    await xero().control.setOptions({ 'verdict-order': 'reversed', 'key-concurrent': 'run' });
    const two = { Contacts: [{ Name: 'First' }, { Name: 'Second' }] };
    const answer = await xero().call('PUT', '/Contacts?summarizeErrors=false', two);
    expect(answer.json('Contacts.0.Name')).toBe('Second');
    const statuses = (await sendTwiceAtOnce(xero(), 'Twice')).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 400]);
  });
});

describe('limits', () => {
  const still = { realMs: Date.now(), simulatedMs: Date.UTC(2026, 2, 2, 9), scale: 0 };
  const xero = useXero({
    clock: still,
    limits: { minute: 3, atOnce: 5, day: 50 },
    options: { 'limit-window': 'rolling' },
  });
  const status = async () => (await xero().call('GET', '/Items')).status;

  it('roll with the clock by option: a place is free when its call is a minute old', async () => {
    expect(await status()).toBe(200);
    await xero().control.advance(30_000);
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    const refused = await xero().call('GET', '/Items');
    expect(refused.headers.get('retry-after')).toBe('30');
    await xero().control.advance(30_000);
    expect([await status(), await status()]).toEqual([200, 429]);
  });

  it('count over all organisations of an app, and are changed while it runs', async () => {
    await xero().control.advance(60_000);
    await xero().control.setLimits({ minute: 100, app: 2 });
    expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
    const refused = await xero().call('GET', '/Items');
    expect(refused.headers.get('x-rate-limit-problem')).toBe('appminute');
    expect(refused.headers.get('x-appminlimit-remaining')).toBe('0');
    await xero().control.setLimits('off');
    expect(await status()).toBe(200);
  });

  it('a stopped clock stands still until it is stepped', async () => {
    const before = await xero().control.stopClock();
    expect(before.scale).toBe(0);
    await xero().control.setLatency(1_000);
    let isAnswered = false;
    const call = xero()
      .call('GET', '/Items')
      .finally(() => (isAnswered = true));
    await expect
      .poll(async () => {
        await xero().control.advance(250);
        return isAnswered;
      })
      .toBe(true);
    await call;
    expect((await xero().control.clock()).simulatedMs).toBeGreaterThanOrEqual(before.simulatedMs + 1_000);
  });
});
