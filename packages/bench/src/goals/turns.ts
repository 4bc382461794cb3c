// Engines that take turns: each makes as many calls as it is allowed and then stands still, so that what they cost is compared within moments.
import type { XeroApi } from '@stockbook/xero';

export interface Turn {
  /** Lets so many calls go, and returns when they are settled and those that come next stand still. */
  take(calls: number): Promise<{ ms: number; documents: number }>;
  /** Lets all go from now on. */
  open(): void;
  through(api: XeroApi): XeroApi;
}

/** For an engine that has never fewer than `atOnce` calls at hand: so many stand still before a turn and after it. */
export function createTurn(atOnce: number): Turn {
  let allowed = 0;
  let documents = 0;
  const standing: (() => void)[] = [];
  let onStill = () => {};
  const still = () =>
    new Promise<void>((resolve) => {
      onStill = resolve;
      if (standing.length === atOnce) resolve();
    });
  async function enter(): Promise<void> {
    if (allowed > 0) {
      allowed -= 1;
      return;
    }
    await new Promise<void>((resolve) => {
      standing.push(resolve);
      if (standing.length === atOnce) onStill();
    });
  }
  function letGo(calls: number): void {
    allowed += calls;
    for (const go of standing.splice(0, Math.min(allowed, standing.length))) {
      allowed -= 1;
      go();
    }
  }
  return {
    take: async (calls) => {
      await still();
      documents = 0;
      const startMs = performance.now();
      letGo(calls);
      await still();
      return { ms: performance.now() - startMs, documents };
    },
    open: () => letGo(Number.POSITIVE_INFINITY),
    through: (api) => ({
      ...api,
      send: async (call) => {
        await enter();
        const answer = await api.send(call);
        if (answer.kind === 'answered') documents += answer.elements.length;
        return answer;
      },
    }),
  };
}
