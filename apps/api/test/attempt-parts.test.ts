// What falls into parts keeps its calls: a record's page shows each that it took part in, and the history says why there were more.
import { createSandbox, type Sandbox } from '@stockbook/sandbox';
import { connectionApi, createEngine, pauseConnection } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { type CallResult, createOauth, freeze, type XeroApi } from '@stockbook/xero';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ limits: 'off' });
  api = await startTestApi({ xero: { kind: 'sandbox', url: sandbox.url } });
  await connect();
});
afterAll(async () => {
  await api.stop();
  await sandbox.close();
});

async function connect(): Promise<void> {
  const begun = await api.result(
    'mutation { result: beginConnection(input: {}) { ... on BeginConnectionPayload { url state } } }',
  );
  const { url, state } = z.object({ url: z.string(), state: z.string() }).parse(begun);
  const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code');
  const change = (name: string, type: string, input: object) =>
    api.result(
      `mutation ($input: ${type}!) { result: ${name}(input: $input) { ... on Connection { state tenants { id } } } }`,
      { input },
    );
  const choosing = await change('exchangeCode', 'ExchangeCodeInput', { code, state });
  const { tenants } = z.object({ tenants: z.array(z.object({ id: z.string() })) }).parse(choosing);
  await change('chooseTenant', 'ChooseTenantInput', { tenantId: tenants[0]?.id });
  const finished = await change('finishConnection', 'FinishConnectionInput', { accounts: [] });
  expect(finished).toMatchObject({ state: 'CONNECTED' });
}

/** New contacts that wait, in this order. */
async function create(numbers: readonly string[]): Promise<string[]> {
  const made: string[] = [];
  for (const number of numbers) {
    const one = await api.result(
      `mutation ($input: CreateContactInput!) { result: createContact(input: $input) { ... on Contact { recordId } } }`,
      { input: { number, name: `Contact ${number}` } },
    );
    made.push(z.object({ recordId: z.string() }).parse(one).recordId);
  }
  return made;
}

async function rename(id: string, name: string): Promise<void> {
  const renamed = await api.result(
    `mutation ($input: UpdateContactInput!) { result: updateContact(input: $input) { ... on Contact { recordId } } }`,
    { input: { id, name } },
  );
  expect(renamed).toEqual({ recordId: id });
}

const ready = () =>
  connectionApi(
    api.db,
    api.organisation,
    createOauth({ clientId: 'sandbox-client', clientSecret: 'sandbox-secret', sandboxUrl: sandbox.url }),
    api.env.tokenSecret,
  );

const allowance = { leftThisMinute: null, leftToday: null };
/** What Xero says in place of carrying a sending out. */
const answers = {
  whole: {
    ...{ kind: 'failed', allowance, calls: 1 },
    failure: { kind: 'invalid', status: 400, message: 'The request could not be read' },
  },
  nothing: { kind: 'answered', status: 200, elements: [], allowance, calls: 1, text: '{"Contacts":[]}' },
} satisfies Record<string, CallResult>;

/** Carries a sync to its end; Xero says `instead` sending by sending, where there is a word, and carries out the others. */
async function sync(instead: readonly (keyof typeof answers | undefined)[] = []): Promise<void> {
  const said = [...instead];
  const engine = createEngine({
    ...{ db: api.db, entities, owner: 'a worker', lookMs: 50 },
    xero: async () => {
      const xero = await ready();
      if (xero.kind === 'failed') return xero;
      const send: XeroApi['send'] = async (call) => {
        const word = said.shift();
        return word === undefined ? xero.api.send(call) : answers[word];
      };
      return { kind: 'ready', api: { ...xero.api, send } };
    },
    pause: (organisation, problem, seen) => pauseConnection(api.db, organisation, problem, seen),
    log: { info: () => undefined, error: (fields, text) => console.error(text, fields) },
  });
  await api.result('mutation { result: syncNow { ... on SyncNowPayload { run { id } } } }');
  await engine.look();
  await engine.stop();
  expect(said).toEqual([]);
}

const shown = z.object({
  syncState: z.string(),
  attempts: z.array(
    z.object({
      ...{ kind: z.string(), status: z.number().nullable(), size: z.number() },
      ...{ request: z.string().nullable(), message: z.string().nullable() },
    }),
  ),
  timeline: z.array(z.object({ kind: z.string(), text: z.string(), count: z.number() })),
});

/** A record as its page has it, oldest first. */
async function pageOf(id: string) {
  const page = shown.parse(
    await api.result(
      `{ result: record(id: "${id}") { syncState attempts { kind status size request message } timeline { kind text count } } }`,
    ),
  );
  return {
    syncState: page.syncState,
    attempts: page.attempts.toReversed(),
    calls: page.attempts.toReversed().map(({ kind, status, size }) => `${kind} ${status} of ${size}`),
    told: page.timeline.toReversed().flatMap(({ kind, text }) => (kind === 'export' ? [text] : [])),
  };
}

test('every record of a batch that was halved shows the refusals of the whole, the look, and its own last call', async () => {
  const ids = await create(['P-1', 'P-2', 'P-3', 'P-4']);
  // The third one spoils its request: all four, then the later two, then itself.
  await sync(['whole', undefined, 'whole', 'whole', undefined]);
  const [first, , culprit, last] = await Promise.all(ids.map(pageOf));
  const whole = ['send 400 of 4', 'look 200 of 4'];
  expect(first).toMatchObject({ syncState: 'COMPLETED', calls: [...whole, 'send 200 of 2'] });
  expect(culprit).toMatchObject({
    syncState: 'FAILED',
    calls: [...whole, 'send 400 of 2', 'send 400 of 1'],
  });
  expect(last).toMatchObject({
    syncState: 'COMPLETED',
    calls: [...whole, 'send 400 of 2', 'send 200 of 1'],
  });
  const [refused] = culprit?.attempts ?? [];
  expect(refused).toMatchObject({
    message: 'The request could not be read',
    request: expect.stringContaining('Contact P-3'),
  });
  const why = 'refused as one request, tried in two parts: The request could not be read';
  expect(culprit?.told).toEqual([`4 contacts ${why}`, `2 contacts ${why}`, '1 contact refused']);
  expect(first?.told).toEqual([`4 contacts ${why}`, '2 contacts sent']);
});

test('what Xero gave no clear answer of keeps the call and the looks, and the history says what comes next', async () => {
  const ids = await create(['P-5', 'P-6']);
  await sync(['nothing', undefined]);
  for (const { syncState, calls, told } of await Promise.all(ids.map(pageOf))) {
    expect(syncState).toBe('COMPLETED');
    expect(calls).toEqual(['send 200 of 2', 'look 200 of 2', 'look 200 of 2', 'send 200 of 2']);
    expect(told).toEqual([
      '2 contacts without a clear answer: to be looked for in Xero',
      '2 contacts not found in Xero: to be sent again',
      '2 contacts sent',
    ]);
  }
});

test('an update beside one that was changed in Xero keeps the comparison it went after', async () => {
  const [mine = '', changed = ''] = await create(['P-7', 'P-8']);
  await sync();
  const { xeroId } = z
    .object({ xeroId: z.string() })
    .parse(await api.result(`{ result: record(id: "${changed}") { xeroId } }`));
  const xero = await ready();
  if (xero.kind === 'failed') throw new Error(xero.failure.message);
  const wire = { ContactID: xeroId, ContactNumber: 'P-8', Name: 'Changed in Xero' };
  await xero.api.send({
    ...{ resource: 'Contacts', action: 'update', key: 'a person' },
    ...freeze('Contacts', [wire]),
  });
  await rename(mine, 'Mine');
  await rename(changed, 'Mine too');
  await sync();
  const made = 'send 200 of 2';
  expect(await pageOf(changed)).toMatchObject({
    syncState: 'CONFLICT',
    calls: [made, 'compare 200 of 2'],
    told: ['2 contacts sent'],
  });
  expect(await pageOf(mine)).toMatchObject({
    syncState: 'COMPLETED',
    calls: [made, 'compare 200 of 2', 'send 200 of 1'],
    told: ['2 contacts sent', '1 contact unchanged in Xero: to be sent', '1 contact sent'],
  });
});

test('no line of the history is without words', async () => {
  expect(await api.db.prisma.event.count({ where: { text: '' } })).toBe(0);
});
