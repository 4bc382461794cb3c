// A receiver of webhooks for tests, which checks signatures as Xero asks.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { look } from './xero.ts';

export type Message = {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly value: unknown;
};

export type Receiver = {
  readonly url: string;
  /** Messages that were signed rightly and hold events. */
  readonly received: Message[];
  /** Messages that were signed rightly and hold none. */
  readonly empty: Message[];
  readonly events: () => unknown[];
  /** Answers what is signed rightly; 200 without a body unless a test says otherwise. */
  answer: (response: ServerResponse) => void;
};

export const signingKey = 'the signing key';

/** Starts one for the tests of a file and forgets what it received before each. */
export function useReceiver(): Receiver {
  let url = '';
  const received: Message[] = [];
  const empty: Message[] = [];
  const receiver: Receiver = {
    get url() {
      return url;
    },
    received,
    empty,
    events: () =>
      received.flatMap(({ value }) => {
        const list = look(value, 'events');
        return Array.isArray(list) ? list : [];
      }),
    answer: accept,
  };
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      const signature = createHmac('sha256', signingKey).update(body).digest('base64');
      const { headers } = request;
      if (headers['x-xero-signature'] !== signature) {
        response.writeHead(401).end();
        return;
      }
      const value: unknown = JSON.parse(body.toString());
      const list = look(value, 'events.0') === undefined ? empty : received;
      list.push({ headers, text: body.toString(), value });
      receiver.answer(response);
    });
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://localhost:${typeof address === 'object' ? address?.port : 0}/hook`;
  });
  beforeEach(() => {
    received.length = 0;
    empty.length = 0;
    receiver.answer = accept;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return receiver;
}

function accept(response: ServerResponse): void {
  response.writeHead(200).end();
}
