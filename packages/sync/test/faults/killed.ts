// A worker process that plays a scenario on its starter's clock and is killed, stopped or thrown at at a step; it runs as JavaScript (killed-process.ts).
import { writeSync } from 'node:fs';
import { createDb } from '@stockbook/db';
import { createOauth } from '@stockbook/xero';
import pg from 'pg';
import { z } from 'zod';
import { acts, type StepName } from '../../src/step.ts';
import { createSteppedClock } from './mortal.ts';
import { createClockSetter } from './one-clock.ts';
import { play, scenarios } from './scenarios.ts';

const names = acts.flatMap((act): StepName[] => [`${act} before`, `${act} after`]);
const told = z
  .object({
    ...{ url: z.string(), adminUrl: z.string(), sandboxUrl: z.string(), secret: z.string() },
    ...{ client: z.object({ clientId: z.string(), clientSecret: z.string() }) },
    ...{ scenario: z.string(), entity: z.string(), name: z.enum(names), nowMs: z.number() },
    fate: z.enum(['SIGKILL', 'SIGSTOP', 'throw']),
  })
  .parse(JSON.parse(process.env.KILLED ?? '{}'));

const scenario = scenarios.find(({ name }) => name === told.scenario);
if (scenario === undefined) throw new Error(`There is no scenario '${told.scenario}'`);
const owner = new pg.Pool({ connectionString: told.adminUrl, max: 2 });
const setClock = createClockSetter(owner, told.sandboxUrl);
const stage = {
  oauth: createOauth({ ...told.client, sandboxUrl: told.sandboxUrl }),
  secret: Buffer.from(told.secret, 'hex'),
  // Whoever slept does not turn back the clock that went on without it.
  setClock: async (atMs: number, scale?: number) => {
    const { rows } = await owner.query<{ now: Date }>('SELECT stockbook_now() AS now');
    if ((rows[0]?.now.getTime() ?? 0) < atMs) await setClock(atMs, scale);
  },
};
const { entity, name, nowMs, fate } = told;
/** Standard output is a pipe: what is written is out before the signal comes. */
const meet = () => {
  writeSync(1, 'met\n');
  if (fate !== 'throw') process.kill(process.pid, fate);
};
// What sleeps inside a transaction is let go sooner than in earnest: the test waits for it.
const db = createDb(told.url, fate === 'SIGSTOP' ? { idleInTransactionMs: 5_000 } : {});
let sleeps = fate === 'SIGSTOP';
await play(
  { db, die: meet, revive: () => undefined },
  {
    ...{ stage, clock: createSteppedClock(stage, nowMs), scenario, entity },
    ...(sleeps ? {} : { name }),
    heard: (step, of) => {
      if (!sleeps || step !== name || (of !== undefined && of !== entity)) return;
      sleeps = false;
      meet();
    },
  },
);
await db.close();
await owner.end();
