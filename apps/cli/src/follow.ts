// Watches long work to its end: by subscription, and by looking from time to time should a message be lost.
import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from './api.ts';
import type { Document } from './documents/document.ts';
import { Sentence } from './sentence.ts';

export interface Followed<News> {
  live: Document<News | null>;
  look: Document<News | null>;
  id: string;
  onNews(news: News): void;
  until(news: News): boolean;
}

const LOOK_MS = 2_000;
/** A server that is started again comes back within this many looks. */
const FAILED_LOOKS_MAX = 30;

/** Answers the news that ended it. Throws a Sentence when the server stays away or does not know the id. */
export async function follow<News>(
  api: Api,
  { live, look, id, onNews, until }: Followed<News>,
): Promise<News> {
  const ending = new AbortController();
  let last: News | undefined;
  const hear = (news: News | null) => {
    if (news === null || ending.signal.aborted) return;
    onNews(news);
    if (!until(news)) return;
    last = news;
    ending.abort();
  };
  const close = api.hear(live, { id }, hear);
  try {
    let failed = 0;
    while (!ending.signal.aborted) {
      const seen = await looked(api, look, id);
      failed = seen instanceof Sentence ? failed + 1 : 0;
      if (seen instanceof Sentence && failed >= FAILED_LOOKS_MAX) throw seen;
      if (seen === null) throw new Sentence(`The server no longer knows ${id}.`);
      if (!(seen instanceof Sentence)) hear(seen);
      await delay(LOOK_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  } finally {
    close();
  }
  if (last === undefined) throw new Sentence(`Following ${id} ended without its last state.`);
  return last;
}

async function looked<News>(
  api: Api,
  look: Document<News | null>,
  id: string,
): Promise<News | null | Sentence> {
  try {
    return await api.ask(look, { id });
  } catch (error) {
    if (error instanceof Sentence) return error;
    throw error;
  }
}
