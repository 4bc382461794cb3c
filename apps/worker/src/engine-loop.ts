// Looks for runs that are due or whose lease lapsed, and lets the engine carry them on.
import type { Db } from '@stockbook/db';
import { type Engine, readDueRuns } from '@stockbook/sync';
import type { Logger } from 'pino';
import { createKept } from './kept.ts';
import { keepLooking, type Looking } from './looking.ts';

/** A run that breaks off has told of its beginning, which wakes this loop: it is begun anew twice a second at most. */
const REST_MS = 500;

export function startEngineLoop(options: { db: Db; engine: Engine; everyMs: number; log: Logger }): Looking {
  const { db, engine, everyMs, log } = options;
  const carrying = createKept(log);
  const looking = keepLooking({ what: 'runs', look, everyMs, restMs: REST_MS, log });

  /** The engine's look lasts as long as its runs; none is begun that would find nothing, so they do not pile up. */
  async function look(): Promise<void> {
    await engine.giveUpKept();
    const due = await readDueRuns(db);
    if (due.length > 0) carrying.keep(engine.look(), 'A look for runs broke off');
  }

  return {
    ...looking,
    /** Calls in flight are settled and leases given up. */
    async stop() {
      await looking.stop();
      await engine.stop();
      await carrying.ended();
    },
  };
}
