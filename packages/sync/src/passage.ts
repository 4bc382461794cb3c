// What stands before each request of one call: the first goes by what the governor allowed, unless a refusal came since; each further one by its own permission.
import type { Failure } from '@stockbook/core';
import type { CallResult, Gate } from '@stockbook/xero';
import type { Governor } from './governor.ts';

export interface Passage {
  gate: Gate;
  /** Whether a request was kept back: then the answer is none of Xero's. */
  isHeldBack(): boolean;
  /** Tells the governor what the call came to; answers with the instant at which that was heard. */
  leave(answer: CallResult): Promise<number>;
  /** The call broke off here. */
  abandon(): void;
}

interface Carrier {
  governor: Governor;
  lease: { signal: AbortSignal };
}

/** For a call that was let go at `letGoMs`. A look may take several requests, and one that is refused for its token is made again. */
export function createPassage({ governor, lease }: Carrier, letGoMs: number, urgent: boolean): Passage {
  let requests = 0;
  let isSpent = true;
  let isHeldBack = false;
  async function further(): Promise<Failure | undefined> {
    isSpent = false;
    const entry = await governor.enterAgain(lease.signal, async () => urgent);
    isSpent = entry.kind === 'go';
    return isSpent ? undefined : notNow;
  }
  const abandon = () => {
    if (isSpent) governor.abandon();
  };
  return {
    gate: async () => {
      const failure = requests === 0 ? await governor.heldBack(letGoMs) : await further();
      isHeldBack = failure !== undefined;
      if (!isHeldBack) requests += 1;
      return failure;
    },
    isHeldBack: () => isHeldBack,
    leave: async (answer) => {
      if (!isHeldBack) return governor.leave(answer);
      abandon();
      return letGoMs;
    },
    abandon,
  };
}

/** Asked again at once, and then it is the governor that says for how long, and why. */
const notNow: Failure = {
  kind: 'rate-limited',
  limit: 'minute',
  retryAfterMs: 0,
  message: 'Not asked on: the limits leave no room for one request more just now',
};
