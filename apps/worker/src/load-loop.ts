// Looks for loads that wait or whose worker is gone, and works them off.
import type { Db } from '@stockbook/db';
import { workLoad } from '@stockbook/sync';
import type { Logger } from 'pino';
import { createKept } from './kept.ts';
import { keepLooking, type Looking } from './looking.ts';

/** Loads at once in one worker, of different organisations. */
const LOADS_MAX = 2;

export function startLoadLoop(options: { db: Db; owner: string; everyMs: number; log: Logger }): Looking {
  const { db, owner, everyMs, log } = options;
  const halt = new AbortController();
  const working = createKept(log);
  const looking = keepLooking({ what: 'loads', look, everyMs, log });

  async function look(): Promise<void> {
    if (working.size < LOADS_MAX) working.keep(work(), 'A load broke off; it lapses and goes on');
  }

  async function work(): Promise<void> {
    for (;;) {
      const worked = await workLoad(db, owner, { signal: halt.signal });
      if (worked.kind === 'nothing' || worked.kind === 'stopped') return;
      log.info(worked, 'Worked on a load');
    }
  }

  return {
    ...looking,
    /** The load in hand is given back after the step it is in. */
    async stop() {
      halt.abort();
      await looking.stop();
      await working.ended();
    },
  };
}
