// What stays open: sockets and event streams, each of an identity; they end when it is revoked and when the API stops.
import type { Db } from '@stockbook/db';
import type { Identity } from './viewer.ts';

export interface Streams {
  /** Notes something open; the function returned forgets it. */
  open(identity: Identity, organisation: string | undefined, close: () => void): () => void;
  /** An answer that is an event stream is noted until it ends; others pass. */
  watch(answer: Response, identity: Identity, organisation: string): Response;
  /** Closes what belongs to sessions, keys or memberships that have ended. */
  sweep(): Promise<void>;
  closeAll(): void;
}

interface Open {
  identity: Identity;
  organisation: string | undefined;
  close: () => void;
}

export function createStreams(db: Db): Streams {
  const all = new Set<Open>();

  function open(identity: Identity, organisation: string | undefined, close: () => void): () => void {
    const entry = { identity, organisation, close };
    all.add(entry);
    return () => all.delete(entry);
  }

  function watch(answer: Response, identity: Identity, organisation: string): Response {
    const stream = answer.headers.get('content-type')?.includes('text/event-stream') ? answer.body : null;
    if (!stream) return answer;
    const reader = stream.getReader();
    let ended = false;
    let forget: () => void = () => undefined;
    const end = () => {
      ended = true;
      forget();
    };
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        forget = open(identity, organisation, () => {
          end();
          controller.close();
          void reader.cancel().catch(() => undefined);
        });
      },
      async pull(controller) {
        const { done, value } = await reader.read();
        if (ended) return;
        if (!done) return controller.enqueue(value);
        end();
        controller.close();
      },
      async cancel() {
        end();
        await reader.cancel();
      },
    });
    return new Response(body, { status: answer.status, headers: answer.headers });
  }

  async function sweep(): Promise<void> {
    if (all.size === 0) return;
    const live = await liveOf(db, [...all]);
    for (const entry of [...all]) if (!live(entry)) entry.close();
  }

  function closeAll(): void {
    for (const entry of [...all]) entry.close();
  }

  return { open, watch, sweep, closeAll };
}

/** One look at the sessions, keys and memberships of everything open. */
async function liveOf(db: Db, entries: Open[]): Promise<(entry: Open) => boolean> {
  const now = new Date();
  const sessionIds = entries.flatMap(({ identity }) => identity.sessionId ?? []);
  const keyIds = entries.flatMap(({ identity }) => (identity.kind === 'key' ? identity.id : []));
  const people = entries.map(({ identity }) => identity.personId);
  const [sessions, keys, members] = await Promise.all([
    db.prisma.session.findMany({
      where: { id: { in: sessionIds }, expiresAt: { gt: now } },
      select: { id: true },
    }),
    db.prisma.apiKey.findMany({
      where: { id: { in: keyIds }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      select: { id: true },
    }),
    db.prisma.member.findMany({
      where: { userId: { in: people } },
      select: { userId: true, organizationId: true },
    }),
  ]);
  const credentials = new Set([...sessions, ...keys].map(({ id }) => id));
  const memberships = new Set(members.map(({ userId, organizationId }) => `${userId} ${organizationId}`));
  return ({ identity, organisation }) =>
    credentials.has(identity.sessionId ?? identity.id) &&
    (organisation === undefined || memberships.has(`${identity.personId} ${organisation}`));
}
