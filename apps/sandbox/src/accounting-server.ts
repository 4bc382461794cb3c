// The Accounting API over Node's HTTP server, beside the framework of the other addresses: it carries nearly every call, and the long ones.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from './call/accounting.ts';
import { answerLogged } from './call/logged.ts';
import { serverError } from './fault/fault-reply.ts';
import { sendWire } from './fault/wire.ts';
import { option } from './options.ts';
import { bodyBytes, plainText, type Reply } from './reply.ts';
import type { World } from './world.ts';

const accountingPath = '/api.xro/2.0';
const bodyBytesMax = { '10MB': 10 * 1024 * 1024, '3.5MB': 3.5 * 1024 * 1024 };

/** Files have limits of their own, which their replies tell (XERO.md 8). */
const fileBytesMax = 25 * 1024 * 1024;

/** The address of an Accounting call; undefined for any other. */
export function accountingUrl(address: string | undefined): URL | undefined {
  if (address === undefined || !address.includes(accountingPath)) return undefined;
  // Addresses with a host of their own are for proxies; the host means nothing here.
  const url = URL.canParse(address, 'http://localhost') ? new URL(address, 'http://localhost') : undefined;
  const path = url?.pathname ?? '';
  return path === accountingPath || path.startsWith(`${accountingPath}/`) ? url : undefined;
}

/** Answers one call; a caller that goes away in the middle of its body is left alone. */
export async function serveAccounting(
  world: World,
  url: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const limit = option(world, 'body-limit');
    const isFile = /\/attachments\/[^/]+$/i.test(url.pathname);
    const read = await readBody(incoming, isFile ? fileBytesMax : bodyBytesMax[limit]);
    if (read.kind === 'gone') return;
    const reply =
      read.kind === 'body'
        ? await answer(world, url, incoming, read.body)
        : plainText(413, `The request is larger than ${limit.replace('MB', ' MB')}.`);
    if (reply.wire === undefined) send(outgoing, reply);
    else await sendWire(world.clock, outgoing, reply, reply.wire);
  } catch (error) {
    console.error(error);
    if (outgoing.headersSent) outgoing.destroy();
    else send(outgoing, serverError());
  }
}

async function answer(world: World, url: URL, incoming: IncomingMessage, body: Buffer): Promise<Reply> {
  const segments = decodePath(url.pathname.slice(accountingPath.length + 1));
  if (segments === undefined) return plainText(400, 'The address is not percent-encoded correctly.');
  const { method = 'GET' } = incoming;
  const call: Call = { method, segments, url, headers: headersOf(incoming), readBody: async () => body };
  return answerLogged(world, call);
}

function headersOf({ headers }: IncomingMessage): Call['headers'] {
  return {
    get(name) {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
  };
}

function send(outgoing: ServerResponse, reply: Reply): void {
  const body = bodyBytes(reply.body);
  const hasBody = reply.status !== 204 && body.length > 0;
  outgoing.writeHead(reply.status, {
    ...(hasBody ? { 'Content-Type': reply.contentType } : {}),
    ...(reply.status === 204 ? {} : { 'Content-Length': body.length }),
    ...reply.headers,
  });
  if (hasBody) outgoing.end(body);
  else outgoing.end();
}

type Read =
  | { readonly kind: 'body'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'gone' };

function readBody(incoming: IncomingMessage, bytesMax: number): Promise<Read> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // What is too much is let go by to its end: a connection closed before would be reset, and the refusal lost.
      if (bytes > bytesMax) chunks.length = 0;
      else chunks.push(chunk);
    });
    incoming.once('end', () => {
      if (bytes > bytesMax) resolve({ kind: 'too-large' });
      else resolve({ kind: 'body', body: Buffer.concat(chunks, bytes) });
    });
    incoming.once('error', () => resolve({ kind: 'gone' }));
    incoming.once('close', () => resolve({ kind: 'gone' }));
  });
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
