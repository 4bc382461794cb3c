// All a job may touch.
import type { Db } from '@stockbook/db';

export interface Context {
  db: Db;
  /** Makes this worker look for runs and loads now, lapsed ones among them. */
  wake(): void;
}
