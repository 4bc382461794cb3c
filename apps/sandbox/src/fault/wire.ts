// Sends replies that do not arrive as they should: not at all, up to some byte, or piece by piece.
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { bodyBytes, type Reply } from '../reply.ts';

export type Wire =
  | { readonly kind: 'silence'; readonly holdMs: number }
  | { readonly kind: 'reset'; readonly bytes: number }
  | { readonly kind: 'trickle'; readonly bytes: number; readonly delayMs: number };

/** Resolves when the connection is done with; all waits are simulated time and end when the caller goes away. */
export async function sendWire(
  clock: Clock,
  outgoing: ServerResponse,
  reply: Reply,
  wire: Wire,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  switch (wire.kind) {
    case 'silence':
      await clock.wait(wire.holdMs, gone.signal);
      outgoing.destroy();
      return;
    case 'reset':
      return reset(outgoing, reply, wire.bytes);
    case 'trickle':
      return trickle(clock, outgoing, reply, wire, gone.signal);
  }
}

async function reset(outgoing: ServerResponse, reply: Reply, bytes: number): Promise<void> {
  if (bytes === 0) {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const body = begin(outgoing, reply);
  // Ended, not reset: what a reset overtakes would be lost too, and these bytes are to arrive.
  await new Promise<void>((resolve) => outgoing.write(body.subarray(0, bytes), () => resolve()));
  outgoing.socket?.destroy();
}

async function trickle(
  clock: Clock,
  outgoing: ServerResponse,
  reply: Reply,
  wire: { readonly bytes: number; readonly delayMs: number },
  gone: AbortSignal,
): Promise<void> {
  const body = begin(outgoing, reply);
  for (let from = 0; from < body.length && !gone.aborted; from += wire.bytes) {
    outgoing.write(body.subarray(from, from + wire.bytes));
    await clock.wait(wire.delayMs, gone);
  }
  outgoing.end();
}

/** Sends the head, which promises the whole body. */
function begin(outgoing: ServerResponse, reply: Reply): Buffer {
  const body = bodyBytes(reply.body);
  const headers = { 'Content-Type': reply.contentType, 'Content-Length': body.length };
  outgoing.writeHead(reply.status, { ...headers, ...reply.headers });
  return body;
}
