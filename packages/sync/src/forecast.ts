// The forecast of an organisation's queue, from its rows: what waits, the pace of the active run, and what Xero said is left.
import { forecast, minuteMax, nextAskMs, reserveOf, usableToday } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import { readBudget } from './budget.ts';

export interface ShownForecast {
  /** Calls that what waits still takes, a read before each update among them. */
  callsNeeded: number;
  /** Of the active run in its last ten minutes; null while none runs or it has only begun. */
  callsPerMinute: number | null;
  queueClearsAt: Date | null;
  callsLastUntil: Date | null;
  /** Calls of the day kept for urgent work. */
  reserve: number;
}

const batchMax = 50;
const dayMs = 86_400_000;

export async function readForecast(db: Db, organisation: string): Promise<ShownForecast> {
  const { day, closedUntilMs } = await readBudget(db, organisation);
  const nowMs = (await db.now()).getTime();
  const callsNeeded = await countCalls(db, organisation);
  const callsPerMinute = await readPace(db, organisation);
  const reserve = reserveOf(day);
  const usable = usableToday(day, false);
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

/** Calls that Xero answered; a pace of less than a minute says little. */
async function readPace(db: Db, organisation: string): Promise<number | null> {
  const [row] = await db.sql.query<{ calls: number; minutes: number | null }>(
    `SELECT count(a.id)::int AS calls,
            extract(epoch FROM stockbook_now() - min(greatest(r.started_at, stockbook_now() - interval '10 minutes')))::float8 / 60 AS minutes
       FROM run r JOIN export e ON e.organisation_id = r.organisation_id AND e.run_id = r.id
       JOIN attempt a ON a.organisation_id = e.organisation_id AND a.export_id = e.id
        AND a.outcome = 'answered' AND a.started_at > stockbook_now() - interval '10 minutes'
      WHERE r.organisation_id = $1::uuid AND r.state = 'running'`,
    organisation,
  );
  const minutes = row?.minutes ?? 0;
  if (row === undefined || row.calls === 0 || minutes < 1) return null;
  return Math.min(minuteMax, row.calls / minutes);
}
