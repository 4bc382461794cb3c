// A run is a row: opened by a person or the outbox, taken by a worker, carried over a fixed snapshot, ended or parked.
import { createId, type Db, type Tx } from '@stockbook/db';
import { fence, type Lease } from './lease.ts';
import { committing, type Stepping } from './step.ts';

export type Opened =
  | { kind: 'opened'; runId: string; pending: number }
  | { kind: 'active'; runId: string; parkedUntil: Date | null; parked: boolean; reason: string | null }
  | { kind: 'nothing' }
  | { kind: 'not-connected'; reason: string };

export interface DueRun {
  organisation: string;
  runId: string;
}

/** Opens a run if nothing runs and something waits. At most one is active in an organisation, by a unique index. */
export async function openRun(
  db: Db,
  organisation: string,
  want: { kind: 'manual' | 'auto' | 'instant'; startedBy: string },
): Promise<Opened> {
  const active = await readActive(db, organisation);
  if (active !== undefined) return active;
  const connection = await db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  if (connection?.state !== 'connected') {
    return {
      kind: 'not-connected',
      reason: connection?.problem ?? 'No Xero organisation is connected: connect one first',
    };
  }
  return db.write(organisation, async (tx): Promise<Opened> => {
    const [waiting] = await tx.sql.query<{ pending: number }>(
      `SELECT count(*)::int AS pending FROM change WHERE organisation_id = $1::uuid AND state = 'pending' AND held IS NULL`,
      organisation,
    );
    const pending = waiting?.pending ?? 0;
    if (pending === 0 && !(await hasOpenExports(tx))) return { kind: 'nothing' };
    const runId = createId();
    const made = await tx.sql.execute(
      `INSERT INTO run (organisation_id, id, kind, state, started_by, created_at)
       VALUES ($1::uuid, $2::uuid, $3, 'waiting', $4, stockbook_now())
       ON CONFLICT (organisation_id) WHERE state IN ('waiting', 'running', 'parked') DO NOTHING`,
      organisation,
      runId,
      want.kind,
      want.startedBy,
    );
    if (made === 0) return (await readActive(db, organisation)) ?? { kind: 'nothing' };
    tx.events.push({
      kind: 'run',
      actor: want.startedBy,
      runId,
      text: `Sync asked for (${want.kind}), ${pending} waiting`,
    });
    tx.topics.set('run', runId);
    return { kind: 'opened', runId, pending };
  });
}

async function readActive(db: Db, organisation: string): Promise<Opened | undefined> {
  const run = await db.prisma.run.findFirst({
    where: { organisationId: organisation, state: { in: ['waiting', 'running', 'parked'] } },
  });
  if (run === null) return undefined;
  return {
    kind: 'active',
    runId: run.id,
    // One that a person paused goes on at no given time.
    parkedUntil: run.asked === null ? run.parkedUntil : null,
    parked: run.state === 'parked',
    reason: run.reason,
  };
}

async function hasOpenExports(tx: Tx): Promise<boolean> {
  const rows = await tx.sql.query<unknown>(
    `SELECT 1 FROM export WHERE organisation_id = $1::uuid AND state IN ('prepared', 'sending', 'retrying') LIMIT 1`,
    tx.organisation,
  );
  return rows.length > 0;
}

/** Whether a run may be carried on: what ended, or is parked for longer or by a person, may not. Something urgent wakes one that only spares the day's reserve, unless its record is in an export that may not go yet. */
const dueRun = `(r.state IN ('waiting', 'running')
    OR (r.state = 'parked' AND r.asked IS NULL AND (r.parked_until IS NULL OR r.parked_until <= stockbook_now()
      OR EXISTS (SELECT 1 FROM connection k WHERE k.organisation_id = r.organisation_id AND k.left_today > 0
        AND coalesce(k.closed_until, '-infinity') <= stockbook_now()
        AND EXISTS (SELECT 1 FROM change u WHERE u.organisation_id = r.organisation_id AND u.state = 'pending' AND u.held IS NULL
          AND u.urgent AND NOT EXISTS (SELECT 1 FROM change f JOIN export e ON e.organisation_id = f.organisation_id AND e.id = f.export_id
            WHERE f.organisation_id = u.organisation_id AND f.record_id = u.record_id AND f.state = 'claimed'
              AND e.not_before > stockbook_now()))))))`;

/** Runs that nobody carries on now: new ones, those whose lease lapsed, and parked ones whose time has come. */
export async function readDueRuns(db: Db): Promise<DueRun[]> {
  return db.sql.query<DueRun>(
    `SELECT r.organisation_id AS organisation, r.id AS "runId" FROM run r JOIN connection c ON c.organisation_id = r.organisation_id
      WHERE c.state = 'connected' AND (c.lease_until IS NULL OR c.lease_until < stockbook_now())
        AND ${dueRun}
      ORDER BY r.created_at`,
  );
}

/** Fixes the run's snapshot at its first taking, and says that it runs; undefined when it is no longer due. */
export async function beginRun(
  db: Db,
  lease: Lease,
  runId: string,
  step: Stepping,
): Promise<bigint | undefined> {
  return committing(db, step, { organisation: lease.organisation, act: 'begin' }, async (tx) => {
    await fence(tx, lease);
    const [run] = await tx.sql.query<{ snapshot: bigint; fresh: boolean }>(
      `UPDATE run r SET state = 'running', reason = CASE WHEN asked IS NOT NULL THEN reason END, hindrance = NULL, parked_until = NULL,
              started_at = coalesce(started_at, stockbook_now()),
              snapshot = coalesce(snapshot, (SELECT number FROM counter WHERE organisation_id = $1::uuid), 0)
         FROM (SELECT snapshot IS NULL AS fresh FROM run WHERE organisation_id = $1::uuid AND id = $2::uuid) was
        WHERE r.organisation_id = $1::uuid AND r.id = $2::uuid AND ${dueRun} RETURNING r.snapshot, was.fresh`,
      tx.organisation,
      runId,
    );
    if (run === undefined) return undefined;
    if (run.fresh) await countTotals(tx, runId, run.snapshot);
    tx.topics.set('run', runId);
    return run.snapshot;
  });
}

async function countTotals(tx: Tx, runId: string, snapshot: bigint): Promise<void> {
  await tx.sql.execute(
    `INSERT INTO run_total (organisation_id, run_id, entity, total)
     SELECT organisation_id, $2::uuid, entity, count(*)::int FROM change
      WHERE organisation_id = $1::uuid AND state IN ('pending', 'claimed') AND number <= $3 GROUP BY organisation_id, entity
     ON CONFLICT DO NOTHING`,
    tx.organisation,
    runId,
    snapshot,
  );
}
