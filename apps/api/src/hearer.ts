// One who watches: hints of its organisation and topics, each kept once, few enough, and passed on at a pace.
import type { Heard, Hint } from '@stockbook/sync/graphql';

export interface Hearer {
  tell(hint: Hint): void;
  gap(): void;
  end(): void;
  heard: AsyncGenerator<Heard, void>;
}

interface HearerOptions {
  organisation: string;
  topics: readonly string[];
  /** At least this long between two looks. */
  intervalMs: number;
  ended: () => void;
}

/** More kept hints than this are forgotten and become a gap: a slow client never makes us grow. */
const keptMax = 500;

export function createHearer({ organisation, topics, intervalMs, ended }: HearerOptions): Hearer {
  const kept = new Map<string, Hint>();
  let gap = false;
  let done = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let wanted: ((result: IteratorResult<Heard, void>) => void) | undefined;

  function look(): void {
    timer = undefined;
    if (!wanted) return;
    if (done) {
      give({ done: true, value: undefined });
      return;
    }
    if (!gap && kept.size === 0) return;
    const waitMs = lastMs + intervalMs - performance.now();
    if (waitMs > 0) {
      timer = setTimeout(look, waitMs);
      return;
    }
    lastMs = performance.now();
    const value = { gap, hints: [...kept.values()] };
    kept.clear();
    gap = false;
    give({ done: false, value });
  }

  function give(result: IteratorResult<Heard, void>): void {
    const resolve = wanted;
    wanted = undefined;
    resolve?.(result);
  }

  function lookSoon(): void {
    if (timer === undefined) look();
  }

  function end(): void {
    if (done) return;
    done = true;
    clearTimeout(timer);
    ended();
    look();
  }

  const heard: AsyncGenerator<Heard, void> = {
    next: () =>
      new Promise((resolve) => {
        wanted = resolve;
        lookSoon();
      }),
    return: async () => {
      end();
      return { done: true, value: undefined };
    },
    throw: async (error) => {
      end();
      throw error;
    },
    [Symbol.asyncIterator]: () => heard,
  };

  return {
    tell(hint) {
      if (hint.organisation !== organisation || !topics.includes(hint.topic)) return;
      if (kept.size >= keptMax) {
        kept.clear();
        gap = true;
      }
      if (!gap) kept.set(`${hint.topic} ${hint.id ?? ''}`, hint);
      lookSoon();
    },
    gap() {
      kept.clear();
      gap = true;
      lookSoon();
    },
    end,
    heard,
  };
}
