// What jobs send within a window: those that begin when it is over send nothing, those under way are waited for and count.

export interface Sending {
  /** Sends the post at `index`. Rejects as `sendOne` does. */
  send(index: number): Promise<void>;
  /** Waits until all are sent, but no longer than `limitMs`; answers how many documents were. */
  until(limitMs: number): Promise<number>;
}

/** `sendOne` answers how many documents went. */
export function createSending<T>(posts: readonly T[], sendOne: (one: T) => Promise<number>): Sending {
  const underWay = new Set<Promise<void>>();
  let documents = 0;
  let isOver = false;
  let onAll = () => {};
  const all = new Promise<void>((resolve) => {
    onAll = resolve;
  });
  async function count(one: T): Promise<void> {
    const posted = await sendOne(one);
    documents += posted;
    if (documents === posts.length) onAll();
  }
  return {
    async send(index: number): Promise<void> {
      const one = posts[index];
      if (isOver || one === undefined) return;
      const counted = count(one);
      underWay.add(counted);
      await counted.finally(() => underWay.delete(counted));
    },
    async until(limitMs: number): Promise<number> {
      const timer = setTimeout(onAll, limitMs);
      await all;
      clearTimeout(timer);
      isOver = true;
      await Promise.allSettled(underWay);
      return documents;
    },
  };
}
