// Hears the hints and looks every ten seconds: runs that are due or whose lease lapsed, loads that wait, an outbox that asks for a run.
import { channel, type Db } from '@stockbook/db';
import { type Engine, readDueRuns, workLoad } from '@stockbook/sync';
import type { Logger } from 'pino';
import { openDueRuns } from './due.ts';
import { hearHints } from './hint.ts';
import { keepLooking } from './looking.ts';
import { quietMs } from './outbox-rule.ts';

export interface RunLoop {
  /** Looks for runs and loads now. */
  wake(): void;
  /** Takes nothing new, lets what is in flight settle, and gives it back. */
  stop(): Promise<void>;
}

export interface RunLoopOptions {
  db: Db;
  engine: Engine;
  /** This worker's name, shown on what it takes. */
  owner: string;
  log: Logger;
}

const LOOK_MS = 10_000;
/** Loads at once in one worker, of different organisations. */
const LOADS_MAX = 2;

export function startRunLoop({ db, engine, owner, log }: RunLoopOptions): RunLoop {
  const halt = new AbortController();
  const runs = keepLooking({ what: 'runs', look: lookAtRuns, everyMs: LOOK_MS, log });
  const loads = keepLooking({ what: 'loads', look: lookAtLoads, everyMs: LOOK_MS, log });
  const outbox = keepLooking({ what: 'the outbox', look: lookAtOutbox, everyMs: LOOK_MS, log });
  const working = new Set<Promise<void>>();
  const loading = new Set<Promise<void>>();
  let quiet: NodeJS.Timeout | undefined;

  /** The engine's look lasts as long as its runs; one that found nothing due is not begun, so they do not pile up. */
  async function lookAtRuns(): Promise<void> {
    const due = await readDueRuns(db);
    if (due.length > 0) keep(working, engine.look(), 'A look for runs broke off');
  }

  async function lookAtLoads(): Promise<void> {
    if (loading.size < LOADS_MAX) keep(loading, workLoads(), 'A load broke off; it lapses and goes on');
  }

  async function workLoads(): Promise<void> {
    for (;;) {
      const worked = await workLoad(db, owner, { signal: halt.signal });
      if (worked.kind === 'nothing' || worked.kind === 'stopped') return;
      log.info(worked, 'Worked on a load');
    }
  }

  async function lookAtOutbox(): Promise<void> {
    await openDueRuns(db);
  }

  function keep(set: Set<Promise<void>>, work: Promise<void>, broken: string): void {
    const kept = work
      .catch((error: unknown) => log.error({ err: error }, broken))
      .finally(() => set.delete(kept));
    set.add(kept);
  }

  function wake(): void {
    runs.wake();
    loads.wake();
  }

  function heard(topic: string): void {
    if (topic === 'run' || topic === 'connection') runs.wake();
    if (topic === 'load') loads.wake();
    if (topic !== 'queue') return;
    outbox.wake();
    quiet ??= setTimeout(() => {
      quiet = undefined;
      outbox.wake();
    }, quietMs);
  }

  const hearing = hearHints(db.url, channel, { onHint: ({ topic }) => heard(topic), onGap: wake, log });
  return {
    wake,
    async stop() {
      halt.abort();
      clearTimeout(quiet);
      await Promise.all([hearing.stop(), runs.stop(), loads.stop(), outbox.stop()]);
      await engine.stop();
      await Promise.all([...working, ...loading]);
    },
  };
}
