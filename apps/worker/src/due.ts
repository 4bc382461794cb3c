// Opens the runs that the outbox asks for by itself, in organisations where a person switched automatic sync on.
import type { Db } from '@stockbook/db';
import { openRun } from '@stockbook/sync';
import { decideOpening } from './outbox-rule.ts';

interface Row {
  organisation: string;
  oldestAt: Date;
  newestAt: Date;
  mostOfOneKind: number;
  urgent: boolean;
}

/** Answers the organisations it opened a run in. */
export async function openDueRuns(db: Db): Promise<string[]> {
  const rows = await readWaiting(db);
  if (rows.length === 0) return [];
  const nowMs = (await db.now()).getTime();
  const opened: string[] = [];
  for (const { organisation, oldestAt, newestAt, mostOfOneKind, urgent } of rows) {
    const waiting = { oldestAtMs: oldestAt.getTime(), newestAtMs: newestAt.getTime(), mostOfOneKind, urgent };
    const kind = decideOpening(waiting, nowMs);
    if (kind === undefined) continue;
    const answer = await openRun(db, organisation, { kind, startedBy: 'Stockbook' });
    if (answer.kind === 'opened') opened.push(organisation);
  }
  return opened;
}

/** Where no run is active and no file is being loaded: changes, and exports whose outcome is still to be found out. The count looks at so many changes at most. */
const COUNTED_MAX = 1_000;

/** What a run could claim; a change whose record was left unsure waits with it. */
const claimable = `FROM change w WHERE w.organisation_id = c.organisation_id AND w.state = 'pending' AND w.held IS NULL
    AND NOT EXISTS (SELECT 1 FROM change f JOIN export e ON e.organisation_id = f.organisation_id AND e.id = f.export_id
      WHERE f.organisation_id = w.organisation_id AND f.record_id = w.record_id AND f.state = 'claimed' AND e.not_before > stockbook_now())`;

async function readWaiting(db: Db): Promise<Row[]> {
  return db.sql.query<Row>(
    `SELECT c.organisation_id AS organisation, waiting.oldest AS "oldestAt", waiting.newest AS "newestAt",
            coalesce((SELECT max(n)::int FROM (SELECT count(*) AS n FROM (SELECT entity ${claimable} LIMIT ${COUNTED_MAX}) counted
              GROUP BY entity) kinds), 0) AS "mostOfOneKind",
            EXISTS (SELECT 1 ${claimable} AND urgent) AS urgent
       FROM connection c
      CROSS JOIN LATERAL (SELECT min(at) AS oldest, max(at) AS newest FROM (
          (SELECT created_at AS at ${claimable} ORDER BY number LIMIT 1)
          UNION ALL (SELECT created_at ${claimable} ORDER BY number DESC LIMIT 1)
          UNION ALL (SELECT created_at FROM export WHERE organisation_id = c.organisation_id AND state IN ('prepared', 'sending', 'retrying')
            AND (not_before IS NULL OR not_before <= stockbook_now()) ORDER BY id LIMIT 1)) each HAVING count(*) > 0) waiting
      WHERE c.auto_sync AND c.state = 'connected'
        AND NOT EXISTS (SELECT 1 FROM run WHERE organisation_id = c.organisation_id AND state IN ('waiting', 'running', 'parked'))
        AND NOT EXISTS (SELECT 1 FROM load WHERE organisation_id = c.organisation_id AND state IN ('waiting', 'working'))`,
  );
}
