// Xero's rate limits: per organisation and client by the minute, by the day and at once; per client over all (XERO.md 2).
import { z } from 'zod';
import { type Counter, createCounter, windowCount } from './limit-counter.ts';

export const limitsRecord = z.object({
  minute: z.number().int().min(0),
  atOnce: z.number().int().min(0),
  day: z.number().int().min(0),
  /** Calls a minute over all organisations; 10,000 where absent. */
  app: z.number().int().min(0).optional(),
});

export type Limits = Readonly<z.infer<typeof limitsRecord>>;

export const windowRecord = z.object({
  client: z.string(),
  tenant: z.string(),
  minute: windowCount,
  day: windowCount,
  app: windowCount.optional(),
  /** The instants of the calls of the last day, where windows roll; only in journals without a past. */
  times: z.array(z.number()).optional(),
});

/** How many calls the windows hold: [number of the window, calls in it]. */
export type Window = z.infer<typeof windowRecord>;
export type LimitProblem = 'minute' | 'day' | 'concurrent' | 'app';

export type Taken =
  | { readonly kind: 'taken'; readonly window: Window; readonly release: () => void }
  | {
      readonly kind: 'refused';
      readonly problem: LimitProblem;
      readonly retryAfterS: number | undefined;
    };

export type Remaining = { readonly minute: number; readonly day: number; readonly app: number };

export type Gate = {
  /** Takes one call out of the budget, or says which limit forbids it and when to come again (simulated seconds). */
  take(client: string, tenant: string, nowMs: number): Taken;
  /** What is left of the budget; the full one where nothing is limited. */
  remaining(client: string, tenant: string, nowMs: number): Remaining;
  /** Seconds until a window ends. */
  waitS(problem: LimitProblem, client: string, tenant: string, nowMs: number): number;
  restore(window: Window, atMs: number): void;
  windows(): Window[];
  clear(): void;
  read(): Limits | undefined;
  set(limits: Limits | undefined): void;
  /** The limit of calls a day of one organisation, by its tier, in place of the general one. */
  setDay(tenant: string, day: number): void;
};

export const defaultLimits: Limits = { minute: 60, atOnce: 5, day: 5_000, app: 10_000 };

const minuteMs = 60_000;
const dayMs = 86_400_000;

type State = {
  readonly client: string;
  readonly tenant: string;
  minute: Counter;
  day: Counter;
  inFlight: number;
};

/** Without limits nothing is ever refused. `isRolling` says at each call whether windows are fixed or roll. */
export function createGate(initial: Limits | undefined, isRolling: () => boolean): Gate {
  let limits = initial;
  const states = new Map<string, State>();
  const apps = new Map<string, Counter>();
  const days = new Map<string, number>();

  const stateOf = (client: string, tenant: string): State => {
    const key = `${client} ${tenant}`;
    let state = states.get(key);
    if (state === undefined) {
      const minute = createCounter(minuteMs, tenant, isRolling);
      state = { client, tenant, minute, day: createCounter(dayMs, tenant, isRolling), inFlight: 0 };
      states.set(key, state);
    }
    return state;
  };
  const appOf = (client: string): Counter => {
    const counter = apps.get(client) ?? createCounter(minuteMs, client, isRolling);
    apps.set(client, counter);
    return counter;
  };
  const dayOf = (tenant: string): number => {
    const own = days.get(tenant) ?? Number.POSITIVE_INFINITY;
    return Math.min(own, (limits ?? defaultLimits).day);
  };
  const windowOf = (state: State): Window => ({
    client: state.client,
    tenant: state.tenant,
    minute: state.minute.window(),
    day: state.day.window(),
    app: appOf(state.client).window(),
  });

  const refusalOf = (state: State, nowMs: number): LimitProblem | undefined => {
    if (limits === undefined) return undefined;
    if (state.day.count(nowMs) >= dayOf(state.tenant)) return 'day';
    if (state.minute.count(nowMs) >= limits.minute) return 'minute';
    if (appOf(state.client).count(nowMs) >= appMax(limits)) return 'app';
    return state.inFlight >= limits.atOnce ? 'concurrent' : undefined;
  };
  const waitS: Gate['waitS'] = (problem, client, tenant, nowMs) => {
    const state = stateOf(client, tenant);
    const counter = problem === 'day' ? state.day : problem === 'app' ? appOf(client) : state.minute;
    return Math.max(1, Math.ceil(counter.untilFreeMs(nowMs) / 1_000));
  };

  return {
    take(client, tenant, nowMs) {
      const state = stateOf(client, tenant);
      const problem = refusalOf(state, nowMs);
      if (problem !== undefined) {
        const retryAfterS = problem === 'concurrent' ? undefined : waitS(problem, client, tenant, nowMs);
        return { kind: 'refused', problem, retryAfterS };
      }
      if (limits !== undefined) for (const one of [state.minute, state.day, appOf(client)]) one.add(nowMs);
      state.inFlight += 1;
      const release = (): void => {
        state.inFlight -= 1;
      };
      return { kind: 'taken', window: windowOf(state), release };
    },
    remaining(client, tenant, nowMs) {
      const { minute, day } = stateOf(client, tenant);
      const left = (most: number, counter: Counter): number => Math.max(0, most - counter.count(nowMs));
      const most = limits ?? defaultLimits;
      return {
        minute: left(most.minute, minute),
        day: left(dayOf(tenant), day),
        app: left(appMax(most), appOf(client)),
      };
    },
    waitS,
    restore(window, atMs) {
      const state = stateOf(window.client, window.tenant);
      const times = window.times ?? [atMs];
      state.minute.restore(window.minute, times);
      state.day.restore(window.day, times);
      if (window.app !== undefined) appOf(window.client).restore(window.app, times);
    },
    windows: () => [...states.values()].map((state) => ({ ...windowOf(state), times: state.day.times() })),
    clear() {
      // Calls in flight stay counted, because each gives its place back itself.
      for (const state of states.values()) {
        state.minute.clear();
        state.day.clear();
      }
      apps.clear();
    },
    read: () => limits,
    set(next) {
      limits = next;
    },
    setDay: (tenant, day) => void days.set(tenant, day),
  };
}

function appMax(limits: Limits): number {
  return limits.app ?? 10_000;
}
