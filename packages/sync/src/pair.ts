// A comparison and the update that follows it at once, so that what a person does in Xero between the two is nearly never written over.
import { type Budget, dropUpdate, endComparison, planCall, spendCall } from '@stockbook/core';
import type { Clock } from './clock.ts';

export interface Pair {
  /** The comparison was answered at that instant: the update's call is kept for it. */
  compared(atMs: number): void;
  /** Spends the update's call; undefined where it may not go now, or comes so late that Xero must be compared again. */
  follow(): Promise<number | undefined>;
  /** No update follows, whatever has come of the comparison. */
  drop(): void;
}

/** Whose update it is, and what it is planned with. */
export interface Pairing {
  clock: Clock;
  share(nowMs: number): Promise<number>;
  isUrgent(): Promise<boolean>;
}

/** Xero takes no condition with an update: an edit within this time cannot be seen. */
const freshMs = 2_000;

export function createPair({ clock, share, isUrgent }: Pairing, governor: { budget: Budget }): Pair {
  let state: 'comparing' | 'following' | 'over' = 'comparing';
  let comparedMs = 0;
  function drop(): void {
    if (state === 'comparing') governor.budget = endComparison(governor.budget, false);
    if (state === 'following') governor.budget = dropUpdate(governor.budget);
    state = 'over';
  }
  return {
    compared: (atMs) => {
      if (state !== 'comparing') return;
      governor.budget = endComparison(governor.budget, true);
      state = 'following';
      comparedMs = atMs;
    },
    follow: async () => {
      const nowMs = await clock.now();
      const want = { as: 'update' as const, urgent: await isUrgent(), share: await share(nowMs) };
      const ageMs = nowMs - comparedMs;
      // A clock that runs faster than real time makes a short way look long.
      const late = ageMs > freshMs && ageMs > freshMs * (await clock.scale());
      if (late || state !== 'following' || planCall(governor.budget, nowMs, want).kind === 'wait') {
        drop();
        return undefined;
      }
      governor.budget = spendCall(governor.budget, nowMs, want.as);
      state = 'over';
      return nowMs;
    },
    drop,
  };
}
