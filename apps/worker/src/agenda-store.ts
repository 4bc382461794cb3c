// Where Agenda keeps its jobs: PostgreSQL or MongoDB, by the address.
import type { AgendaBackend } from 'agenda';
import type { Logger } from 'pino';
import { openMongoStore } from './agenda-mongo.ts';
import { openPostgresStore } from './agenda-postgres.ts';

export interface AgendaStore {
  backend: AgendaBackend;
  /** Gives back the jobs that the worker `name` had locked and will not ring any more. */
  release(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  url: string;
  /** A role that may make the schema; used where `url` names the same database. */
  adminUrl: string;
  log: Logger;
  /** Raised when the worker stops: nothing is tried again after it. */
  stop: AbortSignal;
}

/** Opens the store, waiting for a database that is not there yet. */
export function openAgendaStore(options: StoreOptions): Promise<AgendaStore> {
  return /^mongodb(\+srv)?:/.test(options.url) ? openMongoStore(options) : openPostgresStore(options);
}
