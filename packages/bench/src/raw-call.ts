// HTTP calls with as little work as can be: bodies are bytes both ways, so that a bench's client costs next to nothing.
import { Agent, request } from 'node:http';

export interface RawAnswer {
  status: number;
  body: Buffer;
}

export type RawCall = (
  method: string,
  url: string,
  body?: Buffer,
  headers?: Readonly<Record<string, string>>,
) => Promise<RawAnswer>;

/** `headers` go with every call; connections are kept. */
export function createRawCall(headers: Readonly<Record<string, string>>): RawCall {
  const agent = new Agent({ keepAlive: true });
  return (method, url, body, more = {}) =>
    new Promise((resolve, reject) => {
      const length = { 'Content-Length': String(body?.length ?? 0) };
      const options = { method, agent, headers: { ...headers, ...more, ...length } };
      const sent = request(url, options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }),
        );
      });
      sent.once('error', reject);
      sent.end(body);
    });
}
