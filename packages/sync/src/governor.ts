// The governor of one organisation's calls: lets a call go when Xero's limits allow it, and hears what the answers say of them.
import { type Allowance, type Budget, closeBudget, hearAnswer, planCall, spendCall } from '@stockbook/core';
import type { Clock } from './clock.ts';

export type Entry = { kind: 'go'; atMs: number } | { kind: 'park'; untilMs: number } | { kind: 'stop' };

export interface Governor {
  /** Waits until a call may go; 'park' where that takes too long to keep the lease. Spends nothing. */
  ready(signal: AbortSignal): Promise<Entry>;
  /** The same, and spends the call. */
  enter(signal: AbortSignal): Promise<Entry>;
  /** An answer to the call that went at `atMs`, or its failure. */
  leave(allowance: Allowance, atMs: number): void;
  /** No call before `untilMs`. */
  close(untilMs: number): void;
}

/** A run that must wait longer gives up the lease. */
export const parkAfterMs = 120_000;

export function createGovernor(
  clock: Clock,
  start: Budget,
  onWait: (untilMs: number) => Promise<void>,
): Governor {
  let budget = start;
  let toldMs = 0;
  async function permit(signal: AbortSignal, spend: boolean): Promise<Entry> {
    for (;;) {
      if (signal.aborted) return { kind: 'stop' };
      const nowMs = await clock.now();
      const permission = planCall(budget, nowMs);
      if (permission.kind === 'go') {
        if (spend) budget = spendCall(budget, nowMs);
        return { kind: 'go', atMs: nowMs };
      }
      if (permission.untilMs - nowMs > parkAfterMs) return { kind: 'park', untilMs: permission.untilMs };
      if (toldMs !== permission.untilMs) {
        toldMs = permission.untilMs;
        await onWait(permission.untilMs);
      }
      await clock.until(permission.untilMs, signal);
    }
  }
  return {
    ready: (signal) => permit(signal, false),
    enter: (signal) => permit(signal, true),
    leave: (allowance, atMs) => {
      budget = hearAnswer(budget, allowance, atMs);
    },
    close: (untilMs) => {
      budget = closeBudget(budget, untilMs);
    },
  };
}
