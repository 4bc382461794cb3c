// What is said of a run that broke off, which the next look carries on: why it waits, where that is known.
import { type Db, refusalOf, refusalWords, tellRefusal } from '@stockbook/db';
import { LeaseLost } from './lease.ts';
import type { DueRun } from './run.ts';

export interface Told {
  db: Db;
  log: { error(fields: object, text: string): void };
}

/** A database that keeps nothing is told to those who look on, too: no row can say so. */
export function tellBroken({ db, log }: Told, { organisation, runId: run }: DueRun, error: unknown): void {
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    log.error({ organisation, run }, refusalWords(refusal));
    void tellRefusal(db.sql, organisation, refusal);
    return;
  }
  const text =
    error instanceof LeaseLost ? error.message : 'A run broke off; it is carried on at the next look';
  log.error({ organisation, run, error }, text);
}
