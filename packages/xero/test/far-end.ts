// A far end that gives whatever answer a test asks for and keeps what it was sent: real HTTP, for what a sandbox never says.
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
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
      const isText = typeof reply.body === 'string';
      response.writeHead(reply.status, {
        'content-type': isText ? 'text/html' : 'application/json',
        ...reply.headers,
      });
      response.end(isText ? reply.body : JSON.stringify(reply.body ?? {}));
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
