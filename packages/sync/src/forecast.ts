// The forecast of an organisation's queue, from its rows: what waits, the pace of the active run, and what Xero said is left.
import { forecast, minuteMax, nextAskMs, reserveOf, usableToday, usedUp } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import { readBudget } from './budget.ts';

export interface ShownForecast {
  /** Calls that what waits still takes, a read before each update among them. */
  callsNeeded: number;
  /** Of the active run in its last ten minutes of work; null while there is none, a person paused it, or it has only begun. */
  callsPerMinute: number | null;
  queueClearsAt: Date | null;
  callsLastUntil: Date | null;
  /** Whether ordinary work may make no more calls today, and when they come back, where that is known. */
  callsUsedUp: boolean;
  callsReturnAt: Date | null;
  /** Calls of the day kept for urgent work. */
  reserve: number;
}

const batchMax = 50;
const dayMs = 86_400_000;

export async function readForecast(db: Db, organisation: string): Promise<ShownForecast> {
  const { day, closedUntilMs } = (await readBudget(db, organisation)).budget;
  const nowMs = (await db.now()).getTime();
  const callsNeeded = await countCalls(db, organisation);
  const callsPerMinute = await readPace(db, organisation);
  const reserve = reserveOf(day);
  const usable = usableToday(day, false);
  const { usedUp: callsUsedUp, returnsAtMs } = usedUp(day, nowMs);
  const waitsForDay = usable === 0 ? nextAskMs(day) : 0;
  const { clearsAtMs, lastsUntilMs } = forecast({
    callsNeeded,
    callsPerMinute,
    usableToday: usable,
    usablePerDay: day.most - reserve,
    startMs: Math.max(nowMs, closedUntilMs),
    dayEndsMs: Math.max(day.toMs + dayMs, waitsForDay),
  });
  return {
    callsNeeded,
    callsPerMinute,
    queueClearsAt: clearsAtMs === null ? null : new Date(clearsAtMs),
    callsLastUntil: lastsUntilMs === null ? null : new Date(lastsUntilMs),
    callsUsedUp,
    callsReturnAt: returnsAtMs === null ? null : new Date(returnsAtMs),
    reserve,
  };
}

async function countCalls(db: Db, organisation: string): Promise<number> {
  const rows = await db.sql.query<{ action: string; waiting: number }>(
    `SELECT action, count(*)::int AS waiting FROM change
      WHERE organisation_id = $1::uuid AND state = 'pending' AND held IS NULL GROUP BY entity, action`,
    organisation,
  );
  return rows.reduce(
    (sum, { action, waiting }) => sum + Math.ceil(waiting / batchMax) * (action === 'update' ? 2 : 1),
    0,
  );
}

/**
 * Calls that Xero answered in the last ten minutes of the active run's work, also while it is parked until a time of Xero's; a pace
 * of less than a minute says little. Longer than a minute between two calls is a wait of another kind, and tells nothing of the pace.
 */
async function readPace(db: Db, organisation: string): Promise<number | null> {
  const [row] = await db.sql.query<{ calls: number; minutes: number | null }>(
    `WITH active AS (SELECT id, state = 'running' AS running FROM run WHERE organisation_id = $1::uuid
        AND (state = 'running' OR (state = 'parked' AND asked IS NULL AND parked_until IS NOT NULL))),
     last AS (SELECT CASE WHEN active.running THEN stockbook_now() ELSE (SELECT max(a.started_at) FROM (
          SELECT e.id FROM export e WHERE e.organisation_id = $1::uuid AND e.run_id = active.id ORDER BY e.id DESC LIMIT 20) e
          JOIN attempt a ON a.organisation_id = $1::uuid AND a.export_id = e.id) END AS at FROM active),
     gone AS (SELECT a.started_at - lag(a.started_at) OVER (ORDER BY a.started_at) AS gap, last.at - max(a.started_at) OVER () AS since
       FROM active CROSS JOIN last JOIN export e ON e.organisation_id = $1::uuid AND e.run_id = active.id
       JOIN attempt a ON a.organisation_id = $1::uuid AND a.export_id = e.id AND a.outcome = 'answered'
        AND a.started_at > last.at - interval '10 minutes' AND a.started_at <= last.at)
     SELECT count(*)::int AS calls, (extract(epoch FROM coalesce(sum(least(gap, interval '1 minute')) FILTER (WHERE gap IS NOT NULL), interval '0')
              + least(max(since), interval '1 minute')) / 60)::float8 AS minutes FROM gone`,
    organisation,
  );
  const minutes = row?.minutes ?? 0;
  if (row === undefined || row.calls === 0 || minutes < 1) return null;
  return Math.min(minuteMax, row.calls / minutes);
}
