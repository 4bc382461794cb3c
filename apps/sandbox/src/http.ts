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
  app.use(async (context, next) => {
    await ready;
    await next();
    if (!context.env.incoming.complete) await takeIn(context.req.raw.body);
  });
  app.route('/', pageRoutes(world));
  const identity = identityRoutes(world);
  identity.onError((error) => {
    throw error;
  });
  app.use(async (context, next) => {
    if (!/^\/connect(ions)?(\/|$)/.test(context.req.path)) return next();
    const reply = await answerIdentity(world, context.req.raw, (request) => identity.fetch(request));
    return send(world, context, reply);
  });
  app.route('/', identity);
  app.route('/__sandbox', controlRoutes(world));
  app.onError((error, { env: { incoming } }) => {
    // Who hangs up in the middle of a body reads no answer, and nothing is wrong here.
    if (incoming.destroyed && !incoming.complete) return new Response(null, { status: 400 });
    console.error(error);
    return toResponse(serverError());
  });
  return app;
}

/** Reads what is still being sent: a connection closed before that is reset, and its caller never sees the refusal. */
async function takeIn(body: ReadableStream | null): Promise<void> {
  if (body === null || body.locked) return;
  const signal = AbortSignal.timeout(takeInMaxMs);
  // That the caller goes away, or sends no more, changes nothing of the answer.
  await body.pipeTo(new WritableStream(), { signal }).catch(() => undefined);
}

const takeInMaxMs = 2_000;

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
