// GraphQL execution: Yoga with limits on what may be asked, and errors that are either meant for people or masked.
import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor';
import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { refusalWords } from '@stockbook/db';
import {
  ConflictError,
  type Context,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
} from '@stockbook/sync/graphql';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { requestId } from './request.ts';
import type { HeardWrites } from './writes.ts';

/** What a transport hands in with a request: the resolver's context, made once the viewer is known. */
export interface ServerContext {
  resolverContext: Context;
}

export type GraphqlServer = ReturnType<typeof createGraphqlServer>;

/** A header that a page of another site cannot set; asked of requests that a plain form could make. */
export const csrfHeader = 'x-graphql-yoga-csrf';

/** Deep enough for our own documents and for introspection by tools; `first` bounds the rest. */
const limits = {
  maxDepth: { n: 14 },
  maxAliases: { n: 30 },
  maxTokens: { n: 4_000 },
  maxDirectives: { n: 50 },
  costLimit: { enabled: false },
  blockFieldSuggestion: { enabled: false },
};

export function createGraphqlServer(schema: GraphQLSchema, log: Logger, writes: HeardWrites) {
  return createYoga<ServerContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    cors: false,
    logging: false,
    plugins: [useCSRFPrevention({ requestHeaders: [csrfHeader] }), EnvelopArmorPlugin(limits), refuseNul],
    // Yoga's own Response is a stream that node-server must probe: the platform's is five times as fast. With it goes the
    // platform's ReadableStream: any other would be wrapped, and the wrapper throws when a client leaves.
    fetchAPI: { Response: globalThis.Response, ReadableStream: globalThis.ReadableStream },
    context: ({ resolverContext }) => resolverContext,
    maskedErrors: { maskError: (error) => maskError(error, log, writes) },
  });
}

/** PostgreSQL's text cannot hold the character NUL: it is refused here once, not at each field. */
const refuseNul: Plugin = {
  onExecute: ({ args, setResultAndStopExecution }) => {
    if (hasNul(args)) setResultAndStopExecution(nulRefused);
  },
  onSubscribe: ({ args, setResultAndStopExecution }) => {
    if (hasNul(args)) setResultAndStopExecution(nulRefused);
  },
};

const nulRefused = {
  errors: [
    new GraphQLError('Text cannot hold the character NUL.', { extensions: { code: 'BAD_USER_INPUT' } }),
  ],
};

/** In a document NUL can only be written as an escape; as JSON it is one in variables too. */
function hasNul({ document, variableValues }: ExecutionArgs): boolean {
  const text = `${document.loc?.source.body ?? ''} ${JSON.stringify(variableValues ?? {})}`;
  return /\\u(0000|\{0+\})/.test(text);
}

function maskError(error: unknown, log: Logger, writes: HeardWrites): Error {
  const original = error instanceof GraphQLError ? (error.originalError ?? undefined) : error;
  if (error instanceof GraphQLError && (original === undefined || original instanceof GraphQLError))
    return error;
  const code = codeOf(original);
  if (code && original instanceof Error) return placed(error, original.message, { code });
  const refusal = writes.notice(original);
  if (refusal !== undefined) {
    log.warn({ refusal, requestId: requestId() }, refusalWords(refusal));
    return placed(error, refusalWords(refusal), { code: readOnlyCode, reason: refusal });
  }
  log.error({ err: original, requestId: requestId() }, 'A request failed on an error of ours.');
  const message = `Something went wrong here. It is noted in the log under ${requestId()}.`;
  return placed(error, message, { code: 'INTERNAL_SERVER_ERROR', requestId: requestId() });
}

/** What is asked for cannot be kept, by anybody, until somebody sees to the database. */
export const readOnlyCode = 'DATABASE_READ_ONLY';

/** A new error at the place of the old one. */
function placed(error: unknown, message: string, extensions: Record<string, string>): GraphQLError {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  return new GraphQLError(message, { nodes: error.nodes ?? null, path: error.path ?? null, extensions });
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof InvalidInputError) return 'BAD_USER_INPUT';
  if (error instanceof NotFoundError) return 'NOT_FOUND';
  if (error instanceof ForbiddenError) return 'FORBIDDEN';
  return error instanceof ConflictError ? 'CONFLICT' : undefined;
}
