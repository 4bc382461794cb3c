// Between the engine and the sandbox: asks for one verdict over all elements of a request, as a Xero does that overlooks what it was asked.
import { createServer } from 'node:http';

export interface Summarising {
  url: string;
  close(): Promise<void>;
}

export async function startSummarising(sandboxUrl: string): Promise<Summarising> {
  const server = createServer(async (incoming, outgoing) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece);
    const address = (incoming.url ?? '').replace('summarizeErrors=false', 'summarizeErrors=true');
    const { host: _host, connection: _connection, 'content-length': _length, ...kept } = incoming.headers;
    const headers = Object.entries(kept).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    );
    // What xero-node sends along with a GET says nothing.
    const body = incoming.method === 'GET' ? null : Buffer.concat(pieces);
    const answer = await fetch(`${sandboxUrl}${address}`, {
      method: incoming.method ?? 'GET',
      headers,
      body,
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    outgoing.writeHead(answer.status, { 'Content-Type': type });
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
