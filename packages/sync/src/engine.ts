// The engine: takes every run that is due, carries it over its snapshot layer by layer, and ends, parks or leaves it to the next taker.
import type { Db } from '@stockbook/db';
import { readAsked } from './ask.ts';
import { tellBroken } from './broken-run.ts';
import { appMinuteMax, createShare, type KnownBudget, readBudget } from './budget.ts';
import type { ApiResult, Carriage, Carried } from './carriage.ts';
import { createClaims, hasUrgent } from './claims.ts';
import { type Clock, createClock } from './clock.ts';
import type { Entity } from './entity.ts';
import { createGovernor } from './governor.ts';
import { createKeptLeases, type KeptLeases } from './kept-leases.ts';
import { layersOf } from './layer.ts';
import { type Lease, type LeaseTimes, leaseTimes, takeLease } from './lease.ts';
import { createOutage } from './outage.ts';
import { untilNonePassed } from './passed-over.ts';
import type { Seen } from './pause.ts';
import type { Standstill } from './reason.ts';
import { readLeft } from './resume.ts';
import { beginRun, type DueRun, readDueRuns } from './run.ts';
import { explainRun, leaveRun, reopenRun } from './run-end.ts';
import { inSlots } from './slots.ts';
import { renewStatistics } from './statistics.ts';
import { noStep, type Stepping } from './step.ts';

export interface EngineOptions extends Partial<LeaseTimes> {
  db: Db;
  entities: readonly Entity[];
  /** This worker's name, unlike any other's, shown on the lease. */
  owner: string;
  /** Xero for the holder of this lease. */
  xero(organisation: string, leaseToken: bigint): Promise<ApiResult>;
  pause(organisation: string, problem: string, seen: Seen): Promise<void>;
  log: { info(fields: object, text: string): void; error(fields: object, text: string): void };
  /** Between two looks that found nothing. */
  lookMs?: number;
  /** The database's clock where none is given. */
  clock?: Clock;
  /** In [0, 1), for waits that are not to end all at once. */
  chance?: () => number;
  /** Xero's limit over all organisations, a minute. */
  appMinuteMax?: number;
  /** Called at each named step; nothing happens there where none is given. */
  step?: Stepping;
}

export interface Engine {
  /** Carries on every run that is due; returns when nothing is left to do now. */
  look(): Promise<void>;
  /** Gives up leases that a database that went away left here: the runs they hold are not due until then. */
  giveUpKept(): Promise<void>;
  /** Lets calls in flight settle, gives leases up, and returns. */
  stop(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const clock = options.clock ?? createClock(options.db);
  const halt = new AbortController();
  const active = new Map<string, Promise<void>>();
  const leases = createKeptLeases(options.db, options.owner, options.log);
  const budgets = new Map<string, KnownBudget>();
  /** An organisation whose run broke off is left to the next look, so that a fault that stays is not met without pause. */
  async function look(): Promise<void> {
    const broken = new Set<string>();
    await leases.giveUpKept();
    for (;;) {
      if (halt.signal.aborted) return;
      const due = await readDueRuns(options.db);
      for (const run of due) {
        if (active.has(run.organisation) || broken.has(run.organisation)) continue;
        const work = carryRun(options, clock, halt.signal, run, { leases, budgets })
          .catch((error: unknown) => {
            broken.add(run.organisation);
            tellBroken(options, run, error);
          })
          .finally(() => active.delete(run.organisation));
        active.set(run.organisation, work);
      }
      if (active.size === 0) return;
      await Promise.race(active.values());
    }
  }
  return {
    look,
    giveUpKept: leases.giveUpKept,
    stop: async () => {
      halt.abort();
      await Promise.all(active.values());
    },
  };
}

/** What runs that broke off here left behind. */
interface Kept {
  leases: KeptLeases;
  /** What their organisations' calls were told: answers that were heard and could not be written. */
  budgets: Map<string, KnownBudget>;
}

async function carryRun(
  options: EngineOptions,
  clock: Clock,
  stop: AbortSignal,
  due: DueRun,
  { leases, budgets }: Kept,
): Promise<void> {
  const { db, owner, step = noStep } = options;
  const times = {
    leaseMs: options.leaseMs ?? leaseTimes.leaseMs,
    heartbeatMs: options.heartbeatMs ?? leaseTimes.heartbeatMs,
  };
  const { organisation, runId } = due;
  const lease = await leases.take(due, () =>
    takeLease(db, clock, { ...times, organisation, owner, runId, stop, step }),
  );
  if (lease === undefined) return;
  try {
    const snapshot = await beginRun(db, lease, due.runId, step);
    if (snapshot === undefined) return;
    const ended = await workSnapshot(options, clock, lease, { id: due.runId, snapshot }, budgets);
    await leaveRun(db, lease, step, due.runId, ended);
  } finally {
    await leases.giveUp(lease);
  }
}

async function workSnapshot(
  options: EngineOptions,
  clock: Clock,
  lease: Lease,
  run: { id: string; snapshot: bigint },
  budgets: Kept['budgets'],
): Promise<Carried> {
  const { step = noStep, chance = Math.random } = options;
  const { organisation } = lease;
  const explain = (standstill: Standstill, untilMs: number) =>
    explainRun(options.db, lease, step, run.id, standstill, new Date(untilMs));
  const asked = () => readAsked(options.db, lease.organisation, run.id);
  const known = await readBudget(options.db, organisation, budgets.get(organisation));
  const governor = createGovernor({
    clock,
    start: known.budget,
    share: createShare(options.db, options.appMinuteMax ?? appMinuteMax),
    outage: createOutage(options.db, lease.organisation),
    onWait: explain,
    onReopen: (fromMs) => reopenRun(options.db, lease, step, run.id, new Date(fromMs)),
    asked,
    chance,
  });
  const it: Carriage = {
    db: options.db,
    clock,
    lease,
    governor,
    run: { id: run.id, entities: options.entities },
    xero: options.xero,
    pause: options.pause,
    explain,
    asked,
    lookMs: options.lookMs ?? 10_000,
    chance,
    step,
  };
  try {
    const carried = await carryLayers(it, run);
    budgets.delete(organisation);
    return carried;
  } catch (error) {
    budgets.set(organisation, { ...known, budget: governor.budget() });
    throw error;
  }
}

async function carryLayers(it: Carriage, run: { id: string; snapshot: bigint }): Promise<Carried> {
  const { lease } = it;
  // What a run before this one left open goes first: nothing of it may be claimed anew.
  const left = await readLeft(it);
  if (!left.isEmpty) {
    const resumed = await inSlots(it, left.next, left.isUrgent);
    if (resumed.kind !== 'settled') return resumed;
  }
  for (const layer of layersOf(it.run.entities)) {
    // What the layer before has made is looked up by this one.
    await renewStatistics(it.db, lease.organisation);
    const carried = await untilNonePassed(it, layer, run.snapshot, () =>
      inSlots(it, createClaims(it, layer, run), () => hasUrgent(it)),
    );
    if (carried.kind !== 'settled') return carried;
  }
  return lease.signal.aborted ? { kind: 'stopped' } : { kind: 'settled' };
}
