// What the tests of connecting share: a database, a sandbox, a fresh organisation for each test, and a person who consents.
import { randomBytes } from 'node:crypto';
import { createDb, createId, type Db } from '@stockbook/db';
import { createSandbox, defaultClient, type Sandbox } from '@stockbook/sandbox';
import { createSandboxClient, type SandboxClient } from '@stockbook/sandbox/client';
import { createOauth, type Oauth } from '@stockbook/xero';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { connectionApi } from '../src/connection.ts';
import { beginConsent, exchange } from '../src/consent.ts';
import { entities } from '../src/entities/index.ts';
import { chooseTenant, finishConnection } from '../src/tenant.ts';
import { createTestDatabase, type TestDatabase } from './db.ts';

export const actor = 'Ann';
export const redirectUri = 'http://localhost:4000/xero/callback';
export const secret = randomBytes(32);

export let database: TestDatabase;
export let db: Db;
export let sandbox: Sandbox;
export let client: SandboxClient;
export let oauth: Oauth;
export let organisation: string;

/** Each file of tests calls it first: files may share this module in one process, and each has a database of its own. */
export function prepareConnecting(): void {
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
    // The sandbox's one tenant is free for this test's organisation.
    await db.prisma.connection.deleteMany();
    organisation = createId();
    await db.prisma.organization.create({ data: { id: organisation, name: 'Test', slug: organisation } });
  });
}

export const access = () => ({ oauth, secret, redirectUri });

/** What a person does at Xero: allows, and comes back with a code. */
export async function consent(by = actor): Promise<{ code: string; state: string }> {
  const { url, state } = await beginConsent(db, organisation, by, access());
  const back = await fetch(`${url}&sandbox_consent=all`, { redirect: 'manual' });
  const answer = new URL(back.headers.get('location') ?? '').searchParams;
  expect(answer.get('state')).toBe(state);
  return { code: answer.get('code') ?? '', state };
}

export async function choose(): Promise<string> {
  const exchanged = await exchange(db, { ...(await consent()), actor }, access());
  if (exchanged.kind !== 'choosing') throw new Error(JSON.stringify(exchanged));
  const tenantId = exchanged.tenants[0]?.tenantId ?? '';
  expect(await chooseTenant(db, organisation, actor, tenantId, access(), entities)).toEqual({
    kind: 'chosen',
    name: 'Stockbook Trial (GB)',
  });
  return tenantId;
}

export async function connect(): Promise<void> {
  await choose();
  expect(await finishConnection(db, organisation, actor)).toEqual({ kind: 'connected' });
}

export const connection = () =>
  db.prisma.connection.findUniqueOrThrow({ where: { organisationId: organisation } });
export const api = () => connectionApi(db, organisation, oauth, secret);

/** Looks for something that is not there: any call that needs a token. */
export async function call() {
  const ready = await api();
  return ready.kind === 'failed'
    ? ready
    : ready.api.find({ resource: 'Items', by: 'code', values: ['NONE'] });
}
