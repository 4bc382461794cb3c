// The governor of one organisation's calls: lets a call go when Xero's limits allow it, and hears what the answers say of them.
import { type Budget, closeBudget, type Failure, hearAnswer, outageAfter } from '@stockbook/core';
import type { CallResult } from '@stockbook/xero';
import { unheard } from './carriage.ts';
import { createPair, type Pair } from './pair.ts';
import { type Entry, type Known, type PermitOptions, permit, type Refused } from './permit.ts';

export type PairEntry = Exclude<Entry, { kind: 'go' }> | { kind: 'go'; atMs: number; pair: Pair };

export interface Governor {
  /** Waits until a call may go soon enough for its batch to be made ready; 'park' where that takes too long to keep the lease, 'asked' where a person would not wait. Spends nothing. */
  ready(signal: AbortSignal, isUrgent: () => Promise<boolean>): Promise<Entry>;
  /** Waits until a call may go, and spends it. */
  enter(signal: AbortSignal, isUrgent: () => Promise<boolean>): Promise<Entry>;
  /** A comparison's call, and with it the one of the update that is to follow at once. */
  enterPair(signal: AbortSignal, isUrgent: () => Promise<boolean>): Promise<PairEntry>;
  /** One request more of a call whose last one was answered. */
  enterAgain(signal: AbortSignal, isUrgent: () => Promise<boolean>): Promise<Entry>;
  /** What holds back a call that was let go at `atMs` and has not gone yet: Xero refused another meanwhile. */
  heldBack(atMs: number): Promise<Failure | undefined>;
  /** What a call came to; answers with the instant at which that was heard. */
  leave(answer: CallResult): Promise<number>;
  /** A call that broke off here: what came of it is not known. */
  abandon(): void;
  /** No call before `untilMs`. */
  close(untilMs: number): void;
  /** What is known now, to be kept for the next run. */
  budget(): Budget;
}

/** Of an answer in the midst of a call: the last one says what is left. */
const unsaid = { allowance: unheard, lost: false, chance: 0 };

export function createGovernor(options: PermitOptions): Governor {
  const { clock, share, outage, chance } = options;
  const known: Known = { budget: options.start, toldMs: 0, refused: undefined };
  return {
    ready: (signal, isUrgent) => permit(options, known, { signal, isUrgent, spend: 'nothing' }),
    enter: (signal, isUrgent) => permit(options, known, { signal, isUrgent, spend: 'call' }),
    enterPair: async (signal, isUrgent) => {
      const entry = await permit(options, known, { signal, isUrgent, spend: 'comparison' });
      return entry.kind === 'go' ? { ...entry, pair: createPair({ clock, share, isUrgent }, known) } : entry;
    },
    enterAgain: async (signal, isUrgent) => {
      known.budget = hearAnswer(known.budget, { ...unsaid, nowMs: await clock.now() });
      return permit(options, known, { signal, isUrgent, spend: 'again' });
    },
    heldBack: async (atMs) =>
      known.refused && known.refused.untilMs > atMs ? notSent(known.refused, await clock.now()) : undefined,
    abandon: () => {
      known.budget = { ...known.budget, inFlight: Math.max(0, known.budget.inFlight - 1) };
    },
    leave: async (answer) => {
      const nowMs = await clock.now();
      const failure = answer.kind === 'failed' ? answer.failure : undefined;
      const heard = heardOf(answer, failure, nowMs);
      known.budget = hearAnswer(known.budget, { ...heard, chance: chance(), turn: outage.turn() });
      outage.hear(known.budget.failures >= outageAfter, nowMs);
      if (failure?.kind !== 'rate-limited') return nowMs;
      const said = { limit: failure.limit, untilMs: nowMs + (failure.retryAfterMs ?? 0) };
      known.budget = closeBudget(known.budget, said.untilMs, { limit: said.limit, nowMs });
      if (said.untilMs > (known.refused?.untilMs ?? nowMs)) known.refused = said;
      return nowMs;
    },
    close: (untilMs) => {
      known.budget = closeBudget(known.budget, untilMs);
    },
    budget: () => known.budget,
  };
}

function heardOf({ allowance }: CallResult, failure: Failure | undefined, nowMs: number) {
  const lost = failure?.kind === 'unreachable' || failure?.kind === 'unknown-outcome';
  const retryAfterMs = failure?.kind === 'unknown-outcome' ? failure.retryAfterMs : undefined;
  const refused = failure?.kind === 'rate-limited' ? failure.limit : undefined;
  return { allowance, nowMs, lost, refused, retryAfterMs };
}

function notSent({ limit, untilMs }: Refused, nowMs: number): Failure {
  const message = 'Xero refused another call for its limit just before';
  return { kind: 'rate-limited', limit, retryAfterMs: Math.max(0, untilMs - nowMs), message };
}
