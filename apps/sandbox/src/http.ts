// The HTTP server's addresses, and how a reply becomes a response.
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { answerLogged } from './call/logged.ts';
import { controlRoutes } from './control.ts';
import { serverError } from './fault/fault-reply.ts';
import { sendWire } from './fault/wire.ts';
import { answerIdentity } from './identity/faulty.ts';
import { identityRoutes } from './identity/routes.ts';
import { option } from './options.ts';
import { pageRoutes } from './pages/routes.ts';
import { plainText, type Reply } from './reply.ts';
import type { World } from './world.ts';

/** Files have limits of their own, which their replies tell (XERO.md 8). */
const fileBytesMax = 25 * 1024 * 1024;

const bodyBytesMax = { '10MB': 10 * 1024 * 1024, '3.5MB': 3.5 * 1024 * 1024 };
const accountingPath = '/api.xro/2.0';

type Served = { Bindings: HttpBindings };

/** `ready` holds requests back until the journal is replayed. */
export function createApp(world: World, ready: Promise<void>): Hono<Served> {
  const app = new Hono<Served>();
  app.use(async (_context, next) => {
    await ready;
    await next();
  });
  app.use(`${accountingPath}/*`, async (context, next) => {
    const limit = option(world, 'body-limit');
    const text = `The request is larger than ${limit.replace('MB', ' MB')}.`;
    const onError = () => toResponse(plainText(413, text));
    const isFile = /\/attachments\/[^/]+$/i.test(context.req.path);
    return bodyLimit({ maxSize: isFile ? fileBytesMax : bodyBytesMax[limit], onError })(context, next);
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
  app.all(`${accountingPath}/*`, async (context) => {
    const { req } = context;
    const url = new URL(req.url);
    const segments = decodePath(url.pathname.slice(accountingPath.length + 1));
    if (segments === undefined)
      return toResponse(plainText(400, 'The address is not percent-encoded correctly.'));
    const readBody = async () => Buffer.from(await req.arrayBuffer());
    const call = { method: req.method, segments, url, headers: req.raw.headers, readBody };
    return send(world, context, await answerLogged(world, call));
  });
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
  const body = reply.status === 204 ? null : (reply.bytes ?? reply.body);
  const type = body === null || body === '' ? {} : { 'Content-Type': reply.contentType };
  return new Response(body, { status: reply.status, headers: { ...type, ...reply.headers } });
}

function decodePath(path: string): string[] | undefined {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
