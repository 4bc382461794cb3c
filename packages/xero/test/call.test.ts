// Each way a call can end, over real HTTP.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SendCall } from '../src/api.ts';
import { createXeroApi } from '../src/client.ts';
import { freeze, hashOf } from '../src/freeze.ts';
import { createFarEnd, type FarEnd, type Reply } from './far-end.ts';

let farEnd: FarEnd;
beforeAll(async () => {
  farEnd = await createFarEnd();
});
afterAll(() => farEnd.close());
beforeEach(() => {
  farEnd.requests.length = 0;
  farEnd.replies.length = 0;
});

const { body, hash } = freeze('Items', [{ Code: 'A', Name: 'a' }]);
const call: SendCall = { resource: 'Items', action: 'create', body, hash, key: 'key-1' };
const items = {
  Items: [
    { ItemID: '33333333-3333-4333-8333-333333333333', Code: 'A', Name: 'a', StatusAttributeString: 'OK' },
  ],
};

function send(reply: Reply, changed: Partial<SendCall> = {}) {
  farEnd.replies.push(reply);
  return createXeroApi(farEnd.options).send({ ...call, ...changed });
}

describe('a call', () => {
  test('puts exactly the frozen text on the wire, with key, tenant, token and a verdict per record', async () => {
    await send({ status: 200, body: items });
    expect(farEnd.requests).toHaveLength(1);
    const [request] = farEnd.requests;
    expect(request).toMatchObject({
      method: 'PUT',
      body,
      headers: { 'idempotency-key': 'key-1', 'xero-tenant-id': 'a-tenant', authorization: 'Bearer a-token' },
    });
    expect(request?.url.pathname).toBe('/api.xro/2.0/Items');
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual({
      summarizeErrors: 'false',
      unitdp: '4',
    });
  });

  test.each([
    ['Contacts', { summarizeErrors: 'false' }],
    ['Invoices', { summarizeErrors: 'false', unitdp: '4' }],
    ['CreditNotes', { summarizeErrors: 'false', unitdp: '4' }],
  ] as const)('updates %s by POST with the same care', async (resource, query) => {
    const text = JSON.stringify({ [resource]: [] });
    await send(
      { status: 200, body: { [resource]: [] } },
      { resource, action: 'update', body: text, hash: hashOf(text) },
    );
    const [request] = farEnd.requests;
    expect(request).toMatchObject({ method: 'POST', body: text, headers: { 'idempotency-key': 'key-1' } });
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual(query);
  });

  test('tells what the headers say is left', async () => {
    const headers = { 'X-MinLimit-Remaining': '59', 'X-DayLimit-Remaining': '4999' };
    const result = await send({ status: 200, headers, body: items });
    expect(result).toMatchObject({
      kind: 'answered',
      status: 200,
      calls: 1,
      allowance: { leftThisMinute: 59, leftToday: 4999 },
    });
  });

  test('sends nothing when the text is not the one that was frozen', async () => {
    expect(await send({ status: 200 }, { hash: hashOf('another text') })).toEqual({
      kind: 'changed-text',
    });
    expect(farEnd.requests).toHaveLength(0);
  });

  test('sends nothing without a token', async () => {
    const failure = { kind: 'unreachable', message: 'no token' } as const;
    const api = createXeroApi({ ...farEnd.options, accessToken: async () => ({ kind: 'failed', failure }) });
    expect(await api.send(call)).toMatchObject({ kind: 'failed', failure, calls: 0 });
    expect(farEnd.requests).toHaveLength(0);
  });
});

const validation = {
  ErrorNumber: 10,
  Type: 'ValidationException',
  Message: 'A validation exception occurred',
  Elements: [{ Code: 'A', ValidationErrors: [{ Message: 'Email address must be valid.' }] }],
};

describe('a failure', () => {
  test.each<[string, Reply, object]>([
    [
      'the minute limit',
      { status: 429, headers: { 'X-Rate-Limit-Problem': 'minute', 'Retry-After': '7' }, body: '' },
      { kind: 'rate-limited', limit: 'minute', retryAfterMs: 7000 },
    ],
    [
      'the day limit',
      { status: 429, headers: { 'X-Rate-Limit-Problem': 'Day', 'Retry-After': '73451' }, body: '' },
      { kind: 'rate-limited', limit: 'day', retryAfterMs: 73_451_000 },
    ],
    [
      'a wait that Xero cannot mean',
      { status: 429, headers: { 'X-Rate-Limit-Problem': 'day', 'Retry-After': '94608000' }, body: '' },
      { kind: 'rate-limited', limit: 'day', retryAfterMs: 86_400_000 },
    ],
    [
      'too many at once',
      { status: 429, headers: { 'X-Rate-Limit-Problem': 'concurrent' }, body: '' },
      { kind: 'rate-limited', limit: 'concurrent', retryAfterMs: null },
    ],
    [
      'too many of the app',
      { status: 429, headers: { 'X-Rate-Limit-Problem': 'appminute', 'Retry-After': '3' }, body: '' },
      { kind: 'rate-limited', limit: 'app' },
    ],
    [
      'an expired token',
      { status: 401, body: { Title: 'Unauthorized', Status: 401, Detail: 'TokenExpired: token expired' } },
      { kind: 'unauthorised', status: 401, message: 'TokenExpired: token expired' },
    ],
    [
      'a lost tenant',
      { status: 403, body: { Title: 'Forbidden', Detail: 'AuthenticationUnsuccessful' } },
      { kind: 'unauthorised', status: 403, message: 'AuthenticationUnsuccessful' },
    ],
    [
      'a refused request with elements',
      { status: 400, body: validation },
      { kind: 'invalid', status: 400, message: 'Email address must be valid.' },
    ],
    [
      'a malformed request',
      {
        status: 400,
        body: { ErrorNumber: 14, Type: 'PostDataInvalidException', Message: 'Error converting value "X"' },
      },
      { kind: 'invalid', status: 400, message: 'Error converting value "X"' },
    ],
    [
      'a key used with another text',
      { status: 400, body: 'Idempotency Key: key-1 is used with a different request.' },
      { kind: 'unknown-outcome', status: 400 },
    ],
    [
      'an unknown address',
      { status: 404, body: "The resource you're looking for cannot be found" },
      { kind: 'invalid', status: 404 },
    ],
    ['a bad condition', { status: 412, body: {} }, { kind: 'invalid', status: 412 }],
    [
      'a fault of Xero',
      { status: 500, body: { ErrorNumber: 500, Message: 'An error occurred in Xero.' } },
      { kind: 'unknown-outcome', status: 500 },
    ],
    [
      'maintenance',
      { status: 503, body: 'The Xero API is currently offline for maintenance' },
      { kind: 'unknown-outcome', status: 503 },
    ],
    [
      'HTML with status 200',
      { status: 200, body: '<html>hello</html>' },
      { kind: 'unknown-outcome', status: 200 },
    ],
    [
      'JSON without the list',
      { status: 200, body: { Status: 'OK' } },
      { kind: 'unknown-outcome', status: 200 },
    ],
    [
      'cut-off JSON',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"Items":[{"Item' },
      { kind: 'unknown-outcome', status: 200 },
    ],
    ['a dropped connection', { status: 0, drop: true }, { kind: 'unknown-outcome', status: null }],
  ])('is told once by status and headers: %s', async (_name, reply, failure) => {
    expect(await send(reply)).toMatchObject({ kind: 'failed', failure, calls: 1 });
  });

  test('of a silent server is unknown once the time is up', async () => {
    farEnd.replies.push({ status: 0, silent: true });
    const api = createXeroApi({ ...farEnd.options, timeoutMs: 100 });
    expect(await api.send(call)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unknown-outcome', status: null },
    });
  });

  test('of an answer that trickles is unknown once the time is up, however far it has come', async () => {
    farEnd.replies.push({ status: 200, body: items, trickle: true });
    const api = createXeroApi({ ...farEnd.options, timeoutMs: 500 });
    expect(await api.send(call)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unknown-outcome', status: null, message: expect.stringContaining('500') },
      calls: 1,
    });
    expect(farEnd.requests).toHaveLength(1);
  });

  test.each([
    ['http://localhost:9/api.xro/2.0'],
    ['http://127.0.0.1:9/api.xro/2.0'],
    ['http://no-such-host.invalid/api.xro/2.0'],
  ])('of %s is known never to have been sent', async (apiUrl) => {
    const api = createXeroApi({ ...farEnd.options, apiUrl });
    expect(await api.send(call)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unreachable' },
      calls: 0,
    });
  });
});

describe('a look', () => {
  test('reads on while pages come full, asks for archived ones, and counts its calls', async () => {
    const page = (first: number, count: number) => ({
      Contacts: Array.from({ length: count }, (_, index) => ({
        ContactID: `${first + index}`,
        ContactNumber: `N"${first + index}`,
        ContactStatus: 'ACTIVE',
      })),
    });
    farEnd.replies.push({ status: 200, body: page(0, 1000) }, { status: 200, body: page(1000, 10) });
    const result = await createXeroApi(farEnd.options).find({
      resource: 'Contacts',
      by: 'number',
      values: ['N"3', 'N"1003', 'N"5000'],
    });
    expect(result).toMatchObject({
      kind: 'answered',
      calls: 2,
      elements: [{ xeroId: '3' }, { xeroId: '1003' }],
    });
    expect(farEnd.requests.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([
      { page: '1', pageSize: '1000', includeArchived: 'true' },
      { page: '2', pageSize: '1000', includeArchived: 'true' },
    ]);
  });

  test('names invoices by number', async () => {
    farEnd.replies.push({ status: 200, body: { Invoices: [] } });
    await createXeroApi(farEnd.options).find({ resource: 'Invoices', by: 'number', values: ['1', '2'] });
    expect(Object.fromEntries(farEnd.requests[0]?.url.searchParams ?? [])).toEqual({
      InvoiceNumbers: '1,2',
      page: '1',
      pageSize: '1000',
      unitdp: '4',
      includeArchived: 'true',
    });
  });
});
