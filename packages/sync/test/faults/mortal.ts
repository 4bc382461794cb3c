// A worker that dies at a named step, in this process: from then on nothing that it does has an effect, as after a SIGKILL.
import { createDb, type Db } from '@stockbook/db';
import pg from 'pg';
import type { Clock } from '../../src/clock.ts';
import { connectionApi } from '../../src/connection.ts';
import { createEngine } from '../../src/engine.ts';
import { entities } from '../../src/entities/index.ts';
import { pauseConnection } from '../../src/pause.ts';
import type { StepName } from '../../src/step.ts';
import type { CallFault } from './plan.ts';
import type { Stage } from './stage.ts';
import { cut } from './statement.ts';
import { faulted } from './wire-fault.ts';

export interface MortalDb {
  db: Db;
  /** Cuts every connection at once and lets none be opened, until it is revived. */
  die(): void;
  revive(): void;
}

export function createMortalDb(url: string): MortalDb {
  const clients = new Set<pg.Client>();
  let dead = false;
  class Mortal extends pg.Client {
    constructor(...options: ConstructorParameters<typeof pg.Client>) {
      super(...options);
      this.on('error', () => undefined);
      const connect = this.connect.bind(this);
      const opened = (...told: unknown[]) => {
        if (dead) setImmediate(() => cut(this));
        clients.add(this);
        this.once('end', () => clients.delete(this));
        return Reflect.apply(connect, undefined, told);
      };
      Object.assign(this, { connect: opened });
    }
  }
  return {
    db: createDb(url, { client: Mortal, poolMax: 8 }),
    die: () => {
      dead = true;
      for (const client of clients) cut(client);
    },
    revive: () => {
      dead = false;
    },
  };
}

export interface CallFate {
  /** Nothing where it is absent. */
  fault?: CallFault;
  /** How long the request is on its way, and how long its answer takes. */
  lateMs?: number;
  tookMs?: number;
}

export interface Life {
  stage: Pick<Stage, 'oauth' | 'secret'>;
  clock: SteppedClock;
  /** Where it dies, at the first time it comes there; nowhere when absent. */
  diesAt?: {
    name: StepName;
    entity: string /** At one of these at the latest. */;
    latest?: readonly StepName[];
  };
  /** What becomes of its calls, one after the other. */
  calls?: readonly CallFate[];
  batchMax?: number;
  leaseMs?: number;
  /** How long Xero may take for one call, in real time. */
  callMs?: number;
  /** Every step it takes. */
  took?(name: StepName, entity: string | undefined): void | Promise<void>;
  /** Every line of its log. */
  said?(line: string): void;
}

/** Carries what is due until nothing is left or until it dies; true when it died. */
export async function live(mortal: MortalDb, life: Life): Promise<boolean> {
  const { stage, clock, diesAt, batchMax, leaseMs, callMs } = life;
  const calls = [...(life.calls ?? [])];
  let died = false;
  const step = async (name: StepName, entity?: string) => {
    await life.took?.(name, entity);
    const isLatest = diesAt?.latest?.includes(name) ?? false;
    if (died || name === diesAt?.name || isLatest) {
      const concerns = died || isLatest || entity === undefined || entity === diesAt?.entity;
      if (!concerns) return;
      died = true;
      mortal.die();
      throw new Error(`This worker died at the step '${name}'`);
    }
  };
  const engine = createEngine({
    ...{ db: mortal.db, owner: 'mortal', clock, step, lookMs: 10_000, ...(leaseMs && { leaseMs }) },
    entities: entities.map((entity) => (batchMax === undefined ? entity : { ...entity, batchMax })),
    pause: (organisation, problem, seen) => pauseConnection(mortal.db, organisation, problem, seen),
    log: {
      info: () => undefined,
      error: (fields, text) => life.said?.(`${text} ${'error' in fields ? String(fields.error) : ''}`),
    },
    xero: (organisation, leaseToken) =>
      connectionApi(mortal.db, organisation, stage.oauth, stage.secret, {
        ...{ step, leaseToken },
        ...(callMs && { callMs }),
        wait: () => clock.step(10_000),
        // What is read before an update comes in any order beside the writes, which the faults are meant for.
        wire: async (request, what) => {
          const next = what === 'write' ? calls.shift() : undefined;
          if (next?.lateMs !== undefined) await clock.step(next.lateMs);
          try {
            return await faulted(next?.fault, request);
          } finally {
            if (next?.tookMs !== undefined) await clock.step(next.tookMs);
          }
        },
      }),
  });
  await engine.look().catch((error: unknown) => {
    if (!died) throw error;
  });
  await engine.stop();
  return died;
}

export interface SteppedClock extends Clock {
  step(byMs: number): Promise<void>;
}

/** A clock that stands until somebody waits, and then is at the end of the wait; heartbeats come once and no more. */
export function createSteppedClock(stage: Pick<Stage, 'setClock'>, startMs: number): SteppedClock {
  let nowMs = startMs;
  const beats = new WeakSet<AbortSignal>();
  async function set(atMs: number): Promise<void> {
    if (atMs <= nowMs) return;
    nowMs = atMs;
    await stage.setClock(nowMs);
  }
  return {
    now: async () => nowMs,
    scale: async () => 1,
    until: async (atMs, signal) => {
      if (!signal.aborted) await set(atMs);
    },
    wait: (_delayMs, signal) => {
      if (signal.aborted) return Promise.resolve();
      const isFirst = !beats.has(signal);
      beats.add(signal);
      if (isFirst) return Promise.resolve();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    },
    step: (byMs) => set(nowMs + byMs),
  };
}
