// What stands before each request of one call: the first goes by what the governor allowed, unless a refusal came since; each further one by its own permission.
import type { Failure } from '@stockbook/core';
import type { CallResult, Gate } from '@stockbook/xero';
import type { Clock } from './clock.ts';
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
  clock: Clock;
  governor: Governor;
  lease: { signal: AbortSignal };
}

/** What was decided of a call when it was let go at `atMs`. */
export interface LetGo {
  atMs: number;
  urgent: boolean;
  /** How long that may be trusted: it may rest on what Xero held, or on the age of a key. */
  trustMs: number;
}

/** For a call that was let go. A look may take several requests, and one that is refused for its token is made again. */
export function createPassage({ clock, governor, lease }: Carrier, letGo: LetGo): Passage {
  let requests = 0;
  let goMs = letGo.atMs;
  let isSpent = true;
  let isHeldBack = false;
  async function further(): Promise<Failure | undefined> {
    isSpent = false;
    const entry = await governor.enterAgain(lease.signal, async () => letGo.urgent);
    isSpent = entry.kind === 'go';
    if (entry.kind === 'go') goMs = entry.atMs;
    return isSpent ? undefined : notNow;
  }
  async function isLate(): Promise<boolean> {
    const agoMs = (await clock.now()) - letGo.atMs;
    // A clock that runs faster than real time makes a short way look long.
    return agoMs > letGo.trustMs && agoMs > letGo.trustMs * (await clock.scale());
  }
  function told(why: Failure | undefined): Failure | undefined {
    isHeldBack = why !== undefined;
    // What a request before it came to is not told: that one went.
    const what = requests === 1 ? 'Not sent' : 'Broken off before its next request';
    return why && { ...why, message: `${what}: ${why.message}` };
  }
  const abandon = () => {
    if (isSpent) governor.abandon();
  };
  return {
    gate: {
      permit: async () => {
        requests += 1;
        return told(requests === 1 ? undefined : await further());
      },
      last: async () => {
        const refused = await governor.heldBack(goMs);
        return told(refused ?? ((await isLate()) ? tooLate : undefined));
      },
    },
    isHeldBack: () => isHeldBack,
    leave: async (answer) => {
      if (!isHeldBack) return governor.leave(answer);
      abandon();
      return letGo.atMs;
    },
    abandon,
  };
}

/** Asked again at once, and then it is the governor that says for how long, and why. */
const notNow: Failure = {
  kind: 'rate-limited',
  limit: 'minute',
  retryAfterMs: 0,
  message: 'the limits leave no room for one request more just now',
};

/** Decided anew at once, with what Xero holds by then. */
const tooLate: Failure = {
  kind: 'rate-limited',
  limit: 'minute',
  retryAfterMs: 0,
  message: 'too long after it was decided',
};
