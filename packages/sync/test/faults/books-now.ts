// What the database says of an organisation at one moment, as a person could read it: its changes, records and runs.
import type { Db } from '@stockbook/db';

export interface BooksNow {
  changes: readonly ChangeNow[];
  records: readonly RecordNow[];
  /** In the order they were opened. */
  runs: readonly RunNow[];
  /** Calls that were begun. */
  attempts: number;
  autoSync: boolean;
}

export interface ChangeNow {
  number: number;
  entity: string;
  recordId: string;
  state: string;
  held: string | null;
  urgent: boolean;
}

export interface RecordNow {
  id: string;
  state: string;
  isInXero: boolean;
  /** What Xero holds where it was changed there, until a person has chosen. */
  theirs: string | null;
}

export interface RunNow {
  id: string;
  state: string;
  asked: string | null;
}

/** Only what is committed. */
export async function readBooksNow(db: Db, organisation: string): Promise<BooksNow> {
  const { rows } = await db.pool.query<BooksNow>(
    `SELECT (SELECT coalesce(json_agg(json_build_object('number', number::int, 'entity', entity, 'recordId', record_id, 'state', state,
               'held', held, 'urgent', urgent) ORDER BY number), '[]') FROM change WHERE organisation_id = $1) AS changes,
            (SELECT coalesce(json_agg(json_build_object('id', r.id, 'state', r.sync_state, 'isInXero', r.xero_id IS NOT NULL,
               'theirs', m.theirs) ORDER BY r.id), '[]') FROM record r
               LEFT JOIN mapping m ON m.organisation_id = r.organisation_id AND m.record_id = r.id
              WHERE r.organisation_id = $1 AND r.id IN (SELECT record_id FROM change WHERE organisation_id = $1)) AS records,
            (SELECT coalesce(json_agg(json_build_object('id', id, 'state', state, 'asked', asked) ORDER BY created_at, id), '[]')
               FROM run WHERE organisation_id = $1) AS runs,
            (SELECT count(*)::int FROM attempt WHERE organisation_id = $1) AS attempts,
            (SELECT auto_sync FROM connection WHERE organisation_id = $1) AS "autoSync"`,
    [organisation],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The database says nothing of its organisations');
  return row;
}

export function isActive({ state }: RunNow): boolean {
  return state === 'waiting' || state === 'running' || state === 'parked';
}

/** Whether no run is to go on: there is none, or a person's pause was heard. */
export function isStill(now: BooksNow): boolean {
  const active = now.runs.find(isActive);
  return active === undefined || (active.state === 'parked' && active.asked === 'pause');
}
