// The addresses of the identity server.
import { Hono } from 'hono';
import type { World } from '../world.ts';
import { type AuthorizeAnswer, authorizePath, decideAuthorize, startAuthorize } from './authorize.ts';
import { endConnection, listConnections } from './connections.ts';
import { knownScopes } from './scope.ts';
import { keySet } from './signing.ts';
import { signingKeyOf } from './signing-key.ts';
import { answerRevocation, answerToken } from './token.ts';
import type { TokenAnswer } from './token-issue.ts';

export function identityRoutes(world: World): Hono {
  const app = new Hono();
  app.get(authorizePath, async (context) =>
    respond(await startAuthorize(world, new URL(context.req.url).searchParams)),
  );
  app.post(authorizePath, async (context) => {
    const form = new URLSearchParams(await context.req.text());
    return respond(await decideAuthorize(world, new URL(context.req.url).searchParams, form));
  });
  app.post('/connect/token', async (context) => {
    const form = new URLSearchParams(await context.req.text());
    const { origin } = new URL(context.req.url);
    return tokenResponse(await answerToken(world, context.req.header('authorization'), form, origin));
  });
  app.post('/connect/revocation', async (context) => {
    const form = new URLSearchParams(await context.req.text());
    return tokenResponse(await answerRevocation(world, context.req.header('authorization'), form));
  });
  app.get('/connections', (context) => {
    const reply = listConnections(
      world,
      context.req.header('authorization'),
      context.req.query('authEventId') ?? null,
    );
    return new Response(reply.body, { status: reply.status, headers: { 'Content-Type': reply.contentType } });
  });
  app.delete('/connections/:id', async (context) => {
    const reply = await endConnection(world, context.req.header('authorization'), context.req.param('id'));
    return new Response(reply.status === 204 ? null : reply.body, { status: reply.status });
  });
  app.get('/.well-known/openid-configuration', (context) =>
    context.json(discovery(new URL(context.req.url).origin)),
  );
  app.get(keysPath, async (context) => {
    return context.json(keySet(await signingKeyOf(world)));
  });
  return app;
}

const keysPath = '/.well-known/openid-configuration/jwks';

function discovery(origin: string): Record<string, unknown> {
  return {
    issuer: origin,
    jwks_uri: origin + keysPath,
    authorization_endpoint: origin + authorizePath,
    token_endpoint: `${origin}/connect/token`,
    revocation_endpoint: `${origin}/connect/revocation`,
    scopes_supported: knownScopes,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256'],
  };
}

function respond(answer: AuthorizeAnswer): Response {
  if (answer.kind === 'redirect')
    return new Response(null, { status: 302, headers: { Location: answer.location } });
  return new Response(answer.html, {
    status: answer.status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
}

function tokenResponse(answer: TokenAnswer): Response {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  return new Response(answer.body === undefined ? '' : JSON.stringify(answer.body), {
    status: answer.status,
    headers,
  });
}
