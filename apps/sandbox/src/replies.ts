// Remembered replies: an Idempotency-Key gives the same answer for six minutes, errors too (XERO.md 3).
import { z } from 'zod';

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

export type RememberedReply = z.infer<typeof replyRecord>;

export type Replies = {
  find(client: string, key: string, nowMs: number): RememberedReply | undefined;
  remember(reply: RememberedReply): void;
  /** Those that would still be given. */
  fresh(nowMs: number): RememberedReply[];
  clear(): void;
};

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
      const name = `${reply.client} ${reply.key}`;
      replies.delete(name);
      replies.set(name, reply);
    },
    fresh: (nowMs) => [...replies.values()].filter((reply) => isFresh(reply, nowMs)),
    clear: () => replies.clear(),
  };
}

/** Counted from the first call; a clock stepped back keeps a reply no longer than forwards. */
function isFresh(reply: RememberedReply, nowMs: number): boolean {
  return Math.abs(nowMs - reply.atMs) < rememberedMs;
}
