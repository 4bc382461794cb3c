// The stage of the fault tests: one database and one sandbox for a file, and as many connected organisations as it asks for.
import { createDb, createId, type Db } from '@stockbook/db';
import { createSandbox, defaultClient, type Sandbox, type SandboxOptions } from '@stockbook/sandbox';
import { createSandboxClient, type SandboxClient } from '@stockbook/sandbox/client';
import { createOauth, type Oauth } from '@stockbook/xero';
import pg from 'pg';
import type { TestCluster } from '../cluster.ts';
import { createTestDatabase, type TestDatabase } from '../db.ts';
import { access, connect } from '../world.ts';
import { noteMoves } from './moves.ts';
import { createClockSetter, type SetClock } from './one-clock.ts';

export interface Stage {
  database: TestDatabase;
  /** For whoever looks on: nothing stands in its way. */
  db: Db;
  owner: pg.Pool;
  sandbox: StageSandbox;
  client: SandboxClient;
  oauth: Oauth;
  /** Tokens are sealed with it. */
  secret: Buffer;
  /** A fresh organisation, connected to a fresh one in Xero. */
  join(): Promise<Joined>;
  setClock: SetClock;
  close(): Promise<void>;
}

/** Where the sandbox is; it runs in the test's process unless it is given as one of its own. */
export type StageSandbox = Pick<Sandbox, 'url' | 'port' | 'close'>;

export interface Joined {
  organisation: string;
  tenantId: string;
}

/** On the cluster of all tests, or on one of its own; on a fresh database, or on a given one, which it drops at its end. */
export async function openStage(
  options: SandboxOptions = {},
  cluster?: TestCluster,
  given?: StageSandbox,
  database?: TestDatabase,
): Promise<Stage> {
  return openOn(database ?? (await createTestDatabase(cluster)), options, given);
}

async function openOn(database: TestDatabase, options: SandboxOptions, given?: StageSandbox): Promise<Stage> {
  const db = createDb(database.url);
  const owner = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
  // A server that is stopped ends connections that nobody uses just now: that is no error of whoever looks on.
  owner.on('error', () => undefined);
  await noteMoves(owner);
  const sandbox = given ?? (await createSandbox({ limits: 'off', ...options }));
  const client = createSandboxClient(sandbox.url);
  const oauth = oauthOf(sandbox.url);
  // Every schedule connects an organisation of its own, more than a small app may (XERO.md 1.6).
  await client.setApp({ id: defaultClient.id, tier: 'exempt' });
  let joinedCount = 0;
  return {
    ...{ database, db, owner, sandbox, client, oauth, secret: access.secret },
    setClock: createClockSetter(owner, sandbox.url),
    join: async () => {
      joinedCount += 1;
      const organisation = createId();
      const name = `Faults ${joinedCount}`;
      await db.prisma.organization.create({ data: { id: organisation, name, slug: organisation } });
      const tenantId = await makeTenant(sandbox.url, name);
      await connect(db, organisation, oauth, tenantId);
      return { organisation, tenantId };
    },
    close: async () => {
      await db.close();
      await owner.end();
      await sandbox.close();
      await database.drop();
    },
  };
}

export function oauthOf(sandboxUrl: string): Oauth {
  return createOauth({ clientId: defaultClient.id, clientSecret: defaultClient.secret, sandboxUrl });
}

/** A fresh organisation in Xero. */
export async function makeTenant(sandboxUrl: string, name: string): Promise<string> {
  const answer = await post(`${sandboxUrl}/__sandbox/organisations`, { region: 'GB', name });
  if (typeof answer === 'object' && answer !== null && 'tenantId' in answer) return String(answer.tenantId);
  throw new Error(`The sandbox made no organisation: ${JSON.stringify(answer)}`);
}

async function post(address: string, body: object): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}
