// A far end that gives whatever answer a test asks for and keeps what it was sent: real HTTP, for what a sandbox never says.
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { XeroOptions } from '../src/api.ts';

export interface Request {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Ends the connection without an answer. */
  drop?: boolean;
  /** Takes the request and never answers. */
  silent?: boolean;
  /** Sends the body byte by byte, one in 20 ms. */
  trickle?: boolean;
}

export interface FarEnd {
  options: XeroOptions;
  requests: Request[];
  /** What the next requests are answered with; the last reply stays. */
  replies: Reply[];
  close: () => Promise<void>;
}

export async function createFarEnd(): Promise<FarEnd> {
  const requests: Request[] = [];
  const replies: Reply[] = [];
  const listener: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      requests.push({
        method: request.method ?? '',
        url,
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      });
      const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? { status: 500 };
      if (reply.silent) return;
      if (reply.drop) return void request.socket.destroy();
      response.writeHead(reply.status, {
        'content-type': typeof reply.body === 'string' ? 'text/html' : 'application/json',
        ...reply.headers,
      });
      const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
      if (reply.trickle) trickle(response, text);
      else response.end(text);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    requests,
    replies,
    options: {
      apiUrl: `http://127.0.0.1:${port}/api.xro/2.0`,
      tenantId: 'a-tenant',
      accessToken: async () => ({ kind: 'token', token: 'a-token' }),
      timeoutMs: 2000,
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function trickle(response: ServerResponse, text: string): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(text.slice(sent, sent + 1));
    sent += 1;
    if (sent < text.length) return;
    clearInterval(timer);
    response.end();
  }, 20);
  response.on('close', () => clearInterval(timer));
}
