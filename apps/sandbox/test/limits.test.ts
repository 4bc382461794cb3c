// Rate limits and their headers (XERO.md 2), answer times, and remembered replies (XERO.md 3).
import { describe, expect, it } from 'vitest';
import { saleOf, useXero } from './xero.ts';

const minuteMs = 60_000;
/** As good as standing still, so that no window ends in the middle of a test. */
const still = { realMs: Date.now(), simulatedMs: Date.UTC(2026, 2, 2, 9), scale: 1e-6 };

describe('limits (2)', () => {
  const xero = useXero({ clock: still, limits: { minute: 6, atOnce: 2, day: 9 } });

  it('counts down in headers, refuses the seventh call of a minute and says when to come again', async () => {
    const first = await xero().call('GET', '/Organisation');
    expect(first.headers.get('x-minlimit-remaining')).toBe('5');
    expect(first.headers.get('x-daylimit-remaining')).toBe('8');
    expect(first.headers.get('x-appminlimit-remaining')).toBe('9999');
    for (let call = 2; call <= 6; call += 1) expect((await xero().call('GET', '/Items')).status).toBe(200);
    const refused = await xero().call('PUT', '/Contacts', { Name: 'Late' });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-rate-limit-problem')).toBe('minute');
    expect(refused.headers.get('x-minlimit-remaining')).toBe('0');
    const waitS = Number(refused.headers.get('retry-after'));
    expect(waitS).toBeGreaterThanOrEqual(1);
    expect(waitS).toBeLessThanOrEqual(60);
    await xero().control.advance(waitS * 1_000);
    expect((await xero().call('GET', '/Organisation')).headers.get('x-minlimit-remaining')).toBe('5');
  });

  it('refuses by the day with its own problem', async () => {
    await xero().call('GET', '/Organisation');
    await xero().call('GET', '/Organisation');
    const refused = await xero().call('GET', '/Organisation');
    expect([refused.status, refused.headers.get('x-rate-limit-problem')]).toEqual([429, 'day']);
    const { throttled, calls } = await xero().control.summary();
    expect(throttled).toBe(2);
    expect(calls['PUT /Contacts']).toEqual({ '429': 1 });
    expect(calls['GET /Organisation']).toEqual({ '200': 4, '429': 1 });
  });

  it('refuses a third call at once without saying when to come again', async () => {
    await xero().control.reset();
    await xero().control.setLimits({ minute: 1_000, day: 1_000 });
    // Only these two are slow: the third call, which looks whether both have come, is over at once where it is let in.
    await xero().control.setLatency(1_000_000, { path: '/Organisation' });
    const letIn = async () => {
      for (;;) {
        const answer = await xero().call('GET', '/Organisation');
        if (answer.status !== 429) return answer;
      }
    };
    const waiting = [letIn(), letIn()];
    await expect
      .poll(async () => {
        const refused = await xero().call('GET', '/TaxRates');
        return [
          refused.status,
          refused.headers.get('x-rate-limit-problem'),
          refused.headers.get('retry-after'),
        ];
      })
      .toEqual([429, 'concurrent', null]);
    await xero().control.setLatency(0);
    let statuses: number[] = [];
    const answered = Promise.all(waiting).then((answers) => {
      statuses = answers.map((answer) => answer.status);
    });
    await expect
      .poll(async () => {
        await xero().control.advance(1_000_000);
        return statuses;
      })
      .toEqual([200, 200]);
    await answered;
  });
});

describe('the minute and the day are checked before the key (2)', () => {
  const xero = useXero({ clock: still, limits: { minute: 2, atOnce: 5, day: 100 } });

  it('a replay costs a call too', async () => {
    const key = { 'Idempotency-Key': 'k' };
    expect((await xero().call('PUT', '/Contacts', { Name: 'A' }, key)).status).toBe(200);
    expect((await xero().call('PUT', '/Contacts', { Name: 'A' }, key)).status).toBe(200);
    expect((await xero().call('PUT', '/Contacts', { Name: 'A' }, key)).status).toBe(429);
  });
});

describe('answer times', () => {
  const xero = useXero();

  it('are simulated time, and can be set for some calls only', async () => {
    await xero().control.setLatency(20_000, { method: 'PUT', path: '/Contacts' });
    expect((await xero().call('GET', '/Contacts')).status).toBe(200);
    await xero().control.setClock({ scale: 200 });
    const before = await xero().control.clock();
    expect((await xero().call('PUT', '/Contacts', { Name: 'Slow' })).status).toBe(200);
    const after = await xero().control.setClock({ scale: 1 });
    expect(after.simulatedMs - before.simulatedMs).toBeGreaterThanOrEqual(20_000);
  });
});

describe('Idempotency-Key (3)', () => {
  const xero = useXero();
  const put = (key: string, body: unknown) =>
    xero().call('PUT', '/Invoices', body, { 'Idempotency-Key': key });

  it('gives the first reply again, word for word, and does the work once', async () => {
    const first = await put('one', saleOf('I-1'));
    const second = await put('one', saleOf('I-1'));
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
    expect((await xero().control.summary()).organisations[xero().tenant]?.Invoices.count).toBe(1);
  });

  it('refuses the key for a different request', async () => {
    const other = await put('one', saleOf('I-2'));
    expect([other.status, other.text]).toEqual([
      400,
      'Idempotency Key: one is used with a different request.',
    ]);
  });

  it('remembers errors as well', async () => {
    const bad = await put('bad', saleOf('I-1'));
    expect(bad.status).toBe(400);
    const again = await put('bad', saleOf('I-1'));
    expect(again.text).toBe(bad.text);
  });

  it('refuses a key of more than 128 characters', async () => {
    expect((await put('k'.repeat(128), saleOf('I-3'))).status).toBe(200);
    expect((await put('k'.repeat(129), saleOf('I-4'))).status).toBe(400);
  });

  it('lets a second call with the key wait for the first', async () => {
    await xero().control.setLatency(20);
    const answers = await Promise.all([
      put('both', saleOf('I-5')),
      put('both', saleOf('I-5')),
      put('both', saleOf('I-5')),
    ]);
    await xero().control.setLatency(0);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
  });

  it('forgets after six minutes', async () => {
    await put('six', saleOf('I-6'));
    await xero().control.advance(6 * minuteMs - 2_000);
    expect((await put('six', saleOf('I-6'))).status).toBe(200);
    await xero().control.advance(3_000);
    expect((await put('six', saleOf('I-6'))).status).toBe(400);
  });

  it('is ignored on reads', async () => {
    const get = (path: string) => xero().call('GET', path, undefined, { 'Idempotency-Key': 'read' });
    expect((await get('/Items')).status).toBe(200);
    expect((await get('/Contacts')).status).toBe(200);
  });
});
