// The governor of one organisation's calls: lets a call go when Xero's limits allow it, and hears what the answers say of them.
import {
  type Budget,
  closeBudget,
  type Failure,
  hearAnswer,
  outageAfter,
  type Permission,
  planCall,
  reopenBudget,
  spendCall,
  type Want,
} from '@stockbook/core';
import type { CallResult } from '@stockbook/xero';
import type { AskedOf } from './ask.ts';
import { unheard } from './carriage.ts';
import type { Clock } from './clock.ts';
import { hearEveryMs } from './hearing.ts';
import type { Outage } from './outage.ts';
import { createPair, type Pair } from './pair.ts';
import { wordsOf } from './reason.ts';

export type Entry =
  /** `fromReserve`: the day has nothing left but what is kept for urgent work. */
  | { kind: 'go'; atMs: number; fromReserve: boolean }
  | { kind: 'park'; untilMs: number; reason: string; urgentMayGo: boolean }
  | ({ kind: 'asked' } & AskedOf)
  | { kind: 'stop' };

export type PairEntry = Exclude<Entry, { kind: 'go' }> | { kind: 'go'; atMs: number; pair: Pair };

export interface Governor {
  /** Waits until a call may go; 'park' where that takes too long to keep the lease, 'asked' where a person would not wait. Spends nothing. */
  ready(signal: AbortSignal, isUrgent: () => Promise<boolean>): Promise<Entry>;
  /** The same, and spends the call. */
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

/** A run that must wait longer gives up the lease, except in an outage, when no other could do better. */
export const parkAfterMs = 120_000;

export interface GovernorOptions {
  clock: Clock;
  start: Budget;
  /** How many calls a minute fall to this organisation. */
  share(nowMs: number): Promise<number>;
  /** What the other organisations know of an outage. */
  outage: Outage;
  /** What a person asked of the run: read before each wait but those that are pacing. */
  asked(): Promise<AskedOf | undefined>;
  /** Told once for each wait that a person should know of. */
  onWait(reason: string, untilMs: number): Promise<void>;
  /** Told when Xero was found to answer again before the time that was told: calls go from `fromMs` on. */
  onReopen(fromMs: number): Promise<void>;
  chance(): number;
}

/** Xero's last refusal that said when calls go again. */
interface Refused {
  limit: Extract<Failure, { kind: 'rate-limited' }>['limit'];
  untilMs: number;
}

/** Of an answer in the midst of a call: the last one says what is left. */
const unsaid = { allowance: unheard, lost: false, chance: 0 };

/** Shorter waits are pacing: nobody needs to be told. */
const tellAfterMs = 1_000;

export function createGovernor(options: GovernorOptions): Governor {
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
      return permit(options, known, { signal, isUrgent, spend: 'call' });
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

/** What the governor knows now. */
interface Known {
  budget: Budget;
  /** Until when it was last told that calls wait. */
  toldMs: number;
  refused: Refused | undefined;
}

interface Asking {
  signal: AbortSignal;
  isUrgent(): Promise<boolean>;
  spend: 'nothing' | 'call' | 'comparison';
}

async function permit(options: GovernorOptions, known: Known, asking: Asking): Promise<Entry> {
  const { clock, share, onWait } = options;
  const { signal, isUrgent, spend } = asking;
  for (;;) {
    if (signal.aborted) return { kind: 'stop' };
    const nowMs = await clock.now();
    const as = spend === 'comparison' ? { as: spend } : {};
    const want: Want = { ...as, urgent: false, share: await share(nowMs) };
    // Nothing is waited for between the plan and the spending of a call: whoever waits too would spend it as well.
    let permission = planCall(known.budget, nowMs, want);
    const fromReserve = isKept(permission) && (await isUrgent());
    if (fromReserve) permission = planCall(known.budget, nowMs, { ...want, urgent: true });
    if (permission.kind === 'go') {
      if (spend !== 'nothing') known.budget = spendCall(known.budget, nowMs, want.as);
      return { kind: 'go', atMs: nowMs, fromReserve };
    }
    const { untilMs, why } = permission;
    const waitMs = untilMs - nowMs;
    const reason = wordsOf(why, known.budget);
    if (waitMs > parkAfterMs && why !== 'outage')
      return { kind: 'park', untilMs, reason, urgentMayGo: why === 'reserve' };
    const asked = waitMs > tellAfterMs ? await options.asked() : undefined;
    if (asked !== undefined) return { kind: 'asked', ...asked };
    if (waitMs > tellAfterMs && Math.abs(known.toldMs - untilMs) > tellAfterMs) {
      known.toldMs = untilMs;
      await onWait(reason, untilMs);
    }
    const overMs = await waitUntil(options, permission, nowMs, signal);
    if (overMs === undefined) continue;
    // A refusal of this organisation's own holds on.
    known.budget = reopenBudget(known.budget, Math.max(overMs, known.refused?.untilMs ?? 0));
    await options.onReopen(known.budget.closedUntilMs);
  }
}

/** Only where the reserve keeps a call back does it matter who asks. */
function isKept(permission: Permission): boolean {
  return permission.kind === 'wait' && permission.why === 'reserve';
}

/** Waits until that instant, or for as long as nobody need look up; in an outage until the others may know that it is over: then when that was. */
async function waitUntil(
  { clock, outage }: GovernorOptions,
  { untilMs, why }: Permission & { kind: 'wait' },
  nowMs: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const lookUpMs = why === 'outage' ? outage.nextLookMs(await clock.now()) : nowMs + hearEveryMs;
  await clock.until(Math.min(untilMs, lookUpMs), signal);
  if (why !== 'outage') return undefined;
  const overMs = await clock.now();
  return (await outage.isOver(overMs)) ? overMs : undefined;
}

function heardOf({ allowance }: CallResult, failure: Failure | undefined, nowMs: number) {
  const lost = failure?.kind === 'unreachable' || failure?.kind === 'unknown-outcome';
  const retryAfterMs = failure?.kind === 'unknown-outcome' ? failure.retryAfterMs : undefined;
  const refused = failure?.kind === 'rate-limited' && failure.limit === 'minute';
  return { allowance, nowMs, lost, refused, retryAfterMs };
}

function notSent({ limit, untilMs }: Refused, nowMs: number): Failure {
  const message = 'Not sent: Xero refused another call for its limit just before';
  return { kind: 'rate-limited', limit, retryAfterMs: Math.max(0, untilMs - nowMs), message };
}
