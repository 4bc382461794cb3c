// A worker put together: the engine and the loads behind their loop, and the alarm clock; any number may work on one database.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createDb } from '@stockbook/db';
import { connectionApi, createEngine, pauseConnection } from '@stockbook/sync';
import { entities } from '@stockbook/sync/entities';
import { createOauth } from '@stockbook/xero';
import type { Logger } from 'pino';
import { startAlarmClock } from './alarm-clock.ts';
import type { Context } from './context.ts';
import type { Env } from './env.ts';
import { sweep } from './jobs/sweep.ts';
import { tidyUp } from './jobs/tidy-up.ts';
import { startRunLoop } from './run.ts';

export interface Worker {
  /** Takes nothing new, settles what is in flight, and closes. */
  stop(): Promise<void>;
}

/** Throws when a database does not answer. */
export async function startWorker(env: Env, log: Logger): Promise<Worker> {
  const owner = `worker ${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`;
  const onError = (error: Error) => log.warn({ err: error }, 'A connection to the database was lost');
  const db = createDb(env.databaseUrl, { onError });
  await db.now();
  const oauth = createOauth(oauthOptions(env.xero));
  const engine = createEngine({
    db,
    entities,
    owner,
    log,
    xero: (organisation, leaseToken) =>
      connectionApi(db, organisation, oauth, env.tokenSecret, { leaseToken }),
    pause: (organisation, problem, seen) => pauseConnection(db, organisation, problem, seen),
  });
  const loop = startRunLoop({ db, engine, owner, log });
  const context: Context = { db, wake: loop.wake };
  const { agendaUrl: url, adminUrl } = env;
  const clock = await startAlarmClock({ url, adminUrl, name: owner, jobs: [sweep, tidyUp], context, log });
  return {
    async stop() {
      await Promise.all([clock.stop(), loop.stop()]);
      await db.close();
    },
  };
}

/** The sandbox's one client, or the one that is registered at Xero. */
function oauthOptions(xero: Env['xero']) {
  if (xero.kind === 'real') return { clientId: xero.clientId, clientSecret: xero.clientSecret };
  return { clientId: 'sandbox-client', clientSecret: 'sandbox-secret', sandboxUrl: xero.url };
}
