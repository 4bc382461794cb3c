// Consent at the sandbox, the choice of a tenant, and the end of the wizard.
import { randomBytes } from 'node:crypto';
import { createId } from '@stockbook/db';
import { describe, expect, test } from 'vitest';
import { readNatures, readTreatments } from '../src/choices.ts';
import { connectionApi } from '../src/connection.ts';
import { beginConsent, exchange } from '../src/consent.ts';
import { entities } from '../src/entities/index.ts';
import { readSettled } from '../src/settled.ts';
import { chooseTenant, finishConnection } from '../src/tenant.ts';
import {
  access,
  actor,
  choose,
  connect,
  connection,
  consent,
  db,
  oauth,
  organisation,
  prepareConnecting,
  redirectUri,
  sandbox,
} from './connecting.ts';

prepareConnecting();

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
    const natures = await readNatures(db, organisation);
    expect(natures.map(({ nature, account, chosenBy }) => [nature, account?.code, chosenBy])).toEqual([
      ['goods', '200', 'proposal'],
      ['carriage', '205', 'proposal'],
      ['discounts', '210', 'proposal'],
      ['fees', '215', 'proposal'],
      ['charges', '220', 'proposal'],
      ['vouchers', '225', 'proposal'],
    ]);
    const treatments = await readTreatments(db, organisation);
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
    expect((await readSettled(db.sql, organisation)).accountCode('goods')).toBe('260');
  });

  test('takes only one of the list', async () => {
    expect(await chooseTenant(db, organisation, actor, createId(), access(), entities)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('press Connect first'),
    });
    await exchange(db, { ...(await consent()), actor }, access());
    expect(await chooseTenant(db, organisation, actor, createId(), access(), entities)).toMatchObject({
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
    expect(await chooseTenant(db, organisation, actor, tenantId, access(), entities)).toMatchObject({
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
    const settled = await readSettled(db.sql, organisation);
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
    expect((await readSettled(db.sql, organisation)).accountCode('goods')).toBe('200');
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
