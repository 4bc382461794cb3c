// A worker on a stepped clock whose calls are watched: for the tests of limits and outages, which count what goes when.
import { createId, type Db } from '@stockbook/db';
import type { CallResult, Gate, XeroApi } from '@stockbook/xero';
import type { Clock } from '../../src/clock.ts';
import { connectionApi } from '../../src/connection.ts';
import { createEngine } from '../../src/engine.ts';
import { entities } from '../../src/entities/index.ts';
import { pauseConnection } from '../../src/pause.ts';
import { openRun } from '../../src/run.ts';
import { noStep, type Stepping } from '../../src/step.ts';
import { writeContacts } from '../inventory.ts';
import { access } from '../world.ts';
import { createSteppedClock, type SteppedClock } from './mortal.ts';
import type { Joined, Stage } from './stage.ts';

export interface Pace {
  stage: Stage;
  db: Db;
  /** The worker's name, unlike any other's. */
  owner?: string;
  clock: Clock;
  /** Records to a call at most; one where nothing is said, so that few records make many calls. */
  batchMax?: number;
  chance?(): number;
  step?: Stepping;
  /** Calls a minute of all organisations of the app; Xero's where nothing is said. */
  appMinuteMax?: number;
  /** Told before each call goes, and what it came to. */
  going?(organisation: string): Promise<void>;
  came?(answer: { kind: string; failure?: Failed['failure'] }): void;
  /** What it is told instead of what Xero's limits are. */
  limits?(allowance: CallResult['allowance']): CallResult['allowance'];
  /** Every line of its log. */
  said?(line: string): void;
}

type Failed = Extract<CallResult, { kind: 'failed' }>;

/** No heart beats in stepped time: the lease is to last as long as the test. */
const leaseMs = 400 * 86_400_000;

/** A sandbox that holds nothing and has no faults, and a clock that stands at `startMs`. */
export async function beginAnew(stage: Stage, startMs: number): Promise<SteppedClock> {
  await stage.client.reset();
  await stage.client.mend();
  await stage.setClock(startMs);
  return createSteppedClock(stage, startMs);
}

/** Carries what is due until nothing is left to do now. */
export async function carryPaced(pace: Pace): Promise<void> {
  const { stage, db, owner = 'paced', clock, batchMax = 1, step = noStep } = pace;
  const engine = createEngine({
    ...{ db, clock, step, leaseMs, owner },
    ...(pace.chance && { chance: pace.chance }),
    ...(pace.appMinuteMax && { appMinuteMax: pace.appMinuteMax }),
    entities: entities.map((entity) => ({ ...entity, batchMax })),
    pause: (organisation, problem, seen) => pauseConnection(db, organisation, problem, seen),
    log: {
      info: () => undefined,
      error: (fields, text) => pace.said?.(`${text} ${'error' in fields ? String(fields.error) : ''}`),
    },
    xero: async (organisation, leaseToken) => {
      const ready = await connectionApi(db, organisation, stage.oauth, access.secret, { step, leaseToken });
      return ready.kind === 'ready' ? { kind: 'ready', api: watched(ready.api, organisation, pace) } : ready;
    },
  });
  await engine.look();
  await engine.stop();
}

function watched(
  api: XeroApi,
  organisation: string,
  { going, came, limits = (allowance) => allowance }: Pace,
): XeroApi {
  // What the gate keeps back does not go, and nothing comes of it.
  async function watch<T extends { kind: string; failure?: Failed['failure'] }>(
    kept: Gate | undefined,
    make: (gate: Gate) => Promise<T>,
  ): Promise<T> {
    let went = false;
    const answer = await make({
      permit: async () => kept?.permit(),
      last: async () => {
        const failure = await kept?.last();
        if (failure !== undefined) return failure;
        went = true;
        await going?.(organisation);
        return undefined;
      },
    });
    if (went) came?.(answer);
    return answer;
  }
  return {
    ...api,
    send: (call) => watch(call.gate, (gate) => api.send({ ...call, gate })),
    find: async (call) => {
      const answer = await watch(call.gate, (gate) => api.find({ ...call, gate }));
      return { ...answer, allowance: limits(answer.allowance) };
    },
  };
}

/** An organisation with so many contacts that wait, and a run for them. */
export async function openQueue(stage: Stage, count: number): Promise<Joined> {
  const joined = await stage.join();
  await fillQueue(stage, joined, count);
  return joined;
}

/** So many contacts more, and a run for them unless one is open. */
export async function fillQueue(stage: Stage, { organisation }: Joined, count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () => createId());
  await stage.db.write(organisation, (tx) => writeContacts(tx, made, `Queue ${made[0] ?? ''}`));
  await openRun(stage.db, organisation, { kind: 'manual', startedBy: 'Ann' });
  return made;
}

/** How many changes are in each state. */
export async function statesOf(stage: Stage, { organisation }: Joined): Promise<Record<string, number>> {
  const where = { organisationId: organisation };
  const rows = await stage.db.prisma.change.groupBy({ by: ['state'], where, _count: true });
  return Object.fromEntries(rows.map((row) => [row.state, row._count]));
}

/** The contacts of the organisation in the ledger. */
export async function contactsOf(stage: Stage, { tenantId }: Joined) {
  return (await stage.client.summary(tenantId)).organisations[tenantId]?.Contacts;
}

/** A clock that does something at instants of its own while another waits: `due` says when next, and is asked again after each. */
export function interrupted(
  clock: Clock & { step(byMs: number): Promise<void> },
  due: () => number,
  act: () => Promise<void>,
) {
  return {
    ...clock,
    until: async (atMs: number, signal: AbortSignal) => {
      for (let next = due(); next <= atMs; next = due()) {
        await clock.until(next, signal);
        await act();
      }
      await clock.until(atMs, signal);
    },
  };
}

/** A clock that goes on to the earliest wait once nobody is at a step: time passes in waits alone, whatever the machine's pace. */
export function patient(clock: Clock): { clock: Clock; step: Stepping } {
  const stillMs = 10;
  let busy = 0;
  let timer: NodeJS.Timeout | undefined;
  let waits: { atMs: number; over(): void }[] = [];
  const goOn = async () => {
    if (busy > 0) return later();
    const atMs = Math.min(...waits.map((wait) => wait.atMs));
    const due = waits.filter((wait) => wait.atMs <= atMs);
    waits = waits.filter((wait) => wait.atMs > atMs);
    await clock.until(atMs, new AbortController().signal);
    for (const { over } of due) over();
    if (waits.length > 0) later();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(goOn, stillMs);
  };
  return {
    step: async (name) => {
      busy += name.endsWith(' before') ? 1 : -1;
    },
    clock: {
      ...clock,
      until: (atMs) =>
        new Promise((resolve) => {
          waits.push({ atMs, over: resolve });
          later();
        }),
    },
  };
}
