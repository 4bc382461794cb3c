// I6 by what one worker's wire carries: at most five calls are on their way at once, and none goes before the time that Xero said to wait is over.

export interface CallLimits {
  /** A request that is made now. */
  watch<T>(request: () => Promise<T>): Promise<T>;
}

const atOnceMax = 5;

/** `broke` is told of each rule that a request breaks; `nowMs` is the simulated time. */
export function createCallLimits(nowMs: () => number, broke: (problem: string) => void): CallLimits {
  let underWay = 0;
  let closedUntilMs = 0;
  return {
    watch: async (request) => {
      const leftMs = closedUntilMs - nowMs();
      if (leftMs > 0) broke(`I6 a call goes ${leftMs} ms before what Xero said to wait is over`);
      underWay += 1;
      if (underWay > atOnceMax) broke(`I6 ${underWay} calls are on their way at once`);
      try {
        return await request();
      } catch (error) {
        closedUntilMs = Math.max(closedUntilMs, nowMs() + 1_000 * retryAfterOf(error));
        throw error;
      } finally {
        underWay -= 1;
      }
    },
  };
}

/** Seconds, of an answer as xero-node rejects with it; 0 where it says nothing. */
function retryAfterOf(error: unknown): number {
  const [, seconds] = /"retry-after":\s*"(\d+)"/i.exec(String(error)) ?? [];
  return Number(seconds ?? 0);
}
