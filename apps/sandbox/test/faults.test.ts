// Faults: every kind does what it says, meets the calls it names, and leaves the work undone or committed as it says.
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxFault } from '../client.ts';
import { connect, consent, messagesOf, postToken, saleOf, useXero } from './xero.ts';

const xero = useXero();
afterEach(() => xero().control.mend());

const fail = (fault: SandboxFault) => xero().control.fail(fault);
const get = (path = '/Contacts') => xero().call('GET', path);
const invoices = async () =>
  (await xero().control.summary()).organisations[xero().tenant]?.Invoices.count ?? 0;
/** What an unanswered call comes to; the code tells a reset from an end. */
const broken = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: unknown) => {
      const cause = error instanceof Error ? error.cause : undefined;
      return cause instanceof Error && 'code' in cause ? String(cause.code) : String(error);
    },
  );

describe('refusals (2, 10.1)', () => {
  it.each([
    ['429-minute', 'minute', 'x-minlimit-remaining', true],
    ['429-day', 'day', 'x-daylimit-remaining', true],
    ['429-app', 'appminute', 'x-appminlimit-remaining', true],
    ['429-concurrent', 'concurrent', undefined, false],
  ] as const)('%s has its problem word and headers that agree', async (kind, word, header, hasRetry) => {
    await fail({ kind });
    const { status, headers, text } = await get();
    expect([status, headers.get('x-rate-limit-problem'), text]).toEqual([429, word, '']);
    expect(headers.has('retry-after')).toBe(hasRetry);
    if (header !== undefined) expect(headers.get(header)).toBe('0');
    expect((await get()).status).toBe(200);
  });

  it('a 429 says to come again when it is told to', async () => {
    await fail({ kind: '429-minute', retryAfterS: 7 });
    expect((await get()).headers.get('retry-after')).toBe('7');
  });

  it.each([
    ['400', 400, 'application/json', 'The request could not be read'],
    ['500', 500, 'application/json', 'UnknownErrorException'],
    ['502', 502, 'text/plain', 'Bad Gateway'],
    ['502-html', 502, 'text/html', '<h1>'],
    ['503', 503, 'text/plain', 'The Xero API is currently offline for maintenance'],
    ['503-organisation', 503, 'text/plain', 'The Organisation is offline'],
    ['503-html', 503, 'text/html', '<h1>'],
    ['504', 504, 'text/plain', 'Gateway Time-out'],
    ['504-html', 504, 'text/html', '<h1>'],
    ['200-html', 200, 'text/html', '<h1>'],
  ] as const)('%s', async (kind, status, type, text) => {
    await fail({ kind });
    const answer = await get();
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([status, type]);
    expect(answer.text).toContain(text);
  });

  it('leaves the work undone, or does it first when asked to', async () => {
    const count = await invoices();
    await fail({ kind: '503', method: 'PUT', path: '/Invoices' });
    expect((await xero().call('PUT', '/Invoices', saleOf('F-1'))).status).toBe(503);
    expect(await invoices()).toBe(count);
    await fail({ kind: '503', method: 'PUT', path: '/Invoices', when: 'after' });
    expect((await xero().call('PUT', '/Invoices', saleOf('F-1'))).status).toBe(503);
    expect(await invoices()).toBe(count + 1);
  });

  it('remembers a 500 under its key, and not what a gateway said', async () => {
    const put = (key: string) =>
      xero().call('PUT', '/Contacts', { Name: `K ${key}` }, { 'Idempotency-Key': key });
    await fail({ kind: '500' });
    expect([(await put('a')).status, (await put('a')).status]).toEqual([500, 500]);
    await fail({ kind: '502' });
    expect([(await put('b')).status, (await put('b')).status]).toEqual([502, 200]);
  });
});

describe('answers that do not come', () => {
  it('a timeout before the work leaves nothing, one after it leaves all', async () => {
    const count = await invoices();
    await xero().control.setClock({ scale: 1_000 });
    for (const [number, when, more] of [
      ['T-1', 'before', 0],
      ['T-2', 'after', 1],
    ] as const) {
      await fail({ kind: 'timeout', when, delayMs: 60_000 });
      expect(await broken(xero().call('PUT', '/Invoices', saleOf(number)))).toBe('UND_ERR_SOCKET');
      expect(await invoices()).toBe(count + more);
    }
    await xero().control.setClock({ scale: 1 });
  });

  it('a caller that goes away ends the wait', async () => {
    await fail({ kind: 'timeout', when: 'after' });
    const { url, token, tenant } = xero();
    const headers = {
      Authorization: `Bearer ${token}`,
      'xero-tenant-id': tenant,
      'Content-Type': 'application/json',
    };
    const signal = AbortSignal.timeout(300);
    const body = JSON.stringify(saleOf('T-3'));
    const call = fetch(`${url}/api.xro/2.0/Invoices`, { method: 'PUT', headers, body, signal });
    await expect(call).rejects.toThrow(/timeout/);
    expect((await get('/Invoices/T-3')).status).toBe(200);
  });

  it('a call with a key that was lost is answered when it comes again', async () => {
    const put = () => xero().call('PUT', '/Invoices', saleOf('T-4'), { 'Idempotency-Key': 'T-4' });
    await fail({ kind: 'reset' });
    expect(await broken(put())).toBe('ECONNRESET');
    expect((await put()).json('Invoices.0.InvoiceNumber')).toBe('T-4');
  });

  it('breaks off after so many bytes', async () => {
    await fail({ kind: 'reset', bytes: 100 });
    const { url, token, tenant } = xero();
    const headers = { Authorization: `Bearer ${token}`, 'xero-tenant-id': tenant };
    const response = await fetch(`${url}/api.xro/2.0/Contacts`, { headers });
    expect(response.status).toBe(200);
    let bytes = 0;
    const reading = (async () => {
      for await (const piece of response.body ?? []) bytes += piece.length;
    })();
    await expect(reading).rejects.toThrow();
    expect(bytes).toBe(100);
  });

  it.each([
    ['truncated JSON', { kind: 'truncated', bytes: 30 }, 30],
    ['an empty 200', { kind: 'empty' }, 0],
  ] as const)('%s', async (_what, fault, length) => {
    await fail(fault);
    const { url, token, tenant } = xero();
    const headers = { Authorization: `Bearer ${token}`, 'xero-tenant-id': tenant };
    const response = await fetch(`${url}/api.xro/2.0/Contacts`, { headers });
    expect([response.status, (await response.text()).length]).toEqual([200, length]);
  });

  it('trickles in simulated time', async () => {
    await xero().control.setClock({ scale: 1_000 });
    await fail({ kind: 'trickle', bytes: 400, delayMs: 5_000, path: '/Organisation' });
    const before = (await xero().control.clock()).simulatedMs;
    const answer = await get('/Organisation');
    expect(answer.json('Organisations.0.Name')).toBe('Stockbook Trial (GB)');
    const after = (await xero().control.setClock({ scale: 1 })).simulatedMs;
    expect(after - before).toBeGreaterThanOrEqual(5_000 * Math.floor(answer.text.length / 400));
  });
});

describe('answers that leave something out', () => {
  const put = (...names: string[]) =>
    xero().call(
      'PUT',
      '/Contacts?summarizeErrors=false',
      { Contacts: names.map((Name) => ({ Name, ContactNumber: `No. ${Name}` })) },
      { 'Idempotency-Key': names.join() },
    );
  const names = async (text: string) => {
    const answer = await get(`/Contacts?searchTerm=${text}`);
    const list = answer.json('Contacts');
    return [answer.status, Array.isArray(list) ? list.length : list, answer.json('Contacts.0.Name')];
  };

  it('a reading has an empty list, or lacks those that are named by id, number or name', async () => {
    const id = String((await put('Left 1', 'Left 2', 'Left 3', 'Left 4')).json('Contacts.0.ContactID'));
    await fail({ kind: 'left-out', method: 'GET' });
    expect(await names('Left')).toEqual([200, 0, undefined]);
    await fail({ kind: 'left-out', method: 'GET', records: [id, 'No. Left 2', 'Left 4', 'Left'] });
    expect(await names('Left')).toEqual([200, 1, 'Left 3']);
    expect((await names('Left'))[1]).toBe(4);
  });

  it('a write is done and not told of, or left undone where that is asked for', async () => {
    await fail({ kind: 'left-out', method: 'PUT' });
    expect((await put('Done')).json('Contacts')).toEqual([]);
    expect(await names('Done')).toEqual([200, 1, 'Done']);
    expect((await put('Done')).json('Contacts.0.Name')).toBe('Done');
    await fail({ kind: 'left-out', method: 'PUT', when: 'before' });
    const { status, json } = await put('Undone');
    expect([status, json('Status'), json('Contacts')]).toEqual([200, 'OK', []]);
    expect(await names('Undone')).toEqual([200, 0, undefined]);
  });

  it('a refusal stays what it is', async () => {
    await fail({ kind: 'left-out' });
    expect((await get('/Contacts/nobody')).status).toBe(404);
  });
});

describe('which calls', () => {
  it('the next n that match method and path, after those that are let pass', async () => {
    await fail({ kind: '503', method: 'get', path: '/invoices', times: 2, skip: 1 });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await get('/Invoices')).status, (await get()).status);
    expect(statuses).toEqual([200, 200, 503, 200, 503, 200, 200, 200, 200, 200]);
    expect(await xero().control.faults()).toMatchObject([{ seen: 3, met: 2 }]);
  });

  it('a share of them, the same for the same seed', async () => {
    const draw = async (seed: number) => {
      const { id } = await fail({ kind: '503', share: 0.3, seed });
      const statuses = [];
      for (let n = 0; n < 60; n += 1) statuses.push((await get('/TaxRates?where=nothing')).status === 503);
      await xero().control.mend(id);
      return statuses;
    };
    const first = await draw(7);
    expect(await draw(7)).toEqual(first);
    expect(await draw(8)).not.toEqual(first);
    const met = first.filter(Boolean).length;
    expect(met).toBeGreaterThan(8);
    expect(met).toBeLessThan(30);
  });

  it('says what is wrong with a fault that is none', async () => {
    await expect(xero().control.fail({ kind: '503', share: 2 })).rejects.toThrow(/share/);
  });
});

describe('bad elements', () => {
  const two = (name: string) => ({
    Contacts: [{ Name: `${name} 1` }, { Name: `${name} 2` }, { Name: `${name} 3` }],
  });
  const fault = { kind: 'bad-elements', elements: [0, -1], message: 'Not today' } as const;

  it('are refused one by one', async () => {
    await fail(fault);
    const answer = await xero().call('PUT', '/Contacts?summarizeErrors=false', two('One'));
    const verdicts = [0, 1, 2].map((n) => answer.json(`Contacts.${n}.StatusAttributeString`));
    expect(verdicts).toEqual(['ERROR', 'OK', 'ERROR']);
    expect(messagesOf(answer, 'Contacts')).toEqual(['Not today']);
  });

  it('refuse the whole call when it is summarised, and save its valid elements only by option', async () => {
    await fail(fault);
    const atomic = await xero().call('PUT', '/Contacts', two('Two'));
    expect([atomic.status, atomic.json('Elements.1.Name')]).toEqual([400, 'Two 3']);
    expect((await xero().call('GET', '/Contacts?searchTerm=Two')).json('Contacts')).toEqual([]);
    await xero().control.setOptions({ 'summarised-400': 'partial', 'summarised-elements': 'all' });
    await fail(fault);
    const partial = await xero().call('PUT', '/Contacts', two('Three'));
    expect([partial.status, partial.json('Elements.1.Name')]).toEqual([400, 'Three 2']);
    const saved = await xero().call('GET', '/Contacts?searchTerm=Three');
    expect([saved.json('Contacts.0.Name'), saved.json('Contacts.1')]).toEqual(['Three 2', undefined]);
    await xero().control.setOptions({ 'summarised-400': 'atomic', 'summarised-elements': 'failing' });
  });
});

describe('access that ends', () => {
  const redirect_uri = 'http://localhost:9/callback';
  const tokens = async () =>
    postToken(xero().url, {
      grant_type: 'authorization_code',
      code: await consent(xero().url),
      redirect_uri,
    });

  it('a token expires in mid-call', async () => {
    const other = await connect(xero().url);
    await fail({ kind: 'token-expired', path: '/Items' });
    expect((await other.call('GET', '/Items')).json('Detail')).toMatch(/^TokenExpired/);
    expect((await other.call('GET', '/Contacts')).status).toBe(401);
    expect((await get()).status).toBe(200);
  });

  it('a refresh is revoked', async () => {
    const refresh_token = String((await tokens()).json('refresh_token'));
    await fail({ kind: 'refresh-revoked', path: '/connect/token' });
    const refused = await postToken(xero().url, { grant_type: 'refresh_token', refresh_token });
    expect([refused.status, refused.json()]).toEqual([400, { error: 'invalid_grant' }]);
  });

  it('the reply of a refresh is lost, and the token before still works', async () => {
    const form = {
      grant_type: 'refresh_token',
      refresh_token: String((await tokens()).json('refresh_token')),
    };
    await fail({ kind: 'reset', path: '/connect/token' });
    expect(await broken(postToken(xero().url, form))).toBe('ECONNRESET');
    expect((await postToken(xero().url, form)).status).toBe(200);
  });

  it('an organisation is disconnected', async () => {
    await fail({ kind: 'disconnected', path: '/Organisation' });
    expect((await get('/Organisation')).status).toBe(403);
    expect((await get()).json('Detail')).toBe('AuthenticationUnsuccessful');
    await connect(xero().url);
    expect((await get()).status).toBe(200);
    expect(await xero().control.disconnect(xero().tenant)).toBe(1);
    expect((await get()).status).toBe(403);
    const again = await connect(xero().url);
    expect(await again.control.expireTokens()).toBeGreaterThan(0);
    expect((await again.call('GET', '/Contacts')).status).toBe(401);
  });
});
