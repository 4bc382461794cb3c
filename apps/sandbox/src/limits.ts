// Xero's rate limits per client and organisation: fixed windows per minute and per day, and calls at once (XERO.md 2).
import { createHash } from 'node:crypto';
import { z } from 'zod';

export type Limits = { readonly minute: number; readonly atOnce: number; readonly day: number };

export const windowRecord = z.object({
  client: z.string(),
  tenant: z.string(),
  minute: z.tuple([z.number(), z.number()]),
  day: z.tuple([z.number(), z.number()]),
});

/** How many calls the windows hold: [number of the window, calls in it]. */
export type Window = z.infer<typeof windowRecord>;

export type Taken =
  | { readonly kind: 'taken'; readonly window: Window; readonly release: () => void }
  | {
      readonly kind: 'refused';
      readonly problem: 'minute' | 'day' | 'concurrent';
      readonly retryAfterS: number | undefined;
    };

export type Gate = {
  /** Takes one call out of the budget, or says which limit forbids it and when to come again (simulated seconds). */
  take(client: string, tenant: string, nowMs: number): Taken;
  /** The three headers every Accounting reply carries. */
  headers(client: string, tenant: string, nowMs: number): Record<string, string>;
  restore(window: Window): void;
  windows(): Window[];
  clear(): void;
};

/** Without limits nothing is ever refused and the headers show the full budget. */
export function createGate(limits: Limits | undefined): Gate {
  const states = new Map<string, Counted>();
  const appMinutes = new Map<string, [number, number]>();

  const stateOf = (client: string, tenant: string, nowMs: number): Counted => {
    const key = `${client} ${tenant}`;
    const state = states.get(key) ?? { client, tenant, minute: [0, 0], day: [0, 0], inFlight: 0 };
    states.set(key, state);
    roll(state.minute, windowNumber(nowMs, minuteMs, tenant));
    roll(state.day, windowNumber(nowMs, dayMs, tenant));
    return state;
  };
  const appMinuteOf = (client: string, nowMs: number): [number, number] => {
    const counted = appMinutes.get(client) ?? [0, 0];
    appMinutes.set(client, counted);
    roll(counted, windowNumber(nowMs, minuteMs, client));
    return counted;
  };

  return {
    take(client, tenant, nowMs) {
      const state = stateOf(client, tenant, nowMs);
      const appMinute = appMinuteOf(client, nowMs);
      if (limits !== undefined) {
        if (state.day[1] >= limits.day) return refuse('day', untilNext(nowMs, dayMs, tenant));
        if (state.minute[1] >= limits.minute) return refuse('minute', untilNext(nowMs, minuteMs, tenant));
        if (state.inFlight >= limits.atOnce) return refuse('concurrent', undefined);
        state.minute[1] += 1;
        state.day[1] += 1;
        appMinute[1] += 1;
      }
      state.inFlight += 1;
      const release = (): void => {
        state.inFlight -= 1;
      };
      return { kind: 'taken', window: windowOf(state), release };
    },
    headers(client, tenant, nowMs) {
      const state = stateOf(client, tenant, nowMs);
      return {
        'X-DayLimit-Remaining': String((limits?.day ?? defaultLimits.day) - state.day[1]),
        'X-MinLimit-Remaining': String((limits?.minute ?? defaultLimits.minute) - state.minute[1]),
        'X-AppMinLimit-Remaining': String(appMinuteMax - appMinuteOf(client, nowMs)[1]),
      };
    },
    restore(window) {
      states.set(`${window.client} ${window.tenant}`, { ...window, inFlight: 0 });
    },
    windows: () => [...states.values()].map(windowOf),
    clear() {
      // Calls in flight stay counted, because each gives its place back itself.
      for (const state of states.values()) {
        state.minute[1] = 0;
        state.day[1] = 0;
      }
      appMinutes.clear();
    },
  };
}

type Counted = Window & { inFlight: number };

export const defaultLimits: Limits = { minute: 60, atOnce: 5, day: 5_000 };

const appMinuteMax = 10_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

function refuse(problem: 'minute' | 'day' | 'concurrent', retryAfterS: number | undefined): Taken {
  return { kind: 'refused', problem, retryAfterS };
}

/** A copy, because the counters go on counting. */
function windowOf({ client, tenant, minute, day }: Counted): Window {
  return { client, tenant, minute: [minute[0], minute[1]], day: [day[0], day[1]] };
}

function roll(counted: [number, number], number: number): void {
  if (counted[0] === number) return;
  counted[0] = number;
  counted[1] = 0;
}

/** Windows begin at another moment for each tenant, as Xero's do; the moment follows from the tenant's id. */
function windowNumber(nowMs: number, lengthMs: number, tenant: string): number {
  return Math.floor((nowMs - offsetOf(tenant, lengthMs)) / lengthMs);
}

function untilNext(nowMs: number, lengthMs: number, tenant: string): number {
  const next = (windowNumber(nowMs, lengthMs, tenant) + 1) * lengthMs + offsetOf(tenant, lengthMs);
  return Math.max(1, Math.ceil((next - nowMs) / 1_000));
}

function offsetOf(tenant: string, lengthMs: number): number {
  let offset = offsets.get(tenant);
  if (offset === undefined) {
    offset = createHash('sha256').update(tenant).digest().readUInt32BE(0);
    offsets.set(tenant, offset);
  }
  return offset % lengthMs;
}

const offsets = new Map<string, number>();
