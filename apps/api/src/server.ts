// The API as a whole: its parts started in order, stopped in reverse.
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { createDb, type Db } from '@stockbook/db';
import { createOauth } from '@stockbook/xero';
import type { Logger } from 'pino';
import { keepCliKey } from './api-key.ts';
import { createAuth } from './auth.ts';
import { createContextOf } from './context.ts';
import { builtDashboard, readDashboard } from './dashboard.ts';
import type { Env } from './env.ts';
import { createEvents, type HintSource } from './events.ts';
import { createGraphqlServer } from './graphql-server.ts';
import { createHttp } from './http.ts';
import { ownerEmail, withOwner } from './owner.ts';
import { createRoutes } from './routes.ts';
import { createSchema } from './schema.ts';
import { serveSockets } from './socket.ts';
import { createStreams } from './streams.ts';
import { createIdentify, createViewerOf } from './viewer.ts';
import { createWrites, type HeardWrites } from './writes.ts';

export interface Api {
  /** A one-time sign-in link, while the owner has never been in. */
  link: string | undefined;
  db: Db;
  stop(): Promise<void>;
}

/** What is there before the rest, and closed after it. */
interface Heard {
  db: Db;
  events: HintSource;
  writes: HeardWrites;
}

const sweepEachMs = 2_000;
const stopLimitMs = 5_000;

/** Throws when the database or the port cannot be had; nothing stays open then. */
export async function startApi(env: Env, log: Logger): Promise<Api> {
  const db = createDb(env.databaseUrl, {
    onError: (error) => log.warn({ err: error }, 'A database connection was lost.'),
  });
  const writes = createWrites(db);
  const events = createEvents(env.databaseUrl, log, writes);
  try {
    return await startOn(env, log, { db, events, writes });
  } catch (error) {
    await events.stop();
    await db.close();
    throw error;
  }
}

async function startOn(env: Env, log: Logger, { db, events, writes }: Heard): Promise<Api> {
  const { auth, createLink } = createAuth({ db, origin: env.origin, secret: env.authSecret, log });
  const link = await withOwner(db, async ({ person, organisation, known }) => {
    await keepCliKey(db, env.dataDir, { person, organisation });
    return known ? undefined : createLink(ownerEmail);
  });
  await events.start();

  const oauth = createOauth(
    env.xero.kind === 'real'
      ? { clientId: env.xero.clientId, clientSecret: env.xero.clientSecret }
      : { clientId: 'sandbox-client', clientSecret: 'sandbox-secret', sandboxUrl: env.xero.url },
  );
  const xero = { oauth, secret: env.tokenSecret, redirectUri: `${env.origin}/xero/callback` };
  const identify = createIdentify(db, auth);
  const viewerOf = createViewerOf(identify);
  const contextOf = createContextOf({ db, events, writes, auth, xero });
  const streams = createStreams(db);
  const server = createGraphqlServer(await createSchema(), log, writes);
  let serving = true;
  const app = createHttp({
    db,
    auth,
    origin: env.origin,
    server,
    streams,
    viewerOf,
    contextOf,
    dashboard: readDashboard(builtDashboard),
    serving: () => serving,
    routes: createRoutes({ db, identify, viewerOf, xero }),
    writes,
    failed: (error, requestId) =>
      log.error({ err: error, requestId }, 'A request failed on an error of ours.'),
  });
  const http = await listen(app.fetch, env);
  const sockets = serveSockets({ http, origin: env.origin, server, streams, identify, contextOf });
  const sweep = setInterval(() => {
    streams.sweep().catch((error: unknown) => log.warn({ err: error }, 'Open streams could not be checked.'));
  }, sweepEachMs);

  async function stop(): Promise<void> {
    serving = false;
    clearInterval(sweep);
    const closed = new Promise<void>((resolve) => http.close(() => resolve()));
    await sockets.stop();
    streams.closeAll();
    http.closeIdleConnections();
    await within(closed, stopLimitMs);
    http.closeAllConnections();
    await events.stop();
    await server.dispose();
    await db.close();
  }
  return { link, db, stop };
}

/** On this machine's own address where the origin is local, on all addresses where it is a real name. */
function listen(fetch: (request: Request) => Response | Promise<Response>, env: Env): Promise<Server> {
  const local = ['localhost', '127.0.0.1'].includes(new URL(env.origin).hostname);
  return new Promise((resolve, reject) => {
    const options = { fetch, port: env.port, ...(local ? { hostname: '127.0.0.1' } : {}) };
    const server = serve(options, () => resolve(plainServer(server)));
    server.once('error', reject);
  });
}

function plainServer(server: ReturnType<typeof serve>): Server {
  if ('closeIdleConnections' in server) return server;
  throw new Error('An HTTP/1.1 server was expected.');
}

async function within(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
