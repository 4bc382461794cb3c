// What protects the browser: headers on every answer, and a check of where a request comes from.
import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** The page may run its own scripts only: those of our address, and the inline ones whose text we built. */
export function headers(origin: string, inlineScripts: readonly string[]): MiddlewareHandler {
  const https = origin.startsWith('https:');
  const socket = origin.replace(/^http/, 'ws');
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", ...inlineScripts.map(hashSource)],
      styleSrc: ["'self'"],
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'", socket],
      fontSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      objectSrc: ["'none'"],
    },
    strictTransportSecurity: https ? 'max-age=31536000' : false,
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
  });
}

function hashSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/**
 * Whether a request may come from a page that is not ours. A browser names its origin in every request that can do harm;
 * one with a cookie that names none must at least not come from another site.
 */
export function foreign(request: Headers, origin: string): boolean {
  const named = request.get('origin');
  if (named !== null) return named !== origin;
  const site = request.get('sec-fetch-site');
  return request.has('cookie') && site !== null && site !== 'same-origin' && site !== 'none';
}

/** Refuses foreign requests with 403, in the shape of a GraphQL answer, which says enough for other routes too. */
export function ownOriginOnly(origin: string): MiddlewareHandler {
  return async (c, next) => {
    if (foreign(c.req.raw.headers, origin))
      return refusal(c, 403, 'FORBIDDEN', 'This address does not serve other sites.');
    await next();
  };
}

export function refusal(
  c: Context,
  status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503,
  code: string,
  message: string,
  more: { [key: string]: unknown } = {},
): Response {
  // What was too long was not read to its end: the connection cannot be used again.
  if (status === 413) c.header('connection', 'close');
  return c.json({ errors: [{ message, extensions: { code, ...more } }] }, status);
}
