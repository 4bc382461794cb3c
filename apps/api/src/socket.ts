// GraphQL over WebSocket on the same port: refused at the upgrade without a credential, closed when it is revoked.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Context as ResolverContext, Viewer } from '@stockbook/sync/graphql';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GraphqlServer } from './graphql-server.ts';
import { requestScope } from './request.ts';
import type { Streams } from './streams.ts';
import { chooseOrganisation, type Identify, type Identity } from './viewer.ts';

export interface SocketOptions {
  http: Server;
  origin: string;
  server: GraphqlServer;
  streams: Streams;
  identify: Identify;
  contextOf: (viewer: Viewer, headers: Headers) => ResolverContext;
}

interface Caller {
  identity: Identity;
  headers: Headers;
  viewer: Viewer | undefined;
}

const protocol = 'graphql-transport-ws';
const messageMaxBytes = 64 * 1024;
const subscriptionMax = 50;
/** What waits unsent for a client that does not read; beyond it the socket is closed and the client comes again. */
const unsentMaxBytes = 4 * 1024 * 1024;
const revokedCode = 4403;
const unreadCode = 4429;

/** Returns what ends all sockets in order. */
export function serveSockets(options: SocketOptions): { stop(): Promise<void> } {
  const { http, origin, identify, streams } = options;
  const callers = new WeakMap<IncomingMessage, Caller>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageMaxBytes,
    handleProtocols: (offered) => (offered.has(protocol) ? protocol : false),
  });
  const graphql = serveGraphql(sockets, callers, options);
  let stopped = false;

  http.on('upgrade', (request, stream, head) => {
    stream.on('error', () => undefined);
    const headers = headersOf(request);
    const refused = refusalOf(request, headers, origin, stopped);
    if (refused) return refuse(stream, refused);
    identify(headers).then(
      (identity) => {
        if (!identity) return refuse(stream, '401 Unauthorized');
        if (stream.destroyed) return;
        callers.set(request, { identity, headers, viewer: undefined });
        sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
      },
      () => refuse(stream, '500 Internal Server Error'),
    );
  });

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const caller = callers.get(request);
    if (!caller) return socket.terminate();
    const close = () => socket.close(revokedCode, 'This credential no longer holds.');
    const forget = streams.open(caller.identity, undefined, close);
    socket.on('close', forget);
  });

  return {
    async stop() {
      stopped = true;
      await graphql.dispose();
    },
  };
}

function serveGraphql(
  sockets: WebSocketServer,
  callers: WeakMap<IncomingMessage, Caller>,
  { server, contextOf }: SocketOptions,
) {
  /** Each operation's own functions, as the server's plugins made them. */
  const engines = new WeakMap<object, Engine>();
  return useServer(
    {
      onConnect: ({ extra, connectionParams }) => {
        const caller = callers.get(extra.request);
        const named = connectionParams?.organisation;
        if (!caller || (named !== undefined && typeof named !== 'string')) return false;
        const outcome = chooseOrganisation(caller.identity, named ?? caller.headers.get('x-organisation'));
        if (outcome.kind !== 'known') return false;
        caller.viewer = outcome.viewer;
        return true;
      },
      onSubscribe: async ({ extra, subscriptions }, id, params) => {
        const caller = callers.get(extra.request);
        if (!caller?.viewer) return [new GraphQLError('This socket has no organisation.')];
        if (Object.keys(subscriptions).length > subscriptionMax)
          return [new GraphQLError(`A socket has at most ${subscriptionMax} subscriptions.`)];
        const resolverContext = contextOf(caller.viewer, caller.headers);
        const engine = server.getEnveloped({ resolverContext });
        const { schema, parse, validate, contextFactory } = engine;
        // Limits throw from parse and validate: uncaught they would close the whole socket.
        try {
          const document = parse(params.query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          const contextValue = await contextFactory();
          const { operationName, variables: variableValues } = params;
          const args = { schema, document, operationName, variableValues, contextValue };
          const organisation = caller.viewer.organisation.id;
          engines.set(args, { ...engine, scope: { requestId: `socket-${id}`, organisation } });
          return args;
        } catch (error) {
          return [error instanceof GraphQLError ? error : new GraphQLError('The document cannot be read.')];
        }
      },
      onNext: ({ extra: { socket } }) => {
        if (socket.bufferedAmount > unsentMaxBytes) socket.close(unreadCode, 'This client does not read.');
      },
      execute: (args) => inScope(engines.get(args), (engine) => engine.execute(args)),
      subscribe: (args) => inScope(engines.get(args), (engine) => engine.subscribe(args)),
    },
    sockets,
  );
}

interface Engine {
  execute: (args: ExecutionArgs) => ReturnType<GraphqlEngine['execute']>;
  subscribe: (args: ExecutionArgs) => ReturnType<GraphqlEngine['subscribe']>;
  scope: { requestId: string; organisation: string };
}

type GraphqlEngine = ReturnType<GraphqlServer['getEnveloped']>;

function inScope<T>(engine: Engine | undefined, run: (engine: Engine) => T): T {
  if (!engine) throw new Error('An operation was run that had not been subscribed to.');
  return requestScope.run(engine.scope, () => run(engine));
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** A browser always names its origin at an upgrade: a cookie without one is not a browser's. */
function refusalOf(
  request: IncomingMessage,
  headers: Headers,
  origin: string,
  stopped: boolean,
): string | undefined {
  if (stopped) return '503 Service Unavailable';
  if ((request.url ?? '').split('?')[0] !== '/graphql') return '404 Not Found';
  const named = headers.get('origin');
  const allowed = named === null ? !headers.has('cookie') : named === origin;
  return allowed ? undefined : '403 Forbidden';
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
