// Connecting to the sandbox over HTTP: consent, choice, proposals, refreshing, pausing and reconnecting.
import { randomBytes } from 'node:crypto';
import { createDb, createId, type Db } from '@stockbook/db';
import { setClock } from '@stockbook/db/clock';
import { createSandbox, defaultClient, type Sandbox } from '@stockbook/sandbox';
import { createSandboxClient, type SandboxClient } from '@stockbook/sandbox/client';
import { createOauth, type Oauth } from '@stockbook/xero';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chooseAccount, chooseTax } from '../src/choice.ts';
import { readNatures, readTreatments } from '../src/choices.ts';
import { connectionApi } from '../src/connection.ts';
import { beginConsent, exchange } from '../src/consent.ts';
import { record } from '../src/outbox.ts';
import { pauseConnection } from '../src/pause.ts';
import { readSettled, settleLines } from '../src/settled.ts';
import { chooseTenant, finishConnection } from '../src/tenant.ts';
import { createTestDatabase, type TestDatabase } from './db.ts';

const actor = 'Ann';
const redirectUri = 'http://localhost:4000/xero/callback';
const secret = randomBytes(32);

let database: TestDatabase;
let db: Db;
let sandbox: Sandbox;
let client: SandboxClient;
let oauth: Oauth;
let organisation: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  sandbox = await createSandbox({ limits: 'off' });
  client = createSandboxClient(sandbox.url);
  oauth = createOauth({
    clientId: defaultClient.id,
    clientSecret: defaultClient.secret,
    sandboxUrl: sandbox.url,
  });
});
afterAll(async () => {
  await db.close();
  await sandbox.close();
  await database.drop();
});
beforeEach(async () => {
  organisation = createId();
  await db.prisma.organization.create({ data: { id: organisation, name: 'Test', slug: organisation } });
});

const access = () => ({ oauth, secret, redirectUri });

/** What a person does at Xero: allows, and comes back with a code. */
async function consent(by = actor): Promise<{ code: string; state: string }> {
  const { url, state } = await beginConsent(db, organisation, by, access());
  const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
  const answer = new URL(back.headers.get('location') ?? '').searchParams;
  expect(answer.get('state')).toBe(state);
  return { code: answer.get('code') ?? '', state };
}

async function choose(): Promise<string> {
  const exchanged = await exchange(db, { ...(await consent()), actor }, access());
  if (exchanged.kind !== 'choosing') throw new Error(JSON.stringify(exchanged));
  const tenantId = exchanged.tenants[0]?.tenantId ?? '';
  expect(await chooseTenant(db, organisation, actor, tenantId, access())).toEqual({
    kind: 'chosen',
    name: 'Stockbook Trial (GB)',
  });
  return tenantId;
}

async function connect(): Promise<void> {
  await choose();
  expect(await finishConnection(db, organisation, actor)).toEqual({ kind: 'connected' });
}

const connection = () => db.prisma.connection.findUniqueOrThrow({ where: { organisationId: organisation } });
const api = () => connectionApi(db, organisation, oauth, secret);

/** Looks for something that is not there: any call that needs a token. */
async function call() {
  const ready = await api();
  return ready.kind === 'failed'
    ? ready
    : ready.api.find({ resource: 'Items', by: 'code', values: ['NONE'] });
}

describe('a consent', () => {
  test('asks at Xero for the scopes of the product, with state and challenge', async () => {
    const { url, state } = await beginConsent(db, organisation, actor, access());
    const query = new URL(url).searchParams;
    expect(url).toContain(`${sandbox.url}/identity/connect/authorize`);
    expect(query.get('state')).toBe(state);
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('redirect_uri')).toBe(redirectUri);
    expect(query.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['offline_access', 'accounting.invoices', 'accounting.settings.read']),
    );
  });

  test('becomes sealed tokens and the tenants to choose from', async () => {
    const exchanged = await exchange(db, { ...(await consent()), actor }, access());
    expect(exchanged).toMatchObject({
      kind: 'choosing',
      organisation,
      tenants: [{ name: 'Stockbook Trial (GB)' }],
    });
    const row = await connection();
    expect(row.state).toBe('choosing');
    expect(row.accessToken).toMatch(/^[\w-]{40,}$/);
    const other = randomBytes(32);
    expect(await connectionApi(db, organisation, oauth, other)).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unauthorised' },
    });
  });

  test('works once', async () => {
    const answer = { ...(await consent()), actor };
    expect((await exchange(db, answer, access())).kind).toBe('choosing');
    expect(await exchange(db, answer, access())).toEqual({
      kind: 'refused',
      message: 'This consent was used already: press Connect again.',
    });
  });

  test('is bound to who began it, who may still finish it', async () => {
    const answer = await consent();
    expect(await exchange(db, { ...answer, actor: 'Bob' }, access())).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('somebody else'),
    });
    expect((await exchange(db, { ...answer, actor }, access())).kind).toBe('choosing');
  });

  test('is refused when its state is unknown or too old', async () => {
    expect(await exchange(db, { code: 'c', state: 'made up', actor }, access())).toMatchObject({
      message: expect.stringContaining('not known'),
    });
    const answer = await consent();
    await db.pool.query(
      `UPDATE consent SET expires_at = stockbook_now() - interval '1 second' WHERE state = $1`,
      [answer.state],
    );
    expect(await exchange(db, { ...answer, actor }, access())).toMatchObject({
      message: expect.stringContaining('ten minutes'),
    });
  });

  test('with a code that Xero does not take fails with the reason, and leaves nothing connected', async () => {
    const { state } = await consent();
    const exchanged = await exchange(db, { code: 'made up', state, actor }, access());
    expect(exchanged).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorised' } });
    expect(await db.prisma.connection.findUnique({ where: { organisationId: organisation } })).toBeNull();
  });
});

describe('choosing the tenant', () => {
  test('reads the organisation, its accounts and its tax rates', async () => {
    const tenantId = await choose();
    expect(await connection()).toMatchObject({
      state: 'choosing',
      tenantId,
      tenantName: 'Stockbook Trial (GB)',
      country: 'GB',
      currency: 'GBP',
    });
    const accounts = await db.prisma.ledgerAccount.findMany({ where: { organisationId: organisation } });
    expect(accounts.length).toBeGreaterThan(50);
    expect(accounts.find(({ code }) => code === '200')).toMatchObject({
      name: 'Sales',
      type: 'SALES',
      class: 'REVENUE',
      status: 'ACTIVE',
    });
    const sales = await db.prisma.record.findFirst({
      where: { organisationId: organisation, entity: 'accounts', number: '200' },
    });
    expect(sales).toMatchObject({
      title: 'Sales',
      syncState: 'completed',
      accountingCode: '200',
      lastImportAt: expect.any(Date),
    });
    const rates = await db.prisma.record.count({
      where: { organisationId: organisation, entity: 'tax-rates', syncState: 'completed' },
    });
    expect(rates).toBeGreaterThan(10);
    const cursors = await db.prisma.cursor.findMany({
      where: { organisationId: organisation },
      orderBy: { entity: 'asc' },
    });
    expect(cursors.map(({ entity }) => entity)).toEqual(['accounts', 'tax-rates']);
  });

  test('proposes an account for every nature and a tax type for every treatment', async () => {
    await choose();
    const natures = await readNatures(db.prisma, organisation);
    expect(natures.map(({ nature, account, chosenBy }) => [nature, account?.code, chosenBy])).toEqual([
      ['goods', '200', 'proposal'],
      ['carriage', '205', 'proposal'],
      ['discounts', '210', 'proposal'],
      ['fees', '215', 'proposal'],
      ['charges', '220', 'proposal'],
      ['vouchers', '225', 'proposal'],
    ]);
    const treatments = await readTreatments(db.prisma, organisation);
    expect(treatments.map(({ treatment, rate, tax }) => [treatment, rate, tax?.taxType])).toEqual([
      ['domestic-standard', '20', 'OUTPUT2'],
      ['zero-rated-export', '0', 'ZERORATEDOUTPUT'],
    ]);
  });

  test('twice keeps ids and choices', async () => {
    await choose();
    const before = await db.prisma.taxRate.findMany({
      where: { organisationId: organisation },
      orderBy: { id: 'asc' },
    });
    await finishConnection(db, organisation, actor, {
      accounts: [{ nature: 'goods', code: '260' }],
      taxes: [],
    });
    await connect();
    const after = await db.prisma.taxRate.findMany({
      where: { organisationId: organisation },
      orderBy: { id: 'asc' },
    });
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await readSettled(db.prisma, organisation)).accountCode('goods')).toBe('260');
  });

  test('takes only one of the list', async () => {
    expect(await chooseTenant(db, organisation, actor, createId(), access())).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('press Connect first'),
    });
    await exchange(db, { ...(await consent()), actor }, access());
    expect(await chooseTenant(db, organisation, actor, createId(), access())).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('not among'),
    });
  });

  test('does not move records to another Xero organisation', async () => {
    await connect();
    await db.prisma.connection.update({
      where: { organisationId: organisation },
      data: { tenantId: createId(), tenantName: 'Old Ltd' },
    });
    const mapping = {
      recordId: createId(),
      entity: 'contacts',
      xeroId: createId(),
      agreed: '{}',
      hash: '',
      updatedAt: new Date(),
    };
    await db.prisma.mapping.create({ data: { organisationId: organisation, ...mapping } });
    const exchanged = await exchange(db, { ...(await consent()), actor }, access());
    const tenantId = exchanged.kind === 'choosing' ? (exchanged.tenants[0]?.tenantId ?? '') : '';
    expect(await chooseTenant(db, organisation, actor, tenantId, access())).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Old Ltd'),
    });
  });
});

describe('the end of the wizard', () => {
  test('connects, with what was chosen, and says so in the history', async () => {
    await choose();
    const accounts = [{ nature: 'vouchers', code: '230' }];
    expect(
      await finishConnection(db, organisation, actor, {
        accounts,
        taxes: [{ treatment: 'zero-rated-export', type: 'NONE' }],
      }),
    ).toEqual({ kind: 'connected' });
    expect(await connection()).toMatchObject({ state: 'connected', connectedBy: actor, tenants: null });
    const settled = await readSettled(db.prisma, organisation);
    expect([settled.accountCode('vouchers'), settled.taxType('zero-rated-export', '0')]).toEqual([
      '230',
      'NONE',
    ]);
    const events = await db.prisma.event.findMany({
      where: { organisationId: organisation, kind: 'connection' },
      orderBy: { id: 'asc' },
    });
    expect(events.at(-1)).toMatchObject({
      actor,
      text: 'Connected to the Xero organisation Stockbook Trial (GB)',
    });
  });

  test('takes back everything when one choice is refused', async () => {
    await choose();
    const accounts = [
      { nature: 'goods', code: '260' },
      { nature: 'fees', code: '404' },
    ];
    expect(await finishConnection(db, organisation, actor, { accounts, taxes: [] })).toMatchObject({
      kind: 'refused',
      field: 'code',
      message: expect.stringContaining('OVERHEADS'),
    });
    expect((await connection()).state).toBe('choosing');
    expect((await readSettled(db.prisma, organisation)).accountCode('goods')).toBe('200');
  });

  test('needs a tenant', async () => {
    expect(await finishConnection(db, organisation, actor)).toMatchObject({ kind: 'refused' });
    await exchange(db, { ...(await consent()), actor }, access());
    expect(await finishConnection(db, organisation, actor)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('choose one'),
    });
  });
});

describe('a choice', () => {
  test.each([
    ['no such account', { nature: 'goods', code: '999' }, 'no active account 999'],
    ['an account that is no revenue', { nature: 'goods', code: '404' }, 'of type OVERHEADS'],
    ['no such nature', { nature: 'wishes', code: '200' }, "no nature 'wishes'"],
  ])('is refused for %s', async (_name, choice, message) => {
    await connect();
    expect(await chooseAccount(db, organisation, actor, choice)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ['a rate of expenses', { treatment: 'domestic-standard', type: 'INPUT2' }, 'no active tax rate INPUT2'],
    [
      'another rate than the lines have',
      { treatment: 'domestic-standard', type: 'RROUTPUT' },
      'choose a rate of 20 %',
    ],
    ['a reverse charge on taxed lines', { treatment: 'domestic-standard', type: 'DRCHARGE20' }, 'has 0 %'],
    ['no such treatment', { treatment: 'wishes', type: 'NONE' }, "no tax treatment 'wishes'"],
  ])('is refused for %s', async (_name, choice, message) => {
    await connect();
    expect(await chooseTax(db, organisation, actor, choice)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(message),
    });
  });

  test('releases what was held for it, from the lowest number on', async () => {
    await connect();
    const id = createId();
    await db.write(organisation, async (tx) => {
      const row = {
        organisationId: organisation,
        id,
        entity: 'invoices',
        title: 'an invoice',
        status: 'authorised',
        syncState: 'new',
      };
      await tx.prisma.record.create({ data: row });
      record(tx, { entity: 'invoices', id });
    });
    await db.pool.query(`UPDATE change SET held = 'account', reason = 'No account' WHERE record_id = $1`, [
      id,
    ]);
    await db.pool.query(`UPDATE record SET sync_state = 'held', problem = 'No account' WHERE id = $1`, [id]);
    await db.prisma.waterMark.create({
      data: { organisationId: organisation, entity: 'invoices', action: 'create', number: 1n },
    });
    expect(await chooseAccount(db, organisation, actor, { nature: 'goods', code: '260' })).toEqual({
      kind: 'chosen',
    });
    expect(await db.prisma.change.findFirst({ where: { recordId: id } })).toMatchObject({
      state: 'pending',
      held: null,
      reason: null,
    });
    expect(await db.prisma.record.findFirst({ where: { id } })).toMatchObject({
      syncState: 'pending',
      problem: null,
    });
    expect(
      await db.prisma.waterMark.findFirst({ where: { organisationId: organisation, entity: 'invoices' } }),
    ).toMatchObject({ number: 0n });
  });
});

describe('what the inventory brings', () => {
  const line = (nature: string, treatment: string, taxRate: string) => ({ nature, treatment, taxRate });
  const bring = (...lines: ReturnType<typeof line>[]) =>
    db.write(organisation, (tx) => settleLines(tx, lines));

  test('is settled when it is new: an unknown nature goes to the sales account', async () => {
    await connect();
    await bring(line('wrapping', 'domestic-standard', '20'));
    const settled = await readSettled(db.prisma, organisation);
    expect(settled.accountCode('wrapping')).toBe('200');
    expect(settled.taxType('domestic-standard', '20')).toBe('OUTPUT2');
  });

  test('is not settled by a tax type of another rate', async () => {
    await connect();
    await bring(line('goods', 'reduced', '5'), line('goods', 'odd', '12.5'), line('goods', 'none', '0'));
    const settled = await readSettled(db.prisma, organisation);
    expect(settled.taxType('reduced', '5')).toBe('RROUTPUT');
    expect(settled.taxType('odd', '12.5')).toBeUndefined();
    expect(settled.taxType('none', '0')).toBeUndefined();
    expect(settled.taxType('domestic-standard', '17.5')).toBeUndefined();
  });

  test('before anything is connected waits for the connection', async () => {
    await bring(line('goods', 'domestic-standard', '20'));
    expect(await readNatures(db.prisma, organisation)).toEqual([]);
  });

  test('falls back when its account is archived, unless a person chose it', async () => {
    await connect();
    await chooseAccount(db, organisation, actor, { nature: 'fees', code: '215' });
    await db.prisma.ledgerAccount.updateMany({
      where: { organisationId: organisation, code: { in: ['205', '215'] } },
      data: { status: 'ARCHIVED' },
    });
    await bring(line('carriage', 'domestic-standard', '20'), line('fees', 'domestic-standard', '20'));
    const settled = await readSettled(db.prisma, organisation);
    expect(settled.accountCode('carriage')).toBe('200');
    expect(settled.accountCode('fees')).toBeUndefined();
  });
});

describe('the connection at work', () => {
  test('calls with the token it has, and refreshes one that runs out, once for all callers', async () => {
    await connect();
    expect(await call()).toMatchObject({ kind: 'answered', status: 200 });
    expect((await connection()).tokenVersion).toBe(1);
    await db.pool.query(
      `UPDATE connection SET token_expires_at = stockbook_now() + interval '1 minute' WHERE organisation_id = $1`,
      [organisation],
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => call()));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['answered']));
    expect((await connection()).tokenVersion).toBe(2);
  });

  test('refreshes a token that Xero refuses, and makes the call again', async () => {
    await connect();
    const before = await client.clock();
    await client.advance(31 * 60_000);
    expect(await call()).toMatchObject({ kind: 'answered', status: 200 });
    expect((await connection()).tokenVersion).toBe(2);
    await client.setClock(before);
  });

  test('refreshes by the simulated time', async () => {
    await connect();
    const now = Date.now();
    await setClock(database.adminUrl, {
      realAt: new Date(now),
      simulatedAt: new Date(now + 40 * 60_000),
      scale: 1,
    });
    try {
      expect(await call()).toMatchObject({ kind: 'answered' });
      expect((await connection()).tokenVersion).toBe(2);
    } finally {
      await setClock(database.adminUrl, undefined);
    }
  });

  test('pauses when the permission is gone, loses nothing, and goes on after reconnecting', async () => {
    await connect();
    const exchanged = await oauth.exchangeCode({ code: 'x', verifier: 'y', redirectUri });
    expect(exchanged.kind).toBe('failed');
    await db.pool.query(
      `UPDATE connection SET token_expires_at = stockbook_now(), refresh_token = access_token WHERE organisation_id = $1`,
      [organisation],
    );
    expect(await call()).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorised' } });
    const paused = await connection();
    expect(paused).toMatchObject({ state: 'paused', problem: expect.stringContaining('no longer accepts') });
    expect(await api()).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unauthorised', message: paused.problem },
    });
    await connect();
    expect(await connection()).toMatchObject({ state: 'connected', problem: null });
    expect(await call()).toMatchObject({ kind: 'answered' });
    const last = await db.prisma.event.findFirst({
      where: { organisationId: organisation },
      orderBy: { id: 'desc' },
    });
    expect(last?.text).toBe('Reconnected to the Xero organisation Stockbook Trial (GB)');
  });

  test('is not paused for a token that was replaced meanwhile', async () => {
    await connect();
    await pauseConnection(db, organisation, 'an old reason', 0);
    expect((await connection()).state).toBe('connected');
  });

  test('says that Xero cannot be reached, without pausing, when no token can be had', async () => {
    await connect();
    await db.pool.query(
      `UPDATE connection SET token_expires_at = stockbook_now() WHERE organisation_id = $1`,
      [organisation],
    );
    const nowhere = createOauth({ clientId: 'a', clientSecret: 'b', sandboxUrl: 'http://localhost:9' });
    const ready = await connectionApi(db, organisation, nowhere, secret);
    if (ready.kind === 'failed') throw new Error(ready.failure.message);
    expect(await ready.api.find({ resource: 'Items', by: 'code', values: ['A'] })).toMatchObject({
      kind: 'failed',
      failure: { kind: 'unreachable' },
      calls: 0,
    });
    expect(await connection()).toMatchObject({ state: 'connected', refreshingUntil: null });
  });
});
