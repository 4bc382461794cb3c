// A client of the sandbox's own addresses below /__sandbox, by HTTP alone, for tests and benches.
import { z } from 'zod';

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

export type SandboxClock = z.infer<typeof clockAnswer>;
/**
 * By tenant id: counts, duplicates, and money as decimal strings (`by` type and status with tax in `total`, `accounts`
 * net per account code); `calls` by method and first path segment, then by status: `{"PUT /Invoices":{"200":17}}`.
 */
export type SandboxSummary = z.infer<typeof summaryAnswer>;

export type SandboxClient = {
  /** Empties contacts, items, documents, counters, limits and remembered replies; tokens and connections stay. */
  reset(): Promise<void>;
  summary(): Promise<SandboxSummary>;
  clock(): Promise<SandboxClock>;
  /** What is left out stays as it is now. */
  setClock(setting: Partial<SandboxClock>): Promise<SandboxClock>;
  /** Steps the clock by simulated ms. */
  advance(advanceMs: number): Promise<SandboxClock>;
  /** The answer time in simulated ms: of all calls, or of those of a method and a beginning of the path (`/Invoices`). */
  setLatency(ms: number, only?: { readonly method?: string; readonly path?: string }): Promise<void>;
};

/** `url` is the sandbox's address, such as `http://localhost:4010`. Calls reject with one sentence when refused. */
export function createSandboxClient(url: string): SandboxClient {
  const base = `${url.replace(/\/+$/, '')}/__sandbox`;
  const clock = async (body?: Readonly<Record<string, unknown>>): Promise<SandboxClock> =>
    clockAnswer.parse(await call(`${base}/clock`, body));
  return {
    async reset() {
      await call(`${base}/reset`, {});
    },
    summary: async () => summaryAnswer.parse(await call(`${base}/summary`)),
    clock: () => clock(),
    setClock: (setting) => clock(setting),
    advance: (advanceMs) => clock({ advanceMs }),
    async setLatency(ms, only = {}) {
      await call(`${base}/latency`, { ms, ...only });
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
  const response = await fetch(address, body === undefined ? {} : post);
  if (response.ok) return response.json();
  throw new Error(`The sandbox refused ${address} with ${response.status}: ${await response.text()}`);
}
