// Each minute: opens the runs that are due, should every hint have been lost, and looks for what a dead worker left.
import { z } from 'zod';
import type { Context } from '../context.ts';
import { openDueRuns } from '../due.ts';
import { defineJob, implementJob } from '../job.ts';

const definition = defineJob({
  name: 'sweep',
  every: '1 minute',
  lockLifetimeMs: 60_000,
  data: z.object({}),
  given: {},
});

export const sweep = implementJob<Context, object>(definition, async ({ context, log }) => {
  const organisations = await openDueRuns(context.db);
  if (organisations.length > 0) log.info({ organisations }, 'Opened the runs that were due');
  context.wake();
});
