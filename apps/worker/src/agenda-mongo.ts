// Agenda on MongoDB: a client of its own, and the unique index without which two workers would each set the same alarm.
import { MongoBackend } from '@agendajs/mongo-backend';
import { type JobParameters, type JobRepository, toJobId } from 'agenda';
import { type Collection, MongoClient } from 'mongodb';
import type { AgendaStore, StoreOptions } from './agenda-store.ts';
import { withPatience } from './patience.ts';

const COLLECTION = 'agendaJobs';
const DATABASE = 'stockbook';
const SELECTION_LIMIT_MS = 5_000;

/** Throws when the server stays away. The driver connects again by itself after that. */
export async function openMongoStore({ url, log, stop }: StoreOptions): Promise<AgendaStore> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: SELECTION_LIMIT_MS });
  const database = client.db(namesDatabase(url) ? undefined : DATABASE);
  const jobs = database.collection(COLLECTION);
  const single = { unique: true, partialFilterExpression: { type: 'single' }, name: 'oneOfEachSingle' };
  await withPatience('Reaching the alarm clock’s MongoDB', () => jobs.createIndex({ name: 1 }, single), {
    log,
    stop,
  });
  const backend = new MongoBackend({ mongo: database, collection: COLLECTION });
  // Agenda connects once more and lets a failure of that end the process: the index it makes is made here, with patience.
  await withPatience('Making the alarm clock’s index', () => backend.connect(), { log, stop });
  keepWhatIsSet(backend.repository, jobs);
  return {
    backend,
    async release(name) {
      const locked = { lastModifiedBy: name, lockedAt: { $ne: null }, nextRunAt: { $ne: null } };
      await jobs.updateMany(locked, { $set: { lockedAt: null } });
    },
    close: () => client.close(),
  };
}

function namesDatabase(url: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^/?]/.test(url);
}

/**
 * Lets a recurring job be inserted only. Agenda's own save updates one that another worker has set in the same moment, and takes
 * the lock off it while it rings: it would ring twice.
 */
function keepWhatIsSet(repository: JobRepository, jobs: Collection): void {
  const save = repository.saveJob.bind(repository);
  repository.saveJob = async <Data>(job: JobParameters<Data>, options: Parameters<typeof save>[1]) => {
    if (job._id || job.type !== 'single') return save(job, options);
    const { _id, unique, uniqueOpts, ...set } = job;
    const fresh = { lockedAt: null, disabled: null, lastModifiedBy: options?.lastModifiedBy ?? null, ...set };
    await jobs.updateOne({ name: job.name, type: 'single' }, { $setOnInsert: fresh }, { upsert: true });
    const kept = await jobs.findOne({ name: job.name, type: 'single' });
    return kept ? { ...job, _id: toJobId(kept._id.toString()), nextRunAt: dateOf(kept.nextRunAt) } : job;
  };
}

function dateOf(value: unknown): Date | null {
  return value instanceof Date ? value : null;
}
