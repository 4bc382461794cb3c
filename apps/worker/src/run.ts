// Hears the hints and looks every ten seconds: runs that are due, loads that wait, an outbox that asks for a run.
import { channel, type Db } from '@stockbook/db';
import type { Engine } from '@stockbook/sync';
import type { Logger } from 'pino';
import { openDueRuns } from './due.ts';
import { startEngineLoop } from './engine-loop.ts';
import { hearHints } from './hint.ts';
import { startLoadLoop } from './load-loop.ts';
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

export function startRunLoop({ db, engine, owner, log }: RunLoopOptions): RunLoop {
  const every = { db, log, everyMs: LOOK_MS };
  const runs = startEngineLoop({ ...every, engine });
  const loads = startLoadLoop({ ...every, owner });
  const outbox = keepLooking({
    ...every,
    what: 'the outbox',
    // A run that is new has not broken off: it needs no rest before it begins.
    look: async () => {
      if ((await openDueRuns(db)).length > 0) runs.wakeAtOnce();
    },
  });
  let quiet: NodeJS.Timeout | undefined;

  function wake(): void {
    runs.wake();
    loads.wake();
  }

  function heard(topic: string): void {
    // What became urgent wakes a run that only spares the day's reserve.
    if (topic === 'run' || topic === 'connection' || topic === 'queue') runs.wake();
    if (topic === 'load') loads.wake();
    if (topic !== 'queue') return;
    outbox.wake();
    // And once more when it may have become quiet: so long after the last of the changes, however many came before.
    clearTimeout(quiet);
    quiet = setTimeout(outbox.wake, quietMs);
  }

  const hearing = hearHints(db.url, channel, { onHint: ({ topic }) => heard(topic), onGap: wake, log });
  return {
    wake,
    async stop() {
      clearTimeout(quiet);
      await Promise.all([hearing.stop(), runs.stop(), loads.stop(), outbox.stop()]);
    },
  };
}
