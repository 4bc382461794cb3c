// Agenda on MongoDB: a client of its own, and the unique index without which two workers would each set the same alarm.
import { MongoBackend } from '@agendajs/mongo-backend';
import { MongoClient } from 'mongodb';
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
