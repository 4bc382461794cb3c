// The HTTP server's addresses but those of the Accounting API, and how a reply becomes a response.
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { controlRoutes } from './control.ts';
import { serverError } from './fault/fault-reply.ts';
import { sendWire } from './fault/wire.ts';
import { answerIdentity } from './identity/faulty.ts';
import { identityRoutes } from './identity/routes.ts';
import { pageRoutes } from './pages/routes.ts';
import type { Reply } from './reply.ts';
import type { World } from './world.ts';

type Served = { Bindings: HttpBindings };

/** `ready` holds requests back until the journal is replayed. */
export function createApp(world: World, ready: Promise<void>): Hono<Served> {
  const app = new Hono<Served>();
  app.use(async (_context, next) => {
    await ready;
    await next();
  });
  app.route('/', pageRoutes(world));
  const identity = identityRoutes(world);
  app.use(async (context, next) => {
    if (!/^\/connect(ions)?(\/|$)/.test(context.req.path)) return next();
    const reply = await answerIdentity(world, context.req.raw, (request) => identity.fetch(request));
    return send(world, context, reply);
  });
  app.route('/', identity);
  app.route('/__sandbox', controlRoutes(world));
  app.onError((error) => {
    console.error(error);
    return toResponse(serverError());
  });
  return app;
}

async function send(world: World, context: Context<Served>, reply: Reply): Promise<Response> {
  if (reply.wire === undefined) return toResponse(reply);
  await sendWire(world.clock, context.env.outgoing, reply, reply.wire);
  return RESPONSE_ALREADY_SENT;
}

function toResponse(reply: Reply): Response {
  const body = reply.status === 204 ? null : reply.body;
  const type = body === null || body === '' ? {} : { 'Content-Type': reply.contentType };
  return new Response(body, { status: reply.status, headers: { ...type, ...reply.headers } });
}
