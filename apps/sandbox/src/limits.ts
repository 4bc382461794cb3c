// Xero's rate limits: per organisation and client by the minute, by the day and at once; per client over all (XERO.md 2).
import { z } from 'zod';
import { type Counter, createCounter, windowCount } from './limit-counter.ts';

export const limitsRecord = z.object({
  minute: z.number().int().min(0),
  atOnce: z.number().int().min(0),
  day: z.number().int().min(0),
  /** Calls a minute over all organisations; 10,000 where absent. */
  app: z.number().int().min(0).default(10_000),
});

export type Limits = Readonly<z.input<typeof limitsRecord>>;
export type LimitChange = { readonly [Name in keyof Limits]?: number | undefined };

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
  /** What is left out stays as it is. */
  change(limits: LimitChange | 'off'): void;
};

/** What holds for one caller beside the general limits. */
export type Caps = {
  /** Calls a day, where they are fewer than the general limit. */
  readonly day: number | undefined;
  /** Minute and day are neither counted nor limited: Rapid Sync (XERO.md 1.6). */
  readonly isLifted: boolean;
};

export type CapsOf = (client: string, tenant: string, nowMs: number) => Caps;

export const defaultLimits: Limits = { minute: 60, atOnce: 5, day: 5_000, app: 10_000 };

const minuteMs = 60_000;
const dayMs = 86_400_000;

type State = {
  readonly client: string;
  readonly tenant: string;
  readonly minute: Counter;
  readonly day: Counter;
  inFlight: number;
};

/** Without limits nothing is ever refused. `isRolling` says at each call whether windows are fixed or roll. */
export function createGate(initial: Limits | undefined, isRolling: () => boolean, capsOf: CapsOf): Gate {
  let limits = initial;
  const states = createStates(isRolling);
  const dayOf = ({ day }: Caps): number =>
    Math.min(day ?? Number.POSITIVE_INFINITY, (limits ?? defaultLimits).day);

  const problemOf = (state: State, caps: Caps, nowMs: number): LimitProblem | undefined => {
    if (limits === undefined) return undefined;
    if (!caps.isLifted && state.day.count(nowMs) >= dayOf(caps)) return 'day';
    if (!caps.isLifted && state.minute.count(nowMs) >= limits.minute) return 'minute';
    if (states.app(state.client).count(nowMs) >= appMax(limits)) return 'app';
    return state.inFlight >= limits.atOnce ? 'concurrent' : undefined;
  };
  const waitS: Gate['waitS'] = (problem, client, tenant, nowMs) => {
    const state = states.of(client, tenant);
    const counter = problem === 'day' ? state.day : problem === 'app' ? states.app(client) : state.minute;
    return Math.max(1, Math.ceil(counter.untilFreeMs(nowMs) / 1_000));
  };

  return {
    take(client, tenant, nowMs) {
      const state = states.of(client, tenant);
      const caps = capsOf(client, tenant, nowMs);
      const problem = problemOf(state, caps, nowMs);
      if (problem !== undefined) {
        const retryAfterS = problem === 'concurrent' ? undefined : waitS(problem, client, tenant, nowMs);
        return { kind: 'refused', problem, retryAfterS };
      }
      const counters = caps.isLifted ? [] : [state.minute, state.day];
      if (limits !== undefined) for (const counter of [...counters, states.app(client)]) counter.add(nowMs);
      state.inFlight += 1;
      const release = (): void => {
        state.inFlight -= 1;
      };
      return { kind: 'taken', window: states.window(state), release };
    },
    remaining(client, tenant, nowMs) {
      const { minute, day } = states.of(client, tenant);
      const left = (most: number, counter: Counter): number => Math.max(0, most - counter.count(nowMs));
      const most = limits ?? defaultLimits;
      const app = left(appMax(most), states.app(client));
      const caps = capsOf(client, tenant, nowMs);
      return { minute: left(most.minute, minute), day: left(dayOf(caps), day), app };
    },
    waitS,
    restore: states.restore,
    windows: states.windows,
    clear: states.clear,
    read: () => limits,
    change(next) {
      limits = next === 'off' ? undefined : changed(limits ?? defaultLimits, next);
    },
  };
}

/** The counts of every client and organisation, and what they look like in the journal. */
function createStates(isRolling: () => boolean) {
  const all = new Map<string, State>();
  const apps = new Map<string, Counter>();
  const of = (client: string, tenant: string): State => {
    const key = `${client} ${tenant}`;
    const counter = (lengthMs: number): Counter => createCounter(lengthMs, tenant, isRolling);
    const known = all.get(key);
    const state = known ?? { client, tenant, minute: counter(minuteMs), day: counter(dayMs), inFlight: 0 };
    if (known === undefined) all.set(key, state);
    return state;
  };
  const app = (client: string): Counter => {
    const counter = apps.get(client) ?? createCounter(minuteMs, client, isRolling);
    apps.set(client, counter);
    return counter;
  };
  const window = ({ client, tenant, minute, day }: State): Window => {
    return { client, tenant, minute: minute.window(), day: day.window(), app: app(client).window() };
  };
  return {
    of,
    app,
    window,
    restore(one: Window, atMs: number): void {
      const state = of(one.client, one.tenant);
      const times = one.times ?? [atMs];
      state.minute.restore(one.minute, times);
      state.day.restore(one.day, times);
      if (one.app !== undefined) app(one.client).restore(one.app, times);
    },
    windows: (): Window[] => [...all.values()].map((one) => ({ ...window(one), times: one.day.times() })),
    clear(): void {
      // Calls in flight stay counted, because each gives its place back itself.
      for (const { minute, day } of all.values()) for (const counter of [minute, day]) counter.clear();
      apps.clear();
    },
  };
}

function changed(before: Limits, next: LimitChange): Limits {
  return {
    minute: next.minute ?? before.minute,
    atOnce: next.atOnce ?? before.atOnce,
    day: next.day ?? before.day,
    app: next.app ?? appMax(before),
  };
}

function appMax(limits: Limits): number {
  return limits.app ?? 10_000;
}
