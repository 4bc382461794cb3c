// A client of the sandbox's own addresses below /__sandbox, by HTTP alone, for tests and benches.
import { z } from 'zod';
import type { FaultWanted } from './src/fault/fault.ts';
import type { LimitChange } from './src/limits.ts';
import type { OptionName, OptionValue } from './src/options.ts';

const clockAnswer = z.object({ realMs: z.number(), simulatedMs: z.number(), scale: z.number() });
const count = { count: z.number(), duplicates: z.number() };
const documents = z.object({
  ...count,
  by: z.record(z.string(), z.object({ count: z.number(), total: z.string(), tax: z.string() })),
  accounts: z.record(z.string(), z.string()),
});
const summaryAnswer = z.object({
  organisations: z.record(
    z.string(),
    z.object({
      name: z.string(),
      Contacts: z.object(count),
      Items: z.object(count),
      Invoices: documents,
      CreditNotes: documents,
    }),
  ),
  calls: z.record(z.string(), z.record(z.string(), z.number())),
  throttled: z.number(),
});

const callsAnswer = z.array(
  z.object({
    id: z.number(),
    atMs: z.number(),
    ms: z.number(),
    method: z.string(),
    path: z.string(),
    status: z.number(),
    tenant: z.string(),
    key: z.string(),
    fault: z.string(),
    left: z.object({ minute: z.number(), day: z.number(), app: z.number() }).optional(),
    requestBytes: z.number(),
    replyBytes: z.number(),
    request: z.string().optional(),
    reply: z.string().optional(),
  }),
);
const faultAnswer = z.object({ id: z.number(), kind: z.string(), seen: z.number(), met: z.number() });
const endedAnswer = z.object({ ended: z.number() });
const optionsAnswer = z.record(z.string(), z.object({ value: z.string() }));

export type SandboxClock = z.infer<typeof clockAnswer>;
/**
 * By tenant id: counts, duplicates, and money as decimal strings (`by` type and status with tax in `total`, `accounts`
 * net per account code); `calls` by method and first path segment, then by status: `{"PUT /Invoices":{"200":17}}`.
 */
export type SandboxSummary = z.infer<typeof summaryAnswer>;

export type SandboxFault = FaultWanted;
/** A fault that is set: how many calls matched it (`seen`) and how many it met. */
export type SandboxFaultState = z.infer<typeof faultAnswer>;
/** One call; `status` 0 where no answer was sent, `left` what its reply said is left of the limits, times simulated. */
export type SandboxCall = z.infer<typeof callsAnswer>[number];
export type SandboxOptionValues = { readonly [Name in OptionName]?: OptionValue<Name> };

export type SandboxClient = {
  /** Empties contacts, items, documents, counters, limits and remembered replies; tokens and connections stay. */
  reset(): Promise<void>;
  summary(): Promise<SandboxSummary>;
  clock(): Promise<SandboxClock>;
  /** What is left out stays as it is now. */
  setClock(setting: Partial<SandboxClock>): Promise<SandboxClock>;
  /** Lets it stand, so that only `advance` moves it, until it is given a scale again. */
  stopClock(): Promise<SandboxClock>;
  /** Steps the clock by simulated ms. */
  advance(advanceMs: number): Promise<SandboxClock>;
  /** The answer time in simulated ms: of all calls, or of those of a method and a beginning of the path (`/Invoices`). */
  setLatency(ms: number, only?: { readonly method?: string; readonly path?: string }): Promise<void>;
  /** Lets calls go wrong: `fail({ kind: 'timeout', when: 'after', path: '/Invoices' })`; the next one where nothing else is said. */
  fail(fault: SandboxFault): Promise<SandboxFaultState>;
  faults(): Promise<SandboxFaultState[]>;
  /** Ends one fault, or all. */
  mend(id?: number): Promise<void>;
  /** The last thousand calls, oldest first; with their bodies on request. */
  calls(only?: {
    readonly afterId?: number;
    readonly bodies?: boolean;
    readonly method?: string;
    readonly path?: string;
  }): Promise<SandboxCall[]>;
  /** Sets named options; `options` tells what all of them are. */
  setOptions(values: SandboxOptionValues): Promise<void>;
  options(): Promise<Record<string, string>>;
  setLimits(limits: LimitChange | 'off'): Promise<void>;
  /** Lets every access token expire now; returns how many. */
  expireTokens(): Promise<number>;
  /** Ends every refresh token; connections stay listed. */
  revokeRefreshes(): Promise<number>;
  /** Ends the connections of an organisation, or of all. */
  disconnect(tenant?: string): Promise<number>;
  /** Everything that the journal would hold, as text to be given to `restore`. */
  snapshot(): Promise<string>;
  /** Puts it in the place of everything; the clock only when asked to. */
  restore(snapshot: string, also?: { readonly clock?: boolean }): Promise<void>;
};

/** `url` is the sandbox's address, such as `http://localhost:4010`. Calls reject with one sentence when refused. */
export function createSandboxClient(url: string): SandboxClient {
  const base = `${url.replace(/\/+$/, '')}/__sandbox`;
  return { ...stateCalls(base), ...clockCalls(base), ...faultCalls(base), ...settingCalls(base) };
}

function stateCalls(
  base: string,
): Pick<SandboxClient, 'reset' | 'summary' | 'calls' | 'snapshot' | 'restore'> {
  return {
    async reset() {
      await call(`${base}/reset`, {});
    },
    summary: async () => summaryAnswer.parse(await call(`${base}/summary`)),
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

function clockCalls(
  base: string,
): Pick<SandboxClient, 'clock' | 'setClock' | 'stopClock' | 'advance' | 'setLatency'> {
  const clock = async (body?: Readonly<Record<string, unknown>>): Promise<SandboxClock> =>
    clockAnswer.parse(await call(`${base}/clock`, body));
  return {
    clock: () => clock(),
    setClock: (setting) => clock(setting),
    stopClock: () => clock({ stopped: true }),
    advance: (advanceMs) => clock({ advanceMs }),
    async setLatency(ms, only = {}) {
      await call(`${base}/latency`, { ms, ...only });
    },
  };
}

function faultCalls(
  base: string,
): Pick<SandboxClient, 'fail' | 'faults' | 'mend' | 'expireTokens' | 'revokeRefreshes' | 'disconnect'> {
  const end = async (body: Readonly<Record<string, unknown>>): Promise<number> =>
    endedAnswer.parse(await call(`${base}/identity`, body)).ended;
  return {
    fail: async (fault) => faultAnswer.parse(await call(`${base}/faults`, fault)),
    faults: async () => z.array(faultAnswer).parse(await call(`${base}/faults`)),
    async mend(id) {
      await send(`${base}/faults${id === undefined ? '' : `/${id}`}`, { method: 'DELETE' });
    },
    expireTokens: () => end({ action: 'expire-tokens' }),
    revokeRefreshes: () => end({ action: 'revoke-refresh' }),
    disconnect: (tenant) => end({ action: 'disconnect', ...(tenant === undefined ? {} : { tenant }) }),
  };
}

function settingCalls(base: string): Pick<SandboxClient, 'setOptions' | 'options' | 'setLimits'> {
  return {
    async setOptions(values) {
      await call(`${base}/options`, values);
    },
    async options() {
      const options = optionsAnswer.parse(await call(`${base}/options`));
      return Object.fromEntries(Object.entries(options).map(([name, { value }]) => [name, value]));
    },
    async setLimits(limits) {
      await call(`${base}/limits`, limits === 'off' ? { off: true } : limits);
    },
  };
}

/** Posts `body`, or gets where there is none. */
async function call(address: string, body?: Readonly<Record<string, unknown>>): Promise<unknown> {
  const post = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await send(address, body === undefined ? {} : post)).json();
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init);
  if (response.ok) return response;
  throw new Error(`The sandbox refused ${address} with ${response.status}: ${await response.text()}`);
}
