// The HTTP server's addresses, and how a reply becomes a response.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { answerCall } from './call/accounting.ts';
import { controlRoutes } from './control.ts';
import { homePage } from './home.ts';
import { identityRoutes } from './identity/routes.ts';
import { apiException, plainText, type Reply } from './reply.ts';
import type { World } from './world.ts';

const bodyBytesMax = 10 * 1024 * 1024;
const accountingPath = '/api.xro/2.0';

/** `ready` holds requests back until the journal is replayed. */
export function createApp(world: World, ready: Promise<void>): Hono {
  const app = new Hono();
  app.use(async (_context, next) => {
    await ready;
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: bodyBytesMax,
      onError: () => toResponse(plainText(413, 'The request is larger than 10 MB.')),
    }),
  );
  app.get('/', (context) => context.html(homePage(world, new URL(context.req.url).origin)));
  app.route('/', identityRoutes(world));
  app.route('/__sandbox', controlRoutes(world));
  app.all(`${accountingPath}/*`, async (context) => {
    const { req } = context;
    const url = new URL(req.url);
    const segments = decodePath(url.pathname.slice(accountingPath.length + 1));
    if (segments === undefined)
      return toResponse(plainText(400, 'The address is not percent-encoded correctly.'));
    const readBody = async () => Buffer.from(await req.arrayBuffer());
    const call = { method: req.method, segments, url, headers: req.raw.headers, readBody };
    return toResponse(await answerCall(world, call));
  });
  app.onError((error) => {
    console.error(error);
    const message =
      'An error occurred in Xero. Check the API Status page https://developer.xero.com for current service status.';
    return toResponse(apiException(500, 500, 'UnknownErrorException', message));
  });
  return app;
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
