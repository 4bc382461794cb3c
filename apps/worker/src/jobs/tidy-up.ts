// Nightly: forgets uploads that never ended, with what they staged, and consents of the day before, used or not.
import type { Db } from '@stockbook/db';
import { forgetUnfinishedLoads } from '@stockbook/sync';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { defineJob, implementJob } from '../job.ts';

const definition = defineJob({
  name: 'tidy-up',
  every: '17 3 * * *',
  timeZone: 'UTC',
  lockLifetimeMs: 600_000,
  data: z.object({}),
  given: {},
});

export const tidyUp = implementJob<Context, object>(definition, async ({ context, log }) => {
  const loads = await forgetUnfinished(context.db);
  const consents = await context.db.prisma
    .$executeRaw`DELETE FROM consent WHERE expires_at < stockbook_now() - interval '1 day'`;
  log.info({ loads, consents }, 'Forgot what was never finished');
});

async function forgetUnfinished(db: Db): Promise<number> {
  const rows = await db.prisma.$queryRaw<{ organisation: string }[]>`
    SELECT DISTINCT organisation_id AS organisation FROM load
     WHERE state = 'receiving' AND created_at < stockbook_now() - interval '1 day'`;
  let loads = 0;
  for (const { organisation } of rows) {
    loads += await db.write(organisation, (tx) => forgetUnfinishedLoads(tx));
  }
  return loads;
}
