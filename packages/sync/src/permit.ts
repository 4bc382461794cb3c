// Waiting for permission: until Xero's limits let one call more go, or so little before that its batch can be made ready meanwhile.
import {
  type Budget,
  type Failure,
  type Permission,
  planCall,
  reopenBudget,
  spendCall,
  type Want,
} from '@stockbook/core';
import type { AskedOf } from './ask.ts';
import type { Clock } from './clock.ts';
import { hearEveryMs } from './hearing.ts';
import type { Outage } from './outage.ts';
import { type Standstill, waitOf } from './reason.ts';

export type Entry =
  /** `fromReserve`: the day has nothing left but what is kept for urgent work. */
  | { kind: 'go'; atMs: number; fromReserve: boolean }
  | ({ kind: 'park'; untilMs: number; urgentMayGo: boolean } & Standstill)
  | ({ kind: 'asked' } & AskedOf)
  | { kind: 'stop' };

export interface PermitOptions {
  clock: Clock;
  start: Budget;
  /** How many calls a minute fall to this organisation. */
  share(nowMs: number): Promise<number>;
  /** What the other organisations know of an outage. */
  outage: Outage;
  /** What a person asked of the run: read before each wait but those that are pacing. */
  asked(): Promise<AskedOf | undefined>;
  /** Told once for each wait that a person should know of. */
  onWait(standstill: Standstill, untilMs: number): Promise<void>;
  /** Told when Xero was found to answer again before the time that was told: calls go from `fromMs` on. */
  onReopen(fromMs: number): Promise<void>;
  chance(): number;
}

/** What the governor knows now. */
export interface Known {
  budget: Budget;
  /** Until when it was last told that calls wait. */
  toldMs: number;
  refused: Refused | undefined;
}

/** Xero's last refusal that said when calls go again. */
export interface Refused {
  limit: Extract<Failure, { kind: 'rate-limited' }>['limit'];
  untilMs: number;
}

export interface Asking {
  signal: AbortSignal;
  isUrgent(): Promise<boolean>;
  spend: 'nothing' | 'call' | 'comparison' | 'again';
}

/** A run that must wait longer gives up the lease, except in an outage, when no other could do better. */
export const parkAfterMs = 120_000;

/** Shorter waits are pacing: nobody needs to be told. */
const tellAfterMs = 1_000;

/** Batches are claimed and frozen so long before their calls may go: five, one after the other, are ready as the minute begins, on a busy machine too. */
const aheadMs = 3_000;

/** Waits until a call may go, and spends it; where nothing is spent, until one may go so soon that a batch is to be made ready. */
export async function permit(options: PermitOptions, known: Known, asking: Asking): Promise<Entry> {
  const { clock, share, onWait } = options;
  const { signal, isUrgent, spend } = asking;
  for (;;) {
    if (signal.aborted) return { kind: 'stop' };
    const nowMs = await clock.now();
    const as = spend === 'comparison' || spend === 'again' ? { as: spend } : {};
    const want: Want = { ...as, urgent: false, share: await share(nowMs) };
    // Nothing is waited for between the plan and the spending of a call: whoever waits too would spend it as well.
    let permission = planCall(known.budget, nowMs, want);
    const fromReserve = isKept(permission) && (await isUrgent());
    if (fromReserve) permission = planCall(known.budget, nowMs, { ...want, urgent: true });
    if (permission.kind === 'go' || (spend === 'nothing' && isSoon(known.budget, permission, nowMs, want))) {
      if (spend !== 'nothing') known.budget = spendCall(known.budget, nowMs, want.as);
      return { kind: 'go', atMs: nowMs, fromReserve };
    }
    const { untilMs, why } = permission;
    const waitMs = untilMs - nowMs;
    const standstill = waitOf(why, known.budget);
    if (waitMs > parkAfterMs && why !== 'outage')
      return { kind: 'park', untilMs, ...standstill, urgentMayGo: why === 'reserve' };
    const asked = waitMs > tellAfterMs ? await options.asked() : undefined;
    if (asked !== undefined) return { kind: 'asked', ...asked };
    if (waitMs > tellAfterMs && Math.abs(known.toldMs - untilMs) > tellAfterMs) {
      known.toldMs = untilMs;
      await onWait(standstill, untilMs);
    }
    const early = spend === 'nothing' && why === 'limit' && waitMs > aheadMs ? aheadMs : 0;
    const overMs = await waitUntil(options, { why, untilMs: untilMs - early }, nowMs, signal);
    if (overMs === undefined) continue;
    // A refusal of this organisation's own holds on.
    known.budget = reopenBudget(known.budget, Math.max(overMs, known.refused?.untilMs ?? 0));
    await options.onReopen(known.budget.closedUntilMs);
  }
}

type Waiting = Permission & { kind: 'wait' };

/** Whether nothing but some moments of the minute's limit keeps the call. */
function isSoon(budget: Budget, { why }: Waiting, nowMs: number, want: Want): boolean {
  return why === 'limit' && planCall(budget, nowMs + aheadMs, want).kind === 'go';
}

/** Only where the reserve keeps a call back does it matter who asks. */
function isKept(permission: Permission): boolean {
  return permission.kind === 'wait' && permission.why === 'reserve';
}

/** Waits until that instant, or for as long as nobody need look up; in an outage until the others may know that it is over: then when that was. */
async function waitUntil(
  { clock, outage }: PermitOptions,
  { untilMs, why }: Omit<Waiting, 'kind'>,
  nowMs: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  const lookUpMs = why === 'outage' ? outage.nextLookMs(await clock.now()) : nowMs + hearEveryMs;
  await clock.until(Math.min(untilMs, lookUpMs), signal);
  if (why !== 'outage') return undefined;
  const overMs = await clock.now();
  return (await outage.isOver(overMs)) ? overMs : undefined;
}
