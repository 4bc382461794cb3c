// A worker of a simulation: an engine on a database, a clock and a wire that all wait at the turnstile; it can be killed and frozen.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createDb, type Db } from '@stockbook/db';
import type { Clock } from '../../src/clock.ts';
import { connectionApi } from '../../src/connection.ts';
import { createEngine } from '../../src/engine.ts';
import type { Entity } from '../../src/entity.ts';
import { pauseConnection, type Seen } from '../../src/pause.ts';
import type { Stepping } from '../../src/step.ts';
import { access } from '../world.ts';
import { createCallLimits } from './call-limits.ts';
import type { CallFault } from './plan.ts';
import type { Stage } from './stage.ts';
import { cut, gatedClient, type Line } from './statement.ts';
import { Turnstile } from './turnstile.ts';
import { faulted } from './wire-fault.ts';

/** A worker's place: its connections last from one schedule to the next. */
export interface Slot {
  name: string;
  line: Line;
  db: Db;
}

export interface SimulatedWorker {
  /** Whether it looks for work or works just now. */
  busy(): boolean;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  stage: Stage;
  slot: Slot;
  turnstile: Turnstile;
  entities: readonly Entity[];
  chance: () => number;
  step: Stepping;
  /** Every line of its log. */
  said(line: string): void;
  /** Told of each rule of Xero's limits that one of its calls breaks. */
  broke(problem: string): void;
  /** Told of each refresh of a token that it asks Xero for. */
  refreshed?(): void;
  /** What becomes of its next call. */
  takeCallFault(): CallFault | undefined;
  /** The name of the worker whose next reading is told as nothing; it is told once. */
  emptyList: { worker: string | undefined };
}

export function createSlot(stage: Stage, name: string): Slot {
  const line: Line = {
    worker: name,
    turnstile: new Turnstile(0),
    dead: false,
    fault: undefined,
    clients: new Set(),
    heldUp: new Set(),
    isHeldUp: async (client) => {
      const waits = `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE pid = $1 AND NOT granted) AS waits`;
      const { rows } = await stage.owner.query<{ waits: boolean }>(waits, [processOf(client)]);
      return rows[0]?.waits ?? false;
    },
  };
  return {
    name,
    line,
    db: createDb(named(stage.database.url, name), { client: gatedClient(line), poolMax: 8 }),
  };
}

/** The database is told whose its connections are. */
function named(url: string, name: string): string {
  const address = new URL(url);
  address.searchParams.set('application_name', name);
  return address.href;
}

function processOf(client: object): number {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : -1;
}

/** Between two looks, as the worker's loop has it. */
const lookEveryMs = 10_000;

export function startWorker(options: WorkerOptions): SimulatedWorker {
  const { slot, turnstile } = options;
  const { line, name } = slot;
  line.dead = false;
  line.turnstile = turnstile;
  const halt = new AbortController();
  let looking = false;
  const engine = createEngine(engineOptions(options));
  async function loop(): Promise<void> {
    while (!halt.signal.aborted) {
      looking = true;
      await engine.look().catch((error: unknown) => options.said(String(error)));
      looking = false;
      await turnstile.until(name, turnstile.nowMs + lookEveryMs, halt.signal);
    }
  }
  const looped = loop();
  async function stop(): Promise<void> {
    halt.abort();
    await Promise.all([engine.stop(), looped]);
  }
  return {
    busy: () => looking,
    stop,
    kill: async () => {
      line.dead = true;
      line.fault = undefined;
      for (const client of line.clients) cut(client);
      turnstile.drop(name, new Error('This worker is dead'));
      await stop();
    },
  };
}

function engineOptions(options: WorkerOptions) {
  const { stage, slot, turnstile, entities, chance, step, said } = options;
  const clock = clockOf(turnstile, slot);
  const oauth: Stage['oauth'] = {
    ...stage.oauth,
    refresh: (token) => {
      options.refreshed?.();
      return call(options, 'refresh', () => stage.oauth.refresh(token));
    },
  };
  const signal = new AbortController().signal;
  const limits = createCallLimits(() => turnstile.nowMs, options.broke);
  return {
    ...{ db: slot.db, entities, owner: slot.name, clock, chance, step },
    log: {
      info: () => undefined,
      error: (fields: object, text: string) =>
        said(`${text} ${'error' in fields ? String(fields.error) : ''}`),
    },
    pause: (organisation: string, problem: string, seen: Seen) =>
      pauseConnection(slot.db, organisation, problem, seen),
    xero: (organisation: string, leaseToken: bigint) =>
      connectionApi(slot.db, organisation, oauth, access.secret, {
        ...{ step, leaseToken },
        wait: (ms) => clock.wait(ms, signal),
        wire: (request, what) => {
          const told = () => faulted(options.takeCallFault(), () => forgetful(options, what, request));
          return limits.watch(() => call(options, 'request', told));
        },
      }),
  };
}

/** The chosen worker's next reading is told as nothing: one call is at Xero at a time, and meets the fault that was set for it. */
async function forgetful<T>(
  { stage, slot, emptyList }: WorkerOptions,
  what: 'read' | 'write',
  request: () => Promise<T>,
): Promise<T> {
  if (what === 'read' && emptyList.worker === slot.name) {
    emptyList.worker = 'told';
    await stage.client.fail({ kind: 'left-out', method: 'GET' });
  }
  return request();
}

/** A dead worker waits for nothing; a heartbeat that fails at once and waits at once lets the others have their turn all the same. */
function clockOf(turnstile: Turnstile, { name, line }: Slot): Clock {
  const until = (atMs: number, signal: AbortSignal) =>
    line.dead ? nextTurn() : turnstile.until(name, atMs, signal);
  return {
    now: async () => turnstile.nowMs,
    until,
    wait: (delayMs, signal) => until(turnstile.nowMs + delayMs, signal),
    scale: async () => 1,
  };
}

/** A call goes to Xero at one turn, and its answer comes back at another. */
function call<T>({ slot, turnstile }: WorkerOptions, label: string, request: () => Promise<T>): Promise<T> {
  const { name: worker, line } = slot;
  if (line.dead) return Promise.reject(new Error('This worker is dead'));
  return new Promise((resolve, reject) => {
    async function go(): Promise<void> {
      const [answer] = await Promise.allSettled([request()]);
      if (line.dead) return;
      const deliver = async () =>
        answer.status === 'fulfilled' ? resolve(answer.value) : reject(answer.reason);
      turnstile.push({ worker, kind: 'answer', label, go: deliver, refuse: reject });
    }
    turnstile.push({ worker, kind: 'call', label, go, refuse: reject });
  });
}
