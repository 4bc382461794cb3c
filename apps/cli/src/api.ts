// The GraphQL client: questions and uploads over HTTP, news over a socket, with the key of a program.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Document } from './documents/document.ts';
import type { Env } from './env.ts';
import { Sentence } from './sentence.ts';
import { hear } from './socket.ts';
import { streamOf } from './stream.ts';

export interface Api {
  /** The server's origin. */
  url: string;
  /** Asks once. Throws a Sentence when the server is away, refuses the key, or answers with errors. */
  ask<Answer>(document: Document<Answer>, variables?: Record<string, unknown>): Promise<Answer>;
  /** Sends a body, streamed; `problem` is what the server has against it. */
  put(
    path: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ kind: 'taken' } | { kind: 'refused'; problem: string }>;
  /** Hears a subscription until the answered function is called. A lost socket is opened again. */
  hear<News>(
    document: Document<News>,
    variables: Record<string, unknown>,
    onNews: (news: News) => void,
  ): () => void;
}

const ANSWER_LIMIT_MS = 180_000;

export async function createApi(env: Env): Promise<Api> {
  const authorization = `Bearer ${await readKey(env)}`;
  return {
    url: env.url,
    ask: async (document, variables = {}) => {
      const body = JSON.stringify({ query: document.text, variables });
      const headers = { authorization, 'content-type': 'application/json', accept: 'application/json' };
      const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
      const response = await reached(env.url, () =>
        fetch(`${env.url}/graphql`, { method: 'POST', headers, body, signal }),
      );
      return parseAnswer(document, await parseBody(env, response));
    },
    put: (path, body) => put(env, authorization, path, body),
    hear: (document, variables, onNews) => hear(env.url, authorization, document, variables, onNews),
  };
}

async function readKey({ key }: Env): Promise<string> {
  if (key.kind === 'given') return key.key;
  const text = await readFile(key.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new Sentence(
        `There is no key in ${key.path}: run npm start once, it writes one; or set STOCKBOOK_API_KEY.`,
      );
    throw new Sentence(
      `The key in ${key.path} cannot be read (${error.code ?? error.message}): set STOCKBOOK_API_KEY.`,
    );
  });
  return text.trim();
}

async function reached(url: string, call: () => Promise<Response>): Promise<Response> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new Sentence(`Stockbook at ${url} did not answer within ${ANSWER_LIMIT_MS / 1000} seconds.`);
    throw new Sentence(
      `Stockbook does not answer at ${url}: run npm start, or set STOCKBOOK_URL (${causeOf(error)}).`,
    );
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && 'code' in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : error.message;
}

const envelope = z.object({
  data: z.unknown(),
  errors: z.optional(z.array(z.object({ message: z.string() }))),
});

async function parseBody(env: Env, response: Response): Promise<z.infer<typeof envelope>> {
  assertWelcome(env, response);
  const text = await response.text();
  const body = envelope.safeParse(parseJson(text));
  if (body.success) return body.data;
  throw new Sentence(
    `${env.url} is no Stockbook: it answered ${response.status} and no GraphQL. Set STOCKBOOK_URL or PORT.`,
  );
}

function assertWelcome(env: Env, response: Response): void {
  if (response.status !== 401 && response.status !== 403) return;
  const source = env.key.kind === 'given' ? 'STOCKBOOK_API_KEY' : env.key.path;
  throw new Sentence(
    `Stockbook at ${env.url} does not know the key of ${source}: set STOCKBOOK_API_KEY to one it gave out.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseAnswer<Answer>(document: Document<Answer>, { data, errors }: z.infer<typeof envelope>): Answer {
  if (errors && errors.length > 0) throw new Sentence(errors.map(({ message }) => message).join(' '));
  const answer = document.answer.safeParse(data);
  if (answer.success) return answer.data;
  const [issue] = answer.error.issues;
  throw new Sentence(
    `The server's answer is not what this version knows (${issue?.path.join('.')}: ${issue?.message}).`,
  );
}

const refusal = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

async function put(env: Env, authorization: string, path: string, body: AsyncIterable<Uint8Array>) {
  const headers = { authorization, 'content-type': 'application/octet-stream' };
  const request = { method: 'PUT', headers, body: streamOf(body), duplex: 'half' as const };
  const response = await reached(env.url, () => fetch(`${env.url}${path}`, request));
  assertWelcome(env, response);
  const text = await response.text();
  if (response.ok) return { kind: 'taken' as const };
  const said = refusal.safeParse(parseJson(text));
  const words = said.success ? said.data.errors.map(({ message }) => message).join(' ') : '';
  return { kind: 'refused' as const, problem: words || `the server answered ${response.status}` };
}
