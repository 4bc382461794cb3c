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

/** Where no run is active and no file is being loaded: changes, and exports whose outcome a stopped run left to be found out. The count looks at so many changes at most. */
const COUNTED_MAX = 1_000;

async function readWaiting(db: Db): Promise<Row[]> {
  return db.sql.query<Row>(
    `SELECT c.organisation_id AS organisation, waiting.oldest AS "oldestAt", waiting.newest AS "newestAt",
            coalesce((SELECT max(n)::int FROM (SELECT count(*) AS n FROM (SELECT entity FROM change WHERE organisation_id = c.organisation_id
                AND state = 'pending' AND held IS NULL LIMIT ${COUNTED_MAX}) counted GROUP BY entity) kinds), 0) AS "mostOfOneKind",
            EXISTS (SELECT 1 FROM change WHERE organisation_id = c.organisation_id AND state = 'pending' AND held IS NULL AND urgent) AS urgent
       FROM connection c
      CROSS JOIN LATERAL (SELECT min(at) AS oldest, max(at) AS newest FROM (
          (SELECT created_at AS at FROM change WHERE organisation_id = c.organisation_id
            AND state = 'pending' AND held IS NULL ORDER BY number LIMIT 1)
          UNION ALL (SELECT created_at FROM change WHERE organisation_id = c.organisation_id
            AND state = 'pending' AND held IS NULL ORDER BY number DESC LIMIT 1)
          UNION ALL (SELECT created_at FROM export WHERE organisation_id = c.organisation_id
            AND state IN ('prepared', 'sending', 'retrying') ORDER BY id LIMIT 1)) each HAVING count(*) > 0) waiting
      WHERE c.auto_sync AND c.state = 'connected'
        AND NOT EXISTS (SELECT 1 FROM run WHERE organisation_id = c.organisation_id AND state IN ('waiting', 'running', 'parked'))
        AND NOT EXISTS (SELECT 1 FROM load WHERE organisation_id = c.organisation_id AND state IN ('waiting', 'working'))`,
  );
}
