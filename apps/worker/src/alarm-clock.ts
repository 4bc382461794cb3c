// Agenda as an alarm clock: it rings a handful of recurring jobs, once over all workers, and nothing depends on a single ring.
import { Agenda } from 'agenda';
import type { Logger } from 'pino';
import { type AgendaStore, openAgendaStore, type StoreOptions } from './agenda-store.ts';
import { logBroken } from './broken.ts';
import type { Job } from './job.ts';
import { withPatience } from './patience.ts';

export interface AlarmClock {
  /** Rings no more, waits for the jobs that ring, and gives back what was locked. */
  stop(): Promise<void>;
}

export interface AlarmClockOptions<Context> extends Omit<StoreOptions, 'stop'> {
  /** Of this worker, unlike any other's. */
  name: string;
  jobs: readonly Job<Context>[];
  context: Context;
  /** How often it looks for what is due; no job rings more often. */
  lookMs?: number;
  /** How long stop() waits for jobs that ring. */
  drainMs?: number;
}

const LOOK_MS = 5_000;
const DRAIN_MS = 5_000;

/** Opens the store, sets every alarm that is not set yet, and rings. Throws when the store stays away. */
export async function startAlarmClock<Context>(options: AlarmClockOptions<Context>): Promise<AlarmClock> {
  const { name, jobs, context, log } = options;
  const stopping = new AbortController();
  const patience = { log, stop: stopping.signal };
  const store = await openAgendaStore({ ...options, stop: stopping.signal });
  const agenda = createAgenda(name, store, options.lookMs ?? LOOK_MS, log);
  for (const job of jobs) defineRing(agenda, job, context, log);
  for (const job of jobs)
    await withPatience(`Setting the alarm ${job.name}`, () => setAlarm(agenda, job), patience);
  await agenda.start();
  return {
    async stop() {
      stopping.abort();
      await stop(agenda, store, name, options.drainMs ?? DRAIN_MS, log);
    },
  };
}

function createAgenda(name: string, store: AgendaStore, lookMs: number, log: Logger): Agenda {
  const agenda = new Agenda({ name, backend: store.backend, processEvery: lookMs, removeOnComplete: true });
  agenda.on('error', (error) => log.warn({ err: error }, 'The alarm clock could not look'));
  agenda.on('fail', (error, job) =>
    logBroken(log.child({ job: job.attrs.name }), error, 'A job failed; its next ring comes'),
  );
  return agenda;
}

/** One at a time in a worker: two rings of one job would only do the same twice. */
function defineRing<Context>(agenda: Agenda, job: Job<Context>, context: Context, log: Logger): void {
  const ring = async ({ attrs }: { attrs: { data: unknown; lastRunAt?: Date } }) => {
    await job.ring({ context, at: attrs.lastRunAt ?? new Date(), log }, attrs.data);
  };
  agenda.define(job.name, ring, { concurrency: 1, lockLifetime: job.lockLifetimeMs });
}

/**
 * Sets an alarm that is missing or means another time. One that is set stays as it is: setting it again would lose what came
 * due while no worker ran, enable what was paused and, on MongoDB, unlock what another worker rings.
 */
async function setAlarm<Context>(agenda: Agenda, job: Job<Context>): Promise<void> {
  const { jobs } = await agenda.queryJobs({ name: job.name });
  const set = jobs.find(({ type }) => type === 'single');
  const same =
    String(set?.repeatInterval) === job.every && (set?.repeatTimezone ?? undefined) === job.timeZone;
  if (set && same) return;
  // Over a row that is there, the old time of the next ring would be kept.
  if (set) await agenda.cancel({ name: job.name });
  await agenda.every(job.every, job.name, job.given, job.timeZone ? { timezone: job.timeZone } : {});
}

async function stop(
  agenda: Agenda,
  store: AgendaStore,
  name: string,
  drainMs: number,
  log: Logger,
): Promise<void> {
  const { running } = await agenda.drain({ timeout: drainMs, closeConnection: false });
  if (running > 0) log.warn({ running }, 'Jobs of the alarm clock were left ringing');
  // Draining leaves what was locked but had not rung yet locked for its whole lifetime.
  await store
    .release(name)
    .catch((error) => log.warn({ err: error }, 'The alarms of this worker stay locked for a while'));
  await store.close().catch((error) => log.warn({ err: error }, 'The alarm clock’s store did not close'));
}
