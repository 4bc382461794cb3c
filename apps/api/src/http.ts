// The HTTP application: headers, health, sign-in, GraphQL, files of loads, the way back from Xero, and the dashboard.
import { type Db, refusalWords } from '@stockbook/db';
import { type Env, Hono } from 'hono';
import { requestId } from 'hono/request-id';
import type { Auth } from './auth.ts';
import type { Dashboard } from './dashboard.ts';
import { readOnlyCode } from './graphql-server.ts';
import { createAuthRoute } from './routes/auth.ts';
import { createGraphqlRoute, type GraphqlRouteOptions } from './routes/graphql.ts';
import { headers, ownOriginOnly, refusal } from './security.ts';
import type { HeardWrites } from './writes.ts';

export interface HttpOptions extends GraphqlRouteOptions {
  db: Db;
  auth: Auth;
  dashboard: Dashboard;
  /** False while stopping. */
  serving: () => boolean;
  /** The routes of loads and of Xero's way back, each with its own paths. */
  routes: { loads: Hono<Env>; xero: Hono<Env> };
  writes: HeardWrites;
  failed: (error: Error, requestId: string) => void;
}

const readyLimitMs = 2_000;

export function createHttp(options: HttpOptions) {
  const { db, auth, origin, dashboard, serving, routes, writes, failed } = options;
  const app = new Hono<{ Variables: { requestId: string } }>();
  app.use(requestId({ limitLength: 64 }));
  // After the rest: a header set before is lost where a route answers with a Response of its own.
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('x-request-id', c.get('requestId'));
  });
  app.use(headers(origin, dashboard.inlineScripts));

  app.get('/healthz', (c) => (serving() ? c.text('ok\n') : c.text('stopping\n', 503)));
  app.get('/readyz', async (c) =>
    serving() && (await answers(db)) ? c.text('ready\n') : c.text('not ready\n', 503),
  );
  app.route('/', createAuthRoute({ db, auth }));
  app.route('/graphql', createGraphqlRoute(options));
  app.use('/loads/*', ownOriginOnly(origin));
  app.route('/', routes.loads);
  app.route('/', routes.xero);
  app.get('/*', (c) => dashboard.serve(c));

  app.notFound((c) => refusal(c, 404, 'NOT_FOUND', 'There is nothing at this address.'));
  app.onError((error, c) => {
    const refused = writes.notice(error);
    if (refused !== undefined)
      return refusal(c, 503, readOnlyCode, refusalWords(refused), { reason: refused });
    const id = c.get('requestId');
    failed(error, id);
    const message = `Something went wrong here. It is noted in the log under ${id}.`;
    return c.json(
      { errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: id } }] },
      500,
    );
  });
  return app;
}

/** Whether the database answers, and soon. */
async function answers(db: Db): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), readyLimitMs);
  });
  const query = db.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const answered = await Promise.race([query, late]);
  clearTimeout(timer);
  return answered;
}
