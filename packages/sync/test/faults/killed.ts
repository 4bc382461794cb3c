// A worker process that plays a scenario on its starter's clock and ends by SIGKILL at a step; it runs as JavaScript (killed-process.ts).
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
  })
  .parse(JSON.parse(process.env.KILLED ?? '{}'));

const scenario = scenarios.find(({ name }) => name === told.scenario);
if (scenario === undefined) throw new Error(`There is no scenario '${told.scenario}'`);
const owner = new pg.Pool({ connectionString: told.adminUrl, max: 2 });
const stage = {
  oauth: createOauth({ ...told.client, sandboxUrl: told.sandboxUrl }),
  secret: Buffer.from(told.secret, 'hex'),
  setClock: createClockSetter(owner, told.sandboxUrl),
};
const mortal = {
  db: createDb(told.url),
  die: () => void process.kill(process.pid, 'SIGKILL'),
  revive: () => undefined,
};
const { entity, name, nowMs } = told;
await play(mortal, { stage, clock: createSteppedClock(stage, nowMs), scenario, entity, name });
await mortal.db.close();
await owner.end();
