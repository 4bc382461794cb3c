// Watching: loads as they go, hints that are lost, streams over SSE, and the end of a watcher.
import { createId } from '@stockbook/db';
import { workLoad } from '@stockbook/sync';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createHearer } from '../src/hearer.ts';
import { watching } from '../src/watching.ts';
import { startTestApi, type TestApi } from './api.ts';
import { hear } from './hearing.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const csv = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,LANTERN,2,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
536366,71053,LANTERN,2,2010-12-01 08:28:00,abc,17850.0,United Kingdom
`;
const withId = z.object({ id: z.string() });
const refused = '__typename ... on Error { message }';

const createLoad = (files: string[], template = 'online-retail') =>
  api.result(
    `mutation ($input: CreateLoadInput!) { result: createLoad(input: $input) { ${refused} ... on Load { id state files { name state } } } }`,
    {
      input: { template, files },
    },
  );
const closeLoad = (id: string) =>
  api.result(
    `mutation ($id: ID!) { result: closeLoad(input: { id: $id }) { ${refused} ... on Load { state rows } } }`,
    { id },
  );

test('a load is followed from its first file to its report', async () => {
  expect(await api.result('{ result: templates { name columns } }')).toMatchObject([
    { name: 'online-retail', columns: expect.arrayContaining(['InvoiceNo']) },
  ]);
  expect(await createLoad(['a.csv'], 'another')).toMatchObject({ __typename: 'InvalidInputError' });
  expect(await createLoad([])).toMatchObject({ __typename: 'InvalidInputError' });
  const made = await createLoad(['a.csv']);
  expect(made).toMatchObject({ state: 'RECEIVING', files: [{ name: 'a.csv', state: 'receiving' }] });
  const { id } = withId.parse(made);
  expect(await closeLoad(id)).toMatchObject({
    __typename: 'ConflictError',
    message: expect.stringContaining('a.csv'),
  });
  const progress = hear(
    api.socket(),
    'subscription ($id: ID!) { result: loadProgress(id: $id) { state position documents imported rejected rowsRejected } }',
    { id },
  );
  await progress.until({ state: 'RECEIVING' });

  const put = (headers: Record<string, string>) =>
    fetch(`${api.origin}/loads/${id}/files/1`, { method: 'PUT', headers, body: csv });
  const authorization = `Bearer ${api.key}`;
  expect((await put({})).status).toBe(401);
  expect((await put({ authorization, origin: 'https://evil.example' })).status).toBe(403);
  expect(await (await put({ authorization })).json()).toEqual({ state: 'staged', rows: 3 });
  expect(await closeLoad(id)).toMatchObject({ state: 'WAITING', rows: 3 });
  expect(await workLoad(api.db, 'a worker')).toMatchObject({ kind: 'done', loadId: id });
  await progress.until({ state: 'DONE', imported: 1, rejected: 1, rowsRejected: 1 });
  await progress.ended();
  expect(
    await api.result(
      `{ result: load(id: "${id}") { rejections(first: 1) { edges { node { file line document reason } cursor } pageInfo { hasNextPage } } } }`,
    ),
  ).toMatchObject({
    rejections: {
      edges: [
        {
          cursor: '1:4',
          node: { file: 'a.csv', line: 4, document: '536366', reason: expect.stringContaining('abc') },
        },
      ],
      pageInfo: { hasNextPage: false },
    },
  });
  expect(await api.result('{ result: loads { edges { node { id state } } } }')).toEqual({
    edges: [{ node: { id, state: 'DONE' } }],
  });
  expect(await closeLoad(createId())).toMatchObject({ __typename: 'NotFoundError' });
});

test('a load or run that is not there ends its subscription with an error in words', async () => {
  const none = hear(api.socket(), 'subscription ($id: ID!) { result: loadProgress(id: $id) { state } }', {
    id: createId(),
  });
  await none.ended();
  expect(JSON.stringify(none.errors)).toContain('There is no such load');
});

test('when the hints were cut off, watchers are told to read again, and hear what comes after', async () => {
  const news = hear(api.socket(), 'subscription { result: live { ids topics } }');
  const create = (number: string) =>
    api.result(
      `mutation { result: createContact(input: { number: "${number}", name: "${number}" }) { ... on Contact { recordId } } }`,
    );
  await vi.waitFor(async () => {
    await create(createId());
    expect(news.heard.length).toBeGreaterThan(0);
  });
  const client = new pg.Client({ connectionString: api.adminUrl });
  await client.connect();
  await client
    .query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stockbook-hints' AND datname = current_database()`,
    )
    .catch(() => undefined);
  const asApplication = new pg.Client({ connectionString: api.env.databaseUrl });
  await asApplication.connect();
  await asApplication.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stockbook-hints' AND datname = current_database()`,
  );
  await Promise.all([client.end(), asApplication.end()]);
  await news.until({ ids: [], topics: ['gap'] });
  const { recordId } = z.object({ recordId: z.string() }).parse(await create('AFTER'));
  await news.until({ ids: expect.arrayContaining([recordId]) });
});

test('a subscription works over SSE, and ends when its key is revoked', async () => {
  const { organisation: organisationId } = api;
  const asked = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${api.key}`,
    },
    body: JSON.stringify({ query: 'subscription { queueChanged { pending } }' }),
  };
  const response = await fetch(`${api.origin}/graphql`, asked);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.getReader();
  if (!reader) throw new Error('The answer has no body.');
  let text = '';
  const read = async () => {
    const { done, value } = await reader.read();
    text += Buffer.from(value ?? new Uint8Array()).toString();
    return done;
  };
  while (!text.includes('"queueChanged"')) await read();
  expect(text).toContain('"pending"');
  const leaving = await fetch(`${api.origin}/graphql`, { ...asked, signal: AbortSignal.timeout(200) });
  await expect(leaving.text()).rejects.toThrow();
  await api.db.prisma.apiKey.updateMany({ where: { organisationId }, data: { revokedAt: new Date() } });
  while (!(await read()));
  await api.db.prisma.apiKey.updateMany({ where: { organisationId }, data: { revokedAt: null } });
});

test('a socket that names an organisation of others is refused', async () => {
  const other = hear(
    api.socket(undefined, { organisation: createId() }),
    'subscription { result: live { ids } }',
  );
  await other.ended();
  expect(other.heard).toEqual([]);
  expect(other.errors).toMatchObject([{ code: 4403 }]);
});

test('a watcher that does not look keeps a bounded number of hints: more become a gap', async () => {
  let ended = 0;
  const hearer = createHearer({ organisation: 'o', topics: ['record'], intervalMs: 0, ended: () => ended++ });
  for (let number = 0; number < 5_000; number++)
    hearer.tell({ organisation: 'o', topic: 'record', number: '1', id: String(number) });
  expect(await hearer.heard.next()).toEqual({ done: false, value: { gap: true, hints: [] } });
  hearer.tell({ organisation: 'another', topic: 'record', number: '1' });
  hearer.tell({ organisation: 'o', topic: 'run', number: '1' });
  for (let again = 0; again < 3; again++)
    hearer.tell({ organisation: 'o', topic: 'record', number: String(again), id: 'same' });
  expect(await hearer.heard.next()).toMatchObject({
    value: { gap: false, hints: [{ id: 'same', number: '2' }] },
  });
  const waiting = hearer.heard.next();
  await hearer.heard.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(ended).toBe(1);
});

test('a watcher that leaves is forgotten at once, whether it had begun or waits', async () => {
  for (const looks of [0, 1]) {
    let ended = 0;
    const hearer = createHearer({ organisation: 'o', topics: ['run'], intervalMs: 0, ended: () => ended++ });
    const watch = watching(hearer.heard, async function* (heard) {
      for await (const { hints } of heard) yield hints.length;
    });
    const waiting = looks > 0 ? watch.next() : undefined;
    await watch.return();
    expect(ended).toBe(1);
    if (waiting) expect(await waiting).toEqual({ done: true, value: undefined });
  }
});
