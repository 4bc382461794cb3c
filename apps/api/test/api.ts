// An API of its own for a test file: a fresh database, a free port, and clients over real HTTP and WebSocket.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '@stockbook/db';
import { createTestDatabase } from '@stockbook/sync/test/db';
import { type Client, createClient } from 'graphql-ws';
import pino from 'pino';
import WebSocket from 'ws';
import type { Env } from '../src/env.ts';
import { startApi } from '../src/server.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export interface Answer {
  status: number;
  data: { [key: string]: Json } | null;
  errors: { message: string; extensions?: { code?: string } }[] | undefined;
  headers: Headers;
}

export interface TestApi {
  env: Env;
  origin: string;
  adminUrl: string;
  db: Db;
  link: string | undefined;
  key: string;
  organisation: string;
  /** Every line the API logged. */
  log: string[];
  ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  /** The field `result` of an answer without errors. */
  result(query: string, variables?: object): Promise<Json>;
  socket(headers?: Record<string, string>, connectionParams?: Record<string, unknown>): Client;
  stop(): Promise<void>;
}

export async function startTestApi(more: Partial<Env> = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'stockbook-api-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = { ...testEnv(port, dataDir, database.url), ...more };
  const log: string[] = [];
  const api = await startApi(env, pino({ level: 'info' }, { write: (line: string) => void log.push(line) }));
  const key = (await readFile(join(dataDir, 'api-key'), 'utf8')).trim();
  const owner = await api.db.prisma.member.findFirstOrThrow({ where: { role: 'owner' } });
  const clients: Client[] = [];

  async function ask(
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const credentials =
      'cookie' in headers || 'authorization' in headers ? {} : { authorization: `Bearer ${key}` };
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credentials, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data = null, errors } = JSON.parse(await response.text());
    return { status: response.status, data, errors, headers: response.headers };
  }

  return {
    env,
    origin,
    adminUrl: database.adminUrl,
    db: api.db,
    link: api.link,
    key,
    organisation: owner.organizationId,
    log,
    ask,
    async result(query, variables) {
      const { data, errors } = await ask(query, variables);
      if (errors || !data) throw new Error(`The API answered ${JSON.stringify(errors)}`);
      return data.result ?? null;
    },
    socket(headers = { authorization: `Bearer ${key}` }, connectionParams = {}) {
      const client = openSocket(origin, headers, connectionParams);
      clients.push(client);
      return client;
    },
    async stop() {
      for (const client of clients) await client.dispose();
      await api.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function testEnv(port: number, dataDir: string, databaseUrl: string): Env {
  return {
    port,
    origin: `http://localhost:${port}`,
    dataDir,
    databaseUrl,
    authSecret: 'a secret of a test, long enough for it',
    tokenSecret: Buffer.alloc(32, 7),
    starterPid: undefined,
    logLevel: 'info',
    xero: { kind: 'sandbox', url: 'http://127.0.0.1:9' },
  };
}

function openSocket(
  origin: string,
  headers: Record<string, string>,
  connectionParams: Record<string, unknown>,
): Client {
  class WithHeaders extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers });
    }
  }
  return createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WithHeaders,
    connectionParams,
    retryAttempts: 0,
    lazy: true,
  });
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
