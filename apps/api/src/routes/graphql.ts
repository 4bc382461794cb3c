// GraphQL over HTTP, and subscriptions over SSE: who asks is known before anything is parsed.
import type { Context as ResolverContext, Viewer } from '@stockbook/sync/graphql';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { GraphqlServer } from '../graphql-server.ts';
import { requestScope } from '../request.ts';
import { ownOriginOnly, refusal } from '../security.ts';
import type { Streams } from '../streams.ts';
import type { ViewerOf } from '../viewer.ts';

export interface GraphqlRouteOptions {
  origin: string;
  server: GraphqlServer;
  streams: Streams;
  viewerOf: ViewerOf;
  contextOf: (viewer: Viewer, headers: Headers) => ResolverContext;
}

const bodyMaxBytes = 1024 * 1024;

export function createGraphqlRoute({ origin, server, streams, viewerOf, contextOf }: GraphqlRouteOptions) {
  const route = new Hono<{ Variables: { requestId: string } }>();
  route.use(ownOriginOnly(origin));
  route.use(
    bodyLimit({
      maxSize: bodyMaxBytes,
      onError: (c) => refusal(c, 413, 'PAYLOAD_TOO_LARGE', 'A GraphQL request has at most 1 MB.'),
    }),
  );
  route.all('/', async (c) => {
    const { headers } = c.req.raw;
    const outcome = await viewerOf(headers);
    if (outcome.kind === 'unknown') return refusal(c, 401, 'UNAUTHENTICATED', 'Sign in, or send an API key.');
    if (outcome.kind === 'refused')
      return refusal(c, 403, 'ORGANISATION_REFUSED', outcome.message, {
        organisations: outcome.organisations,
      });
    const { viewer, identity } = outcome;
    const resolverContext = contextOf(viewer, headers);
    const scope = { requestId: c.get('requestId'), organisation: viewer.organisation.id };
    const answer = await requestScope.run(scope, () => server.fetch(c.req.raw, { resolverContext }));
    for (const cookie of identity.cookies) answer.headers.append('set-cookie', cookie);
    return streams.watch(answer, identity, viewer.organisation.id);
  });
  return route;
}
