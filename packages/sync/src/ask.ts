// What a person asks of the active run: to pause, to go on, to stop. The run hears it before it claims anything more.
import type { Db, Tx } from '@stockbook/db';
import { lockAutoSync, writeAutoSync } from './auto.ts';
import { writeCutOff } from './cut-off.ts';
import { giveUpUnsent } from './give-back.ts';

export type Asked = 'pause' | 'stop';

export type Answer =
  | { kind: 'asked'; runId: string }
  | { kind: 'missing' }
  | { kind: 'ended' }
  | { kind: 'not-paused' };

/** What was asked, and by whom in words. */
export interface AskedOf {
  asked: Asked;
  reason: string;
}

/**
 * Pauses or stops the run; calls in flight settle first. A run that nobody carries on just now ends or parks at once. Stopping switches
 * automatic sync off, which would open the next run at once: nothing goes until a person says so.
 */
export async function askRun(
  db: Db,
  organisation: string,
  actor: string,
  runId: string,
  asked: Asked,
): Promise<Answer> {
  return db.write(organisation, async (tx): Promise<Answer> => {
    const hasLapsed = await lockLapsed(tx);
    const run = await lockRun(tx, runId);
    if (run === undefined) return { kind: 'missing' };
    if (run.ended) return { kind: 'ended' };
    const isCarried = run.hasWorker && !hasLapsed;
    const reason = asked === 'pause' ? `Paused by ${actor}` : `Stopped by ${actor}`;
    const state = isCarried ? 'state' : asked === 'pause' ? `'parked'` : `'stopped'`;
    await tx.sql.execute(
      `UPDATE run SET asked = $3, reason = $4, hindrance = NULL, parked_until = NULL, state = ${state},
              ended_at = CASE WHEN ${state} = 'stopped' THEN stockbook_now() END
        WHERE organisation_id = $1::uuid AND id = $2::uuid`,
      tx.organisation,
      runId,
      asked,
      reason,
    );
    // Nobody carries it: whatever was under way was cut off, and what was about to go waits again. Neither is left shown as under way.
    if (!isCarried) {
      await writeCutOff(tx);
      await giveUpUnsent(tx);
    }
    // After the run, as whoever settles a call locks them.
    if (asked === 'stop' && (await lockAutoSync(tx))) await writeAutoSync(tx, actor, true, false);
    tx.events.push({
      kind: 'run',
      actor,
      runId,
      text: asked === 'pause' ? 'Sync asked to pause' : 'Sync asked to stop',
    });
    tx.topics.set('run', runId);
    return { kind: 'asked', runId };
  });
}

/** Lets a run that a person paused go on. */
export async function resumeRun(db: Db, organisation: string, actor: string, runId: string): Promise<Answer> {
  return db.write(organisation, async (tx): Promise<Answer> => {
    const run = await lockRun(tx, runId);
    if (run === undefined) return { kind: 'missing' };
    if (run.ended) return { kind: 'ended' };
    if (run.asked !== 'pause') return { kind: 'not-paused' };
    await tx.sql.execute(
      `UPDATE run SET asked = NULL, reason = NULL, hindrance = NULL, state = CASE WHEN state = 'parked' THEN 'waiting' ELSE state END
        WHERE organisation_id = $1::uuid AND id = $2::uuid`,
      tx.organisation,
      runId,
    );
    tx.events.push({ kind: 'run', actor, runId, text: 'Sync asked to go on' });
    tx.topics.set('run', runId);
    return { kind: 'asked', runId };
  });
}

/** What was asked of the run since it was taken, with the words for it. */
export async function readAsked(db: Db, organisation: string, runId: string): Promise<AskedOf | undefined> {
  const [row] = await db.sql.query<{ asked: Asked; reason: string | null }>(
    `SELECT asked, reason FROM run WHERE organisation_id = $1::uuid AND id = $2::uuid AND asked IS NOT NULL`,
    organisation,
    runId,
  );
  return row === undefined ? undefined : { asked: row.asked, reason: row.reason ?? `Asked to ${row.asked}` };
}

/**
 * Whether nobody holds the lease. Where nobody does, whoever let it lapse has written what it was writing, and writes nothing more:
 * what it claims after a run was stopped would be shown as on its way and never go.
 */
async function lockLapsed(tx: Tx): Promise<boolean> {
  const lapsed = await tx.sql.query<unknown>(
    `SELECT 1 FROM connection WHERE organisation_id = $1::uuid AND (lease_until IS NULL OR lease_until < stockbook_now()) FOR UPDATE`,
    tx.organisation,
  );
  return lapsed.length > 0;
}

interface Row {
  ended: boolean;
  asked: string | null;
  /** Whether the lease was taken for it and it is not parked yet: who took it will hear what is asked, unless it has lapsed. */
  hasWorker: boolean;
}

async function lockRun(tx: Tx, runId: string): Promise<Row | undefined> {
  const [row] = await tx.sql.query<Row>(
    `SELECT r.ended_at IS NOT NULL AS ended, r.asked,
            r.state <> 'parked' AND coalesce(c.lease_run_id = r.id, false) AS "hasWorker"
       FROM run r LEFT JOIN connection c ON c.organisation_id = r.organisation_id
      WHERE r.organisation_id = $1::uuid AND r.id = $2::uuid FOR UPDATE OF r`,
    tx.organisation,
    runId,
  );
  return row;
}
