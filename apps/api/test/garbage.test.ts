// What must not break the API: garbage, floods of depth, and standards of GraphQL over HTTP.
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csrfHeader } from '../src/graphql-server.ts';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test("GraphQL over HTTP: no MUST of graphql-http's audits fails", async () => {
  const fetchFn = (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${api.key}`);
    headers.set(csrfHeader, '1');
    return fetch(url, { ...init, headers });
  };
  const failed: string[] = [];
  for (const audit of serverAudits({ url: `${api.origin}/graphql`, fetchFn })) {
    const outcome = await audit.fn();
    if (outcome.status !== 'ok') failed.push(`${audit.name}: ${'reason' in outcome ? outcome.reason : ''}`);
    if ('response' in outcome && outcome.response instanceof Response && !outcome.response.bodyUsed)
      await outcome.response.body?.cancel();
  }
  expect(failed.filter((name) => name.startsWith('MUST'))).toEqual([]);
  expect(failed).toEqual([]);
});

const introspection =
  '{ __schema { types { name fields { name type { name ofType { name ofType { name ofType { name } } } } } } } }';

test('introspection by a tool works', async () => {
  expect((await api.ask(introspection)).errors).toBeUndefined();
});

const deep = (levels: number): string =>
  levels === 0 ? 'id' : `timeline { records { ${deep(levels - 1)} } }`;

test.each([
  ['text that is no GraphQL', '{{{{'],
  ['an unknown field', '{ nothing }'],
  ['a document without end', `{ record(id: "x") { ${deep(20)} } }`],
  ['a thousand aliases', `{ ${Array.from({ length: 1000 }, (_, i) => `a${i}: viewer { id }`).join(' ')} }`],
  ['a page of minus one', '{ runs(first: -1) { edges { cursor } } }'],
  ['a page of a million', '{ history(first: 1000000) { edges { cursor } } }'],
  ['a cursor of garbage', '{ runs(after: "garbage") { edges { cursor } } }'],
  ['a cursor of garbage in the history', '{ history(after: "0") { edges { cursor } } }'],
  ['a cursor of garbage in the queue', '{ queue(after: "; drop table change") { edges { cursor } } }'],
  [
    'a cursor of garbage in records',
    '{ records(entity: contacts, after: "WyJudW1iZXIiLGZhbHNlLHt9LCJ4Il0") { edges { cursor } } }',
  ],
  ['an entity that is none', '{ records(entity: dragons) { edges { cursor } } }'],
  [
    'a day that is not in the calendar',
    '{ records(entity: invoices, filter: { dateFrom: "2026-02-30" }) { edges { cursor } } }',
  ],
  ['an instant that is none', '{ history(filter: { from: "yesterday" }) { edges { cursor } } }'],
  ['a node that is none', '{ node(id: "garbage") { id } }'],
  ['a zero byte', '{ records(entity: contacts, filter: { q: "\\u0000" }) { edges { cursor } } }'],
])('%s is answered with an error in words, not with a fault of ours', async (_what, query) => {
  const { errors, status } = await api.ask(query);
  expect(errors?.length).toBeGreaterThan(0);
  expect(status).toBeLessThan(500);
  expect(errors?.map(({ extensions }) => extensions?.code)).not.toContain('INTERNAL_SERVER_ERROR');
});

test('a zero byte in a variable is refused too', async () => {
  const { errors } = await api.ask(
    'query ($q: String!) { contacts(filter: { q: $q }) { edges { cursor } } }',
    { q: 'a\0b' },
  );
  expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
});

test.each([
  ['no body', '', 400],
  ['no JSON', 'garbage', 400],
  ['a list', '[]', 400],
  [
    'a body over 1 MB',
    JSON.stringify({ query: '{ viewer { id } }', variables: { x: 'x'.repeat(1_100_000) } }),
    413,
  ],
])('%s is refused', async (_what, body, status) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${api.key}` };
  expect((await fetch(`${api.origin}/graphql`, { method: 'POST', headers, body })).status).toBe(status);
});

test('an error of ours is masked, and logged once under the id its client was told', async () => {
  const { prisma } = api.db;
  const id = '0190a000-0000-7000-8000-000000000001';
  await prisma.run.create({
    data: {
      organisationId: api.organisation,
      id,
      kind: 'manual',
      state: 'bewitched',
      startedBy: 'x',
      createdAt: new Date(),
    },
  });
  const { errors, headers } = await api.ask('query ($id: ID!) { run(id: $id) { state } }', { id });
  await prisma.run.delete({ where: { organisationId_id: { organisationId: api.organisation, id } } });
  const requestId = headers.get('x-request-id') ?? 'missing';
  expect(errors?.[0]?.message).toBe(`Something went wrong here. It is noted in the log under ${requestId}.`);
  expect(api.log.filter((line) => line.includes(requestId))).toHaveLength(1);
});

test('the pages have their headers, and unknown addresses an answer', async () => {
  const page = await fetch(`${api.origin}/healthz`);
  expect(await page.text()).toBe('ok\n');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('x-frame-options')).toBe('DENY');
  expect((await fetch(`${api.origin}/readyz`)).status).toBe(200);
  expect((await fetch(`${api.origin}/assets/nothing.js`)).status).toBe(404);
  expect((await fetch(`${api.origin}/..%2f..%2fpackage.json`)).status).toBe(404);
  expect((await fetch(`${api.origin}/nothing`, { method: 'DELETE' })).status).toBe(404);
});
