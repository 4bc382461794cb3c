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

export function createHearer({ organisation, topics, intervalMs, ended }: HearerOptions): Hearer {
  const kept = createKept();
  const door = createDoor(kept, intervalMs);

  function end(): void {
    if (door.close()) ended();
  }

  const heard: AsyncGenerator<Heard, void> = {
    next: () => door.next(),
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
      kept.keep(hint);
      door.knock();
    },
    gap() {
      kept.lose();
      door.knock();
    },
    end,
    heard,
  };
}

/** More kept hints than this are forgotten and become a gap: a slow client never makes us grow. */
const keptMax = 500;

interface Kept {
  keep(hint: Hint): void;
  lose(): void;
  /** What was kept since the last time; undefined when nothing was. */
  take(): Heard | undefined;
}

function createKept(): Kept {
  const hints = new Map<string, Hint>();
  let gap = false;
  const lose = () => {
    hints.clear();
    gap = true;
  };
  return {
    lose,
    keep(hint) {
      if (hints.size >= keptMax) lose();
      if (!gap) hints.set(`${hint.topic} ${hint.id ?? ''} ${hint.many ?? ''}`, hint);
    },
    take() {
      if (!gap && hints.size === 0) return undefined;
      const taken = { gap, hints: [...hints.values()] };
      hints.clear();
      gap = false;
      return taken;
    },
  };
}

type Next = IteratorResult<Heard, void>;

/** Lets through what was kept, to one who waits for it, and not too often. */
function createDoor(kept: Kept, intervalMs: number) {
  let closed = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let wanted: ((next: Next) => void) | undefined;

  function look(): void {
    timer = undefined;
    if (closed) give({ done: true, value: undefined });
    if (!wanted) return;
    const waitMs = lastMs + intervalMs - performance.now();
    if (waitMs > 0) {
      timer = setTimeout(look, waitMs);
      return;
    }
    const value = kept.take();
    if (!value) return;
    lastMs = performance.now();
    give({ done: false, value });
  }

  function give(next: Next): void {
    const resolve = wanted;
    wanted = undefined;
    resolve?.(next);
  }

  return {
    knock() {
      if (timer === undefined) look();
    },
    next: () =>
      new Promise<Next>((resolve) => {
        wanted = resolve;
        if (timer === undefined) look();
      }),
    /** False when it was closed already. */
    close(): boolean {
      if (closed) return false;
      closed = true;
      clearTimeout(timer);
      look();
      return true;
    },
  };
}
