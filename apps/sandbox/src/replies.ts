// Remembered replies: an Idempotency-Key gives the same answer for six minutes, errors too (XERO.md 3).
import { z } from 'zod';
import type { Journal, Place } from './journal.ts';

export const replyRecord = z.object({
  client: z.string(),
  key: z.string(),
  /** A hash of method, address, organisation and body. */
  request: z.string(),
  atMs: z.number(),
  status: z.number(),
  contentType: z.string(),
  body: z.string(),
});

/** Its body stands in the journal once it is written there, so that many long replies take no room in memory. */
export type RememberedReply = Omit<z.infer<typeof replyRecord>, 'body'> & {
  readonly body: string | Buffer<ArrayBuffer> | Place;
};

export type Replies = {
  find(client: string, key: string, nowMs: number): RememberedReply | undefined;
  remember(reply: RememberedReply): void;
  /** Lets go of the body of a reply, which stands in that place. */
  shelve(reply: RememberedReply, place: Place): void;
  /** Those that would still be given. */
  fresh(nowMs: number): RememberedReply[];
  clear(): void;
};

/** The body, from the journal if need be. */
export function readBody(journal: Journal, { body }: RememberedReply): string | Buffer<ArrayBuffer> {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : journal.read(body);
}

export const keyCharactersMax = 128;
const rememberedMs = 6 * 60_000;

export function createReplies(): Replies {
  const replies = new Map<string, RememberedReply>();
  return {
    find(client, key, nowMs) {
      const reply = replies.get(`${client} ${key}`);
      return reply !== undefined && isFresh(reply, nowMs) ? reply : undefined;
    },
    remember(reply) {
      for (const [name, old] of replies) {
        if (isFresh(old, reply.atMs)) break;
        replies.delete(name);
      }
      const name = nameOf(reply);
      replies.delete(name);
      replies.set(name, reply);
    },
    shelve(reply, place) {
      const name = nameOf(reply);
      if (replies.get(name) === reply) replies.set(name, { ...reply, body: place });
    },
    fresh: (nowMs) => [...replies.values()].filter((reply) => isFresh(reply, nowMs)),
    clear: () => replies.clear(),
  };
}

function nameOf({ client, key }: RememberedReply): string {
  return `${client} ${key}`;
}

/** Counted from the first call; a clock stepped back keeps a reply no longer than forwards. */
function isFresh(reply: RememberedReply, nowMs: number): boolean {
  return Math.abs(nowMs - reply.atMs) < rememberedMs;
}
