// The routes of better-auth that are open, and no others; sign-in is also counted per account.
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Db } from '@stockbook/db';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { type Auth, noteAttempt, openRoutes, throttled } from '../auth.ts';
import { refusal } from '../security.ts';

const bodyMaxBytes = 64 * 1024;
const signInSchema = z.object({ email: z.string().max(320) });

export function createAuthRoute({ db, auth }: { db: Db; auth: Auth }) {
  const route = new Hono().basePath('/auth');
  route.use(
    bodyLimit({
      maxSize: bodyMaxBytes,
      onError: (c) => refusal(c, 413, 'PAYLOAD_TOO_LARGE', 'A request to sign in has at most 64 kB.'),
    }),
  );
  route.all('/*', async (c) => {
    const path = c.req.path.replace(/^\/auth/, '');
    if (!openRoutes.includes(`${c.req.method} ${path}`))
      return refusal(c, 404, 'NOT_FOUND', 'There is nothing at this address.');
    // A link followed from another site would sign its reader in as somebody else.
    if (path === '/magic-link/verify' && c.req.header('sec-fetch-site') === 'cross-site')
      return c.redirect(`/sign-in?token=${encodeURIComponent(c.req.query('token') ?? '')}`);
    const request = withClientAddress(c.req.raw, getConnInfo(c).remote.address ?? '');
    if (path !== '/sign-in/email') return auth.handler(request);
    const body: unknown = await request
      .clone()
      .json()
      .catch(() => undefined);
    const parsed = signInSchema.safeParse(body);
    if (!parsed.success) return auth.handler(request);
    const { email } = parsed.data;
    if (await throttled(db, email))
      return refusal(
        c,
        429,
        'TOO_MANY_ATTEMPTS',
        'Too many wrong passwords: wait 15 minutes, or ask for a sign-in link.',
      );
    const answer = await auth.handler(request);
    if (answer.status === 200 || answer.status === 401) await noteAttempt(db, email, answer.status === 200);
    return answer;
  });
  return route;
}

/** better-auth counts attempts by this header: it is ours, whatever the client sent. */
function withClientAddress(request: Request, address: string): Request {
  const headers = new Headers(request.headers);
  headers.delete('x-forwarded-for');
  headers.set('x-client-ip', address);
  return new Request(request, { headers });
}
