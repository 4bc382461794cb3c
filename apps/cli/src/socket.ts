// News over a socket: one subscription, with the key of a program.
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Document } from './documents/document.ts';

const RETRIES_MAX = 100;

/** Hears until the answered function is called. A lost socket is opened again. */
export function hear<News>(
  url: string,
  authorization: string,
  document: Document<News>,
  variables: Record<string, unknown>,
  onNews: (news: News) => void,
): () => void {
  /** Only the upgrade request can carry the key. */
  class KeyedSocket extends WebSocket {
    constructor(address: string | URL, protocols: string[]) {
      super(address, protocols, { headers: { authorization } });
    }
  }
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: KeyedSocket,
    retryAttempts: RETRIES_MAX,
    shouldRetry: () => true,
  });
  client.subscribe(
    { query: document.text, variables },
    {
      next: ({ data }) => {
        const news = document.answer.safeParse(data);
        if (news.success) onNews(news.data);
      },
      // Whoever hears also looks from time to time, so a socket that stays away costs freshness only.
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return () => void client.dispose();
}
