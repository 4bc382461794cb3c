// A worker of the alarm clock's contract: a process that may be killed. It rings the jobs of RINGER and says each ring as a line of JSON.
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { z } from 'zod';
import { startAlarmClock } from '../dist/alarm-clock.js';
import { defineJob, implementJob } from '../dist/job.js';

const { url, adminUrl, name, jobs } = JSON.parse(process.env.RINGER ?? '');
const say = (line) => writeSync(1, `${JSON.stringify(line)}\n`);
const log = pino({ level: 'warn' }, { write: (line) => say({ log: JSON.parse(line) }) });

/** `takesMs` is how long a ring takes; -1 means for ever. */
function describedJob({ takesMs = 0, ...definition }) {
  const data = z.object({ organisation: z.string() });
  return implementJob(defineJob({ ...definition, data }), async ({ at }) => {
    say({ ring: definition.name, at: at.getTime(), name });
    if (takesMs < 0) await new Promise(() => undefined);
    await delay(takesMs);
    say({ rung: definition.name });
  });
}

const clock = await startAlarmClock({
  url,
  adminUrl,
  name,
  log,
  jobs: jobs.map(describedJob),
  context: {},
  lookMs: 200,
  drainMs: 5_000,
});
say({ ready: true });
process.once('SIGTERM', async () => {
  await clock.stop();
  say({ stopped: true });
  process.exit(0);
});
