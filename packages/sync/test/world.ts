// A world of one's own for a test: a database, a sandbox over HTTP, a connected organisation, and engines to carry its runs.
import { randomBytes } from 'node:crypto';
import { createDb, createId, type Db } from '@stockbook/db';
import { createSandbox, defaultClient, type Sandbox, type SandboxOptions } from '@stockbook/sandbox';
import { createSandboxClient, type SandboxClient } from '@stockbook/sandbox/client';
import { createOauth, type XeroApi } from '@stockbook/xero';
import { z } from 'zod';
import { connectionApi } from '../src/connection.ts';
import { beginConsent, exchange } from '../src/consent.ts';
import { createEngine, type Engine, type EngineOptions } from '../src/engine.ts';
import { entities } from '../src/entities/index.ts';
import { pauseConnection } from '../src/pause.ts';
import { openRun } from '../src/run.ts';
import { chooseTenant, finishConnection } from '../src/tenant.ts';
import { createTestDatabase } from './db.ts';

/** `away` is the same API at an address where nobody listens. */
type Through = (api: XeroApi, away: XeroApi) => XeroApi;

export interface World {
  db: Db;
  /** For a worker that has connections of its own. */
  url: string;
  adminUrl: string;
  sandbox: Sandbox;
  client: SandboxClient;
  organisation: string;
  tenantId: string;
  /** A worker's engine; `through` may stand between it and the wire. */
  engine(options?: Partial<EngineOptions> & { through?: Through }): Engine;
  /** The API as a person's hand in Xero would have it: no run, no lease. */
  hand(): Promise<XeroApi>;
  /** Another organisation, connected to a tenant of its own; engines carry its runs too. */
  join(name: string): Promise<{ organisation: string; tenantId: string }>;
  /** Opens a run and carries it to its end. */
  sync(): Promise<string>;
  close(): Promise<void>;
}

export interface WorldOptions extends SandboxOptions {
  /** One clock for database and sandbox, this much faster than real time. */
  scale?: number;
}

export const access = { secret: randomBytes(32), redirectUri: 'http://localhost:4000/xero/callback' };
export const actor = 'tester';
const nowhere = 'http://127.0.0.1:9/api.xro/2.0';

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const database = await createTestDatabase();
  const db = createDb(database.url);
  const sandbox = await createSandbox({ limits: 'off', ...options });
  const client = createSandboxClient(sandbox.url);
  if (options.scale !== undefined) await setClocks(db, client, options.scale);
  const oauth = createOauth({
    clientId: defaultClient.id,
    clientSecret: defaultClient.secret,
    sandboxUrl: sandbox.url,
  });
  const { organisation, tenantId } = await addOrganisation(db, oauth);
  const engines: Engine[] = [];
  const engine: World['engine'] = ({ through, ...over } = {}) => {
    const made = createEngine({
      db,
      entities,
      owner: `worker ${engines.length + 1}`,
      pause: (paused, problem, seen) => pauseConnection(db, paused, problem, seen),
      log: { info: () => undefined, error: (fields, text) => console.error(text, fields) },
      lookMs: 50,
      xero: (of, leaseToken) => apiOf(db, of, { oauth, leaseToken, through }),
      ...over,
    });
    engines.push(made);
    return made;
  };
  return {
    db,
    url: database.url,
    adminUrl: database.adminUrl,
    sandbox,
    client,
    organisation,
    tenantId,
    engine,
    hand: async () => {
      const ready = await connectionApi(db, organisation, oauth, access.secret);
      if (ready.kind === 'failed') throw new Error(ready.failure.message);
      return ready.api;
    },
    join: (name) => join(db, oauth, sandbox.url, name),
    sync: async () => {
      const opened = await openRun(db, organisation, { kind: 'manual', startedBy: actor });
      if (opened.kind === 'opened') await engine().look();
      return opened.kind;
    },
    close: async () => {
      await Promise.all(engines.map((one) => one.stop()));
      await db.close();
      await sandbox.close();
      await database.drop();
    },
  };
}

interface Way {
  oauth: ReturnType<typeof createOauth>;
  leaseToken: bigint;
  through: Through | undefined;
}

async function apiOf(db: Db, organisation: string, { oauth, leaseToken, through }: Way) {
  const at = (apiUrl: string) =>
    connectionApi(db, organisation, { ...oauth, apiUrl }, access.secret, { leaseToken });
  const ready = await at(oauth.apiUrl);
  if (ready.kind === 'failed' || through === undefined) return ready;
  const away = await at(nowhere);
  return away.kind === 'failed' ? away : { ...ready, api: through(ready.api, away.api) };
}

async function setClocks(db: Db, client: SandboxClient, scale: number): Promise<void> {
  const { realMs, simulatedMs } = await client.setClock({
    realMs: Date.now(),
    simulatedMs: Date.now(),
    scale,
  });
  await db.prisma.clock.create({
    data: { id: 1, realAt: new Date(realMs), simulatedAt: new Date(simulatedMs), scale },
  });
}

async function join(db: Db, oauth: ReturnType<typeof createOauth>, sandboxUrl: string, name: string) {
  const body = JSON.stringify({ region: 'GB', name });
  const headers = { 'Content-Type': 'application/json' };
  const made = await fetch(`${sandboxUrl}/__sandbox/organisations`, { method: 'POST', headers, body });
  const { tenantId: wanted } = z.object({ tenantId: z.string() }).parse(await made.json());
  return addOrganisation(db, oauth, wanted);
}

async function addOrganisation(db: Db, oauth: ReturnType<typeof createOauth>, wanted?: string) {
  const organisation = createId();
  await db.prisma.organization.create({ data: { id: organisation, name: 'Test', slug: organisation } });
  return { organisation, tenantId: await connect(db, organisation, oauth, wanted) };
}

/** Consents at the sandbox as a person would, without a browser, and takes `wanted` or its only tenant. */
export async function connect(
  db: Db,
  organisation: string,
  oauth: ReturnType<typeof createOauth>,
  wanted?: string,
): Promise<string> {
  const { url, state } = await beginConsent(db, organisation, actor, { ...access, oauth });
  const back = await fetch(`${url}&sandbox_consent=${wanted ?? 'all'}`, { redirect: 'manual' });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const exchanged = await exchange(db, { code, state, actor }, { ...access, oauth });
  const tenants = exchanged.kind === 'choosing' ? exchanged.tenants : [];
  const tenant = tenants.find((one) => wanted === undefined || one.tenantId === wanted);
  if (tenant === undefined) throw new Error(`No tenant: ${JSON.stringify(exchanged)}`);
  const chosen = await chooseTenant(db, organisation, actor, tenant.tenantId, { ...access, oauth }, entities);
  if (chosen.kind !== 'chosen') throw new Error(`No tenant chosen: ${JSON.stringify(chosen)}`);
  const finished = await finishConnection(db, organisation, actor);
  if (finished.kind !== 'connected') throw new Error(`Not connected: ${JSON.stringify(finished)}`);
  return tenant.tenantId;
}

/** Whether a statement waits for a row that somebody else has locked. */
export async function isSomebodyHeldUp({ db }: Pick<World, 'db'>): Promise<boolean> {
  const { rows } = await db.pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}
