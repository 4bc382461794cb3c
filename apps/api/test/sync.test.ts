// The whole path as a client sees it: connect, watch, sync, be refused, retry; against the sandbox, with a worker's engine.
import { createSandbox, type Sandbox } from '@stockbook/sandbox';
import { createSandboxClient } from '@stockbook/sandbox/client';
import {
  connectionApi,
  createEngine,
  type Engine,
  type EngineOptions,
  pauseConnection,
} from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createOauth } from '@stockbook/xero';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from './api.ts';
import { hear } from './hearing.ts';

let api: TestApi;
let sandbox: Sandbox;
let engine: Engine;
let engineOptions: EngineOptions;
const refused = '__typename ... on Error { message }';
const withId = z.object({ recordId: z.string() });

beforeAll(async () => {
  sandbox = await createSandbox({ limits: 'off' });
  api = await startTestApi({ xero: { kind: 'sandbox', url: sandbox.url } });
  engineOptions = {
    db: api.db,
    entities,
    owner: 'a worker',
    lookMs: 50,
    xero: ready,
    pause: (organisation, problem, seen) => pauseConnection(api.db, organisation, problem, seen),
    log: { info: () => undefined, error: (fields, text) => console.error(text, fields) },
  };
  engine = createEngine(engineOptions);
});
afterAll(async () => {
  await engine.stop();
  await api.stop();
  await sandbox.close();
});

function ready() {
  const oauth = createOauth({
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
    sandboxUrl: sandbox.url,
  });
  return connectionApi(api.db, api.organisation, oauth, api.env.tokenSecret);
}

async function create(kind: string, input: object): Promise<string> {
  const made = await api.result(
    `mutation ($input: Create${kind}Input!) { result: create${kind}(input: $input) { ${refused} ... on ${kind} { recordId } } }`,
    { input },
  );
  return withId.parse(made).recordId;
}

const syncNow = () =>
  api.result(
    `mutation { result: syncNow { ${refused} ... on SyncNowPayload { pending run { id state kind startedBy } } ... on ConflictError { runId } } }`,
  );

const invoice = (number: string, contactId: string) => ({
  number,
  contactId,
  date: '2026-01-31',
  dueDate: '2026-03-02',
  lines: [
    { description: 'Mugs', quantity: '2', unitPrice: '5', treatment: 'domestic-standard', taxRate: '20' },
  ],
});

test('without a connection, Sync now says so', async () => {
  expect(await syncNow()).toMatchObject({
    __typename: 'ConflictError',
    message: expect.stringMatching(/connect/i),
  });
  expect(
    await api.result('{ result: connection { state sandbox sandboxUrl tenants { id } unsettled } }'),
  ).toEqual({
    state: 'NONE',
    sandbox: true,
    sandboxUrl: sandbox.url,
    tenants: [],
    unsettled: 0,
  });
});

test('a terminal connects: consent, code, choice, finish', async () => {
  const news = hear(api.socket(), 'subscription { result: live { ids topics } }');
  const begun = z.object({ url: z.string(), state: z.string() });
  const { url, state } = begun.parse(
    await api.result(
      `mutation { result: beginConnection(input: {}) { ${refused} ... on BeginConnectionPayload { url state } } }`,
    ),
  );
  const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code');
  const change = (name: string, input: object) =>
    api.result(
      `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { result: ${name}(input: $input) { ${refused}
        ... on Connection { state tenantName country currency unsettled connectedBy tenants { id name } natures { nature account { code } candidates { code } } treatments { treatment rate taxType { type } } } } }`,
      { input },
    );
  expect(await change('exchangeCode', { code, state: 'another' })).toMatchObject({
    __typename: 'InvalidInputError',
  });
  const choosing = await change('exchangeCode', { code, state });
  expect(choosing).toMatchObject({ state: 'CHOOSING', tenants: [{ name: 'Stockbook Trial (GB)' }] });
  const tenants = z.object({ tenants: z.array(z.object({ id: z.string() })) }).parse(choosing);
  expect(await change('chooseTenant', { tenantId: tenants.tenants[0]?.id })).toMatchObject({
    country: 'GB',
    currency: 'GBP',
  });
  const finished = await change('finishConnection', { accounts: [{ nature: 'fees', code: '200' }] });
  expect(finished).toMatchObject({
    state: 'CONNECTED',
    unsettled: 0,
    connectedBy: 'API key “Command line”',
    tenants: [],
  });
  expect(finished).toMatchObject({
    natures: expect.arrayContaining([expect.objectContaining({ nature: 'fees', account: { code: '200' } })]),
    treatments: expect.arrayContaining([
      { treatment: 'domestic-standard', rate: '20', taxType: { type: 'OUTPUT2' } },
    ]),
  });
  expect(await change('chooseAccount', { nature: 'fees', code: '999' })).toMatchObject({
    __typename: 'InvalidInputError',
  });
  await news.until({ topics: expect.arrayContaining(['connection']) });
  news.stop();
});

test('records go to Xero while a client watches them go', async () => {
  expect(await syncNow()).toMatchObject({ __typename: 'SyncNowPayload', run: null, pending: 0 });
  const socket = api.socket();
  const counts = hear(socket, 'subscription { result: queueChanged { pending held claimed rejected } }');
  const news = hear(socket, 'subscription { result: live { ids topics } }');
  await counts.until({ pending: 0 });
  const contact = await create('Contact', { number: 'C-1', name: 'Acme' });
  await news.until({ ids: expect.arrayContaining([contact]) });
  await create('Invoice', invoice('INV-1', contact));
  await counts.until({ pending: 2, claimed: 0 });

  const opened = z.object({ run: z.object({ id: z.string() }), pending: z.number() }).parse(await syncNow());
  expect(opened.pending).toBe(2);
  const { id } = opened.run;
  // Made by a process whose clock is ten minutes behind that of whoever made the run.
  const early = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) - 10 * 60_000;
  const earlyId =
    early
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})/, '$1-') + id.slice(13);
  const { organisation: organisationId } = api;
  await api.db.prisma.event.create({
    data: {
      organisationId,
      id: earlyId,
      ...{ at: new Date(), kind: 'run', actor: 'A worker', runId: id, text: 'Begun', records: [] },
    },
  });
  expect(await syncNow()).toMatchObject({
    __typename: 'ConflictError',
    runId: id,
    message: expect.stringMatching(/under way/),
  });
  const progress = hear(
    socket,
    'subscription ($id: ID) { result: runProgress(id: $id) { id state done total totals { entity label total sent } calls } }',
    { id },
  );
  await progress.until({ state: 'WAITING' });
  await engine.look();
  await progress.ended();
  expect(progress.heard.at(-1)).toMatchObject({
    id,
    state: 'DONE',
    done: 2,
    total: 2,
    totals: [
      { entity: 'contacts', sent: 1 },
      { entity: 'invoices', label: 'Invoices', sent: 1 },
    ],
  });
  await counts.until({ pending: 0, rejected: 0 });

  expect(
    await api.result(
      `{ result: record(id: "${contact}") { syncState xeroUrl accountingCode lastExportAt attempts { kind outcome status size } timeline { kind } changes { state } } }`,
    ),
  ).toMatchObject({
    syncState: 'COMPLETED',
    xeroUrl: expect.stringContaining(`${sandbox.url}/record/`),
    accountingCode: 'C-1',
    lastExportAt: expect.any(String),
    attempts: [{ kind: 'send', status: 200, size: 1 }],
    timeline: [{ kind: 'export' }, { kind: 'edit' }],
    changes: [{ state: 'COMPLETED' }],
  });
  expect(
    await api.result(
      '{ result: status { pending sent sentToday rejected activeRun { id } lastRun { id } calls { used minimum perDocument } lastFullSyncAt connection { tenantName } } }',
    ),
  ).toMatchObject({
    pending: 0,
    sent: 2,
    sentToday: 2,
    activeRun: null,
    lastRun: { id },
    calls: { used: 2, minimum: 2, perDocument: '1.0000' },
  });
  expect(
    await api.result(
      '{ result: runs(first: 1) { edges { node { id log { kind text runId } } } pageInfo { hasNextPage } } }',
    ),
  ).toMatchObject({
    edges: [
      {
        node: {
          id,
          log: expect.arrayContaining([
            expect.objectContaining({ kind: 'export', runId: id }),
            expect.objectContaining({ text: 'Begun' }),
          ]),
        },
      },
    ],
    pageInfo: { hasNextPage: false },
  });
});

test('what Xero refuses is told, grouped with what to do, and goes again on Retry', async () => {
  const raised = hear(
    api.socket(),
    'subscription { result: errorRaised { state reason record { number problem fix } } }',
  );
  const followed = hear(api.socket(), 'subscription { result: runProgress { state } }');
  const news = hear(api.socket(), 'subscription { result: live { ids } }');
  const id = await create('Contact', { number: 'C-2', name: 'Acme' });
  await create('Invoice', invoice('INV-2', id));
  await syncNow();
  await followed.until({ state: 'WAITING' });
  await engine.look();
  await followed.until({ state: 'DONE' });
  await raised.until({
    state: 'FAILED',
    record: expect.objectContaining({
      number: 'C-2',
      fix: expect.stringMatching(/Rename, merge or archive/),
    }),
  });
  expect(raised.heard).toHaveLength(1);

  expect(
    await api.result(
      '{ result: queue(filter: { state: FAILED }) { edges { node { entity state record { id } } } } }',
    ),
  ).toEqual({
    edges: [{ node: { entity: 'contacts', state: 'FAILED', record: { id } } }],
  });
  const groups = z.array(z.object({ id: z.string(), count: z.number() }));
  const [group] = groups.parse(
    await api.result(
      '{ result: errorGroups { id cause fix message entity count firstAt lastAt sample { id } } }',
    ),
  );
  expect(group?.count).toBe(1);
  const retry = (input: object) =>
    api.result(
      `mutation ($input: RetryInput!) { result: retry(input: $input) { ${refused} ... on RetryPayload { count } } }`,
      { input },
    );
  expect(await retry({})).toMatchObject({ __typename: 'InvalidInputError' });
  expect(await retry({ all: true, group: group?.id })).toMatchObject({ __typename: 'InvalidInputError' });
  expect(await retry({ group: 'another' })).toMatchObject({ __typename: 'NotFoundError' });
  await news.until({ ids: expect.arrayContaining([id]) });
  news.heard.length = 0;
  expect(await retry({ group: group?.id })).toMatchObject({ count: 1 });
  await news.until({ ids: expect.arrayContaining([id]) });
  expect(await retry({ all: true })).toMatchObject({ count: 0 });
  expect(await api.result('{ result: queue { edges { node { state record { number } } } } }')).toEqual({
    edges: [
      { node: { state: 'PENDING', record: { number: 'C-2' } } },
      { node: { state: 'HELD', record: { number: 'INV-2' } } },
    ],
  });
});

test('an open page of a record hears within two seconds that it is on its way, that its outcome is unknown, and that a flag was set', async () => {
  const client = createSandboxClient(sandbox.url);
  const socket = api.socket();
  const news = hear(socket, 'subscription { result: live { ids } }');
  // It begins on the same wire after the news did: once it speaks, nothing is missed.
  await hear(socket, 'subscription { result: queueChanged { pending } }').until({});
  const id = await create('Contact', { number: 'C-3', name: 'Answer lost' });
  const hears = async (timeout: number) => {
    await vi.waitFor(() => expect(news.heard).toContainEqual({ ids: expect.arrayContaining([id]) }), {
      timeout,
      interval: 5,
    });
    news.heard.length = 0;
  };
  await hears(20_000);
  const fault = await client.fail({ kind: 'reset', method: 'PUT', times: 1_000 });
  await syncNow();
  const soon = { timeout: 20_000, interval: 5 };
  const shown = async () => (await api.db.prisma.record.findFirst({ where: { id } }))?.syncState;
  const becomes = (state: string) => vi.waitUntil(async () => (await shown()) === state, soon);
  let mayGo = false;
  const xero = () => vi.waitUntil(() => mayGo, soon).then(ready);
  const cutOff = createEngine({ ...engineOptions, owner: 'a worker whose answers are lost', xero });
  const looking = cutOff.look();
  await becomes('sending');
  await hears(2_000);
  mayGo = true;
  await becomes('checking');
  await hears(2_000);
  expect(await api.result(`{ result: record(id: "${id}") { syncState changes { state } } }`)).toMatchObject({
    syncState: 'CHECKING',
    changes: [{ state: 'CHECKING' }],
  });
  await client.mend(fault.id);
  await cutOff.stop();
  await looking;
  await engine.look();
  await hears(20_000);
  await api.result(`mutation { result: setDoNotSync(input: { id: "${id}", import: true }) { ${refused} } }`);
  await hears(2_000);
});

test('the history tells it all, newest first, page by page', async () => {
  const page = z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), kind: z.string(), text: z.string() }) })),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  });
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const read: z.infer<typeof page> = page.parse(
      await api.result(
        'query ($after: String) { result: history(first: 3, after: $after) { edges { node { id kind text at actor entity count records(first: 1) { id } } } pageInfo { hasNextPage endCursor } } }',
        { after },
      ),
    );
    ids.push(...read.edges.map(({ node }) => node.id));
    after = read.pageInfo.hasNextPage ? read.pageInfo.endCursor : null;
  } while (after);
  expect(ids).toEqual([...new Set(ids)].sort().reverse());
  expect(ids).toHaveLength(await api.db.prisma.event.count());
  const kinds = page.parse(
    await api.result(
      '{ result: history(filter: { kind: "retry" }) { edges { node { id kind text } } pageInfo { hasNextPage endCursor } } }',
    ),
  );
  expect(kinds.edges).toHaveLength(1);
  expect(
    await api.result(
      '{ result: history(filter: { q: "inv-1", entity: invoices }) { edges { node { kind } } } }',
    ),
  ).toEqual({ edges: [{ node: { kind: 'edit' } }] });
});

test('a browser connects: it is sent back to Connect, and only with the state it began', async () => {
  const token = new URL(api.link ?? '').searchParams.get('token');
  const signedIn = await fetch(`${api.origin}/auth/magic-link/verify?token=${token}&callbackURL=/`, {
    redirect: 'manual',
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const callback = async (query: string, headers: Record<string, string> = { cookie }) =>
    (await fetch(`${api.origin}/xero/callback?${query}`, { headers, redirect: 'manual' })).headers.get(
      'location',
    );
  const begin = async (headers: Record<string, string>) => {
    const { data } = await api.ask(
      'mutation { beginConnection(input: {}) { ... on BeginConnectionPayload { url } } }',
      {},
      headers,
    );
    const { url } = z.object({ url: z.string() }).parse(data?.beginConnection);
    const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
    return new URL(back.headers.get('location') ?? '').search.slice(1);
  };
  expect(await callback('code=x&state=y', {})).toBe('/sign-in?next=/connect');
  expect(await callback('code=x&state=y')).toMatch(/^\/connect\?error=/);
  expect(await callback('error=access_denied')).toBe('/connect?error=Consent%20was%20not%20given.');
  expect(await callback(await begin({}))).toMatch(/somebody%20else/);
  const own = await begin({ cookie });
  expect(await callback(own)).toBe('/connect?step=choose');
  expect(await callback(own)).toMatch(/used%20already/);
});
