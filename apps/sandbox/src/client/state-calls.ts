// What landed, going back to how it was, and the clock.
import type { z } from 'zod';
import { callsAnswer, clockAnswer, latencyAnswer, summaryAnswer } from './answers.ts';
import { call, send } from './send.ts';

export type SandboxClock = z.infer<typeof clockAnswer>;
/** The answer time of all calls, and those of some. */
export type SandboxLatency = z.infer<typeof latencyAnswer>;
/**
 * By tenant id: counts, duplicates, and money as decimal strings (`by` type and status with tax in `total`, `accounts`
 * net per account code); `calls` by method and first path segment, then by status: `{"PUT /Invoices":{"200":17}}`.
 */
export type SandboxSummary = z.infer<typeof summaryAnswer>;
/** One call; `status` 0 where no answer was sent, `left` what its reply said is left of the limits, times simulated. */
export type SandboxCall = z.infer<typeof callsAnswer>[number];

export type StateCalls = {
  /** Empties contacts, items, documents, counters, limits and remembered replies; tokens and connections stay. */
  reset(): Promise<void>;
  /** Of all organisations, or of one alone: none of them where it is unknown. */
  summary(tenantId?: string): Promise<SandboxSummary>;
  /** The last thousand calls, oldest first; with their bodies on request. */
  calls(only?: {
    readonly afterId?: number;
    readonly bodies?: boolean;
    readonly method?: string;
    readonly path?: string;
  }): Promise<SandboxCall[]>;
  /** Everything that the journal would hold, as text to be given to `restore`. */
  snapshot(): Promise<string>;
  /** Puts it in the place of everything; the clock only when asked to. */
  restore(snapshot: string, also?: { readonly clock?: boolean }): Promise<void>;
};

export function stateCalls(base: string): StateCalls {
  return {
    async reset() {
      await call(`${base}/reset`, {});
    },
    async summary(tenantId) {
      const query = tenantId === undefined ? '' : `?${new URLSearchParams({ tenant: tenantId })}`;
      return summaryAnswer.parse(await call(`${base}/summary${query}`));
    },
    async calls({ afterId = 0, bodies = false, method = '', path = '' } = {}) {
      const query = new URLSearchParams({ after: String(afterId), bodies: String(bodies), method, path });
      return callsAnswer.parse(await call(`${base}/calls?${query}`));
    },
    snapshot: async () => (await send(`${base}/snapshot`, {})).text(),
    async restore(snapshot, { clock = false } = {}) {
      await send(`${base}/restore?clock=${clock}`, { method: 'POST', body: snapshot });
    },
  };
}

export type ClockCalls = {
  clock(): Promise<SandboxClock>;
  /** What is left out stays as it is now. */
  setClock(setting: Partial<SandboxClock>): Promise<SandboxClock>;
  /** Lets it stand, so that only `advance` moves it, until it is given a scale again. */
  stopClock(): Promise<SandboxClock>;
  /** Steps the clock by simulated ms. */
  advance(advanceMs: number): Promise<SandboxClock>;
  latency(): Promise<SandboxLatency>;
  /**
   * The answer time in simulated ms: of all calls, or of those of a method and a beginning of the path (`/Invoices`); with `jitterMs` up
   * to so many more or less.
   */
  setLatency(
    ms: number,
    only?: { readonly method?: string; readonly path?: string; readonly jitterMs?: number },
  ): Promise<void>;
};

export function clockCalls(base: string): ClockCalls {
  const clock = async (body?: Readonly<Record<string, unknown>>): Promise<SandboxClock> =>
    clockAnswer.parse(await call(`${base}/clock`, body));
  return {
    clock: () => clock(),
    setClock: (setting) => clock(setting),
    stopClock: () => clock({ stopped: true }),
    advance: (advanceMs) => clock({ advanceMs }),
    latency: async () => latencyAnswer.parse(await call(`${base}/latency`)),
    async setLatency(ms, only = {}) {
      await call(`${base}/latency`, { ms, ...only });
    },
  };
}
