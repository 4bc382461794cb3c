// How a run leaves off: ended, parked, or held up for a while with the reason shown.
import type { Hindrance } from '@stockbook/core';
import type { Db, Tx } from '@stockbook/db';
import type { Carried } from './carriage.ts';
import { giveUpUnsent } from './give-back.ts';
import { fence, type Lease } from './lease.ts';
import type { Standstill } from './reason.ts';
import { committing, type Stepping } from './step.ts';

/** Leaves the run as its carrying ended; one that was cut short is left to whoever takes it next. */
export async function leaveRun(
  db: Db,
  lease: Lease,
  step: Stepping,
  runId: string,
  ended: Carried,
): Promise<void> {
  switch (ended.kind) {
    case 'settled':
      return endRun(db, lease, step, runId);
    case 'asked':
      return ended.asked === 'stop'
        ? endRun(db, lease, step, runId, { state: 'stopped', reason: ended.reason })
        : parkRun(db, lease, step, runId, { until: null, reason: ended.reason });
    case 'park':
      return parkRun(db, lease, step, runId, { ...ended, until: new Date(ended.untilMs) });
    case 'paused': {
      const reason = `${ended.problem} Reconnect to go on.`;
      return parkRun(db, lease, step, runId, { until: null, hindrance: 'connection', reason });
    }
    case 'stopped':
      return;
  }
}

/** Ends the run: what is still held is counted once more, exactly. */
export async function endRun(
  db: Db,
  lease: Lease,
  step: Stepping,
  runId: string,
  end: { state: 'done' } | { state: 'stopped'; reason: string } = { state: 'done' },
): Promise<void> {
  await committing(db, step, { organisation: lease.organisation, act: 'end' }, async (tx) => {
    await fence(tx, lease);
    await writeEnd(tx, runId, end.state, end.state === 'stopped' ? end.reason : null);
  });
}

async function writeEnd(
  tx: Tx,
  runId: string,
  state: 'done' | 'stopped',
  reason: string | null,
): Promise<void> {
  const ended = await tx.sql.execute(
    `UPDATE run SET state = $3, reason = $4, hindrance = NULL, ended_at = stockbook_now() WHERE organisation_id = $1::uuid AND id = $2::uuid AND ended_at IS NULL`,
    tx.organisation,
    runId,
    state,
    reason,
  );
  // A person has stopped it since the lease lapsed, after the fence.
  if (ended === 0) return;
  if (state === 'stopped') await giveUpUnsent(tx);
  await tx.sql.execute(
    `UPDATE run_total t SET held = (SELECT count(*) FROM change c WHERE c.organisation_id = t.organisation_id
          AND c.entity = t.entity AND c.state = 'pending' AND c.held IS NOT NULL AND c.number <= r.snapshot)
         FROM run r WHERE r.organisation_id = $1::uuid AND r.id = $2::uuid AND t.organisation_id = r.organisation_id AND t.run_id = r.id`,
    tx.organisation,
    runId,
  );
  const [sum] = await tx.sql.query<{ sent: number; rejected: number; held: number }>(
    `SELECT coalesce(sum(sent), 0)::int AS sent, coalesce(sum(rejected), 0)::int AS rejected, coalesce(sum(held), 0)::int AS held
         FROM run_total WHERE organisation_id = $1::uuid AND run_id = $2::uuid`,
    tx.organisation,
    runId,
  );
  const text =
    reason ?? `Sync ended: ${sum?.sent ?? 0} sent, ${sum?.rejected ?? 0} refused, ${sum?.held ?? 0} held`;
  tx.events.push({ kind: 'run', actor: 'Stockbook', runId, text });
  tx.topics.set('run', runId);
  tx.topics.set('queue', undefined);
}

export interface Parking {
  /** When the run goes on by itself; null where it waits for a person, such as for the connection. */
  until: Date | null;
  reason: string;
  hindrance?: Hindrance;
  urgentMayGo?: boolean;
}

/** Gives the run up for now. One that a person asked to stop ends here. */
export async function parkRun(
  db: Db,
  lease: Lease,
  step: Stepping,
  runId: string,
  parking: Parking,
): Promise<void> {
  const { until, reason, hindrance = null, urgentMayGo = false } = parking;
  await committing(db, step, { organisation: lease.organisation, act: 'park' }, async (tx) => {
    await fence(tx, lease);
    // What a person paused does not go on by itself, whatever else it would wait for.
    const [run] = await tx.sql.query<{ asked: string | null; reason: string }>(
      `UPDATE run SET state = 'parked', parked_until = CASE WHEN asked IS NULL THEN $3::timestamptz END,
              reason = CASE WHEN asked IS NULL THEN $4 ELSE coalesce(reason, $4) END,
              hindrance = CASE WHEN asked IS NULL THEN $5 END
        WHERE organisation_id = $1::uuid AND id = $2::uuid AND ended_at IS NULL RETURNING asked, reason`,
      tx.organisation,
      runId,
      until,
      reason,
      hindrance,
    );
    // After the run, as everybody locks them. Until then no call goes, whichever run it would be for.
    if (until !== null && !urgentMayGo)
      await tx.sql.execute(
        `UPDATE connection SET closed_until = greatest(closed_until, $3) WHERE organisation_id = $1::uuid AND lease_token = $2`,
        tx.organisation,
        lease.token,
        until,
      );
    if (run === undefined) return;
    if (run.asked === 'stop') return writeEnd(tx, runId, 'stopped', run.reason);
    if (run.asked === 'pause') await giveUpUnsent(tx);
    tx.events.push({ kind: 'run', actor: 'Stockbook', runId, text: `Sync parked: ${run.reason}` });
    tx.topics.set('run', runId);
  });
}

/** Says on the run why nothing moves just now, and until when no call goes; the next settlement takes it back. */
export async function explainRun(
  db: Db,
  lease: Lease,
  step: Stepping,
  runId: string,
  { reason, hindrance }: Standstill,
  until: Date,
): Promise<void> {
  await committing(db, step, { organisation: lease.organisation, act: 'explain' }, async (tx) => {
    await fence(tx, lease);
    await tx.sql.execute(
      `UPDATE run SET reason = $3, hindrance = $4 WHERE organisation_id = $1::uuid AND id = $2::uuid AND state = 'running' AND asked IS NULL`,
      tx.organisation,
      runId,
      reason,
      hindrance,
    );
    await tx.sql.execute(
      `UPDATE connection SET closed_until = greatest(closed_until, $3) WHERE organisation_id = $1::uuid AND lease_token = $2`,
      tx.organisation,
      lease.token,
      until,
    );
    tx.topics.set('run', runId);
  });
}

/** Takes back what explainRun said: calls go again from `from` on, sooner than was thought. */
export async function reopenRun(
  db: Db,
  lease: Lease,
  step: Stepping,
  runId: string,
  from: Date,
): Promise<void> {
  await committing(db, step, { organisation: lease.organisation, act: 'explain' }, async (tx) => {
    await fence(tx, lease);
    await tx.sql.execute(
      `UPDATE run SET reason = NULL, hindrance = NULL WHERE organisation_id = $1::uuid AND id = $2::uuid AND state = 'running' AND asked IS NULL`,
      tx.organisation,
      runId,
    );
    // Earlier than what stands there: `from` is no sooner than what Xero itself told.
    await tx.sql.execute(
      `UPDATE connection SET closed_until = $3 WHERE organisation_id = $1::uuid AND lease_token = $2`,
      tx.organisation,
      lease.token,
      from,
    );
    tx.topics.set('run', runId);
  });
}
