// A connection at work: choices, what the inventory brings, tokens that run out, pausing and reconnecting.
import { createId } from '@stockbook/db';
import { setClock } from '@stockbook/db/clock';
import { createOauth } from '@stockbook/xero';
import { describe, expect, test } from 'vitest';
import { chooseAccount, chooseTax } from '../src/choice.ts';
import { readNatures } from '../src/choices.ts';
import { connectionApi } from '../src/connection.ts';
import { record } from '../src/outbox.ts';
import { pauseConnection } from '../src/pause.ts';
import { readSettled, settleLines } from '../src/settled.ts';
import {
  actor,
  api,
  call,
  client,
  connect,
  connection,
  database,
  db,
  oauth,
  organisation,
  prepareConnecting,
  redirectUri,
  secret,
} from './connecting.ts';

prepareConnecting();

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
    const settled = await readSettled(db.sql, organisation);
    expect(settled.accountCode('wrapping')).toBe('200');
    expect(settled.taxType('domestic-standard', '20')).toBe('OUTPUT2');
  });

  test('is not settled by a tax type of another rate', async () => {
    await connect();
    await bring(line('goods', 'reduced', '5'), line('goods', 'odd', '12.5'), line('goods', 'none', '0'));
    const settled = await readSettled(db.sql, organisation);
    expect(settled.taxType('reduced', '5')).toBe('RROUTPUT');
    expect(settled.taxType('odd', '12.5')).toBeUndefined();
    expect(settled.taxType('none', '0')).toBeUndefined();
    expect(settled.taxType('domestic-standard', '17.5')).toBeUndefined();
  });

  test('before anything is connected waits for the connection', async () => {
    await bring(line('goods', 'domestic-standard', '20'));
    expect(await readNatures(db, organisation)).toEqual([]);
  });

  test('falls back when its account is archived, unless a person chose it', async () => {
    await connect();
    await chooseAccount(db, organisation, actor, { nature: 'fees', code: '215' });
    await db.prisma.ledgerAccount.updateMany({
      where: { organisationId: organisation, code: { in: ['205', '215'] } },
      data: { status: 'ARCHIVED' },
    });
    await bring(line('carriage', 'domestic-standard', '20'), line('fees', 'domestic-standard', '20'));
    const settled = await readSettled(db.sql, organisation);
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
    await pauseConnection(db, organisation, 'an old reason', { version: 0 });
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
