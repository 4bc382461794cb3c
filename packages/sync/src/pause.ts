// A connection whose permission is gone is paused: what waits keeps waiting, and goes on when a person has reconnected.
import type { Db } from '@stockbook/db';

/** What the connection was when it was found wanting: the version of its tokens, or an instant in milliseconds since 1970. */
export interface Seen {
  version?: number;
  atMs?: number;
}

/** Pauses the connection with a problem a person can read, if it is still the one that was seen. Who was refused a call knows nothing of a consent since: that one is spared. */
export async function pauseConnection(
  db: Db,
  organisation: string,
  problem: string,
  seen: Seen = {},
): Promise<void> {
  await db.write(organisation, async (tx) => {
    const paused = await tx.sql.execute(
      `UPDATE connection SET state = CASE WHEN state = 'choosing' AND connected_at IS NULL THEN 'none' ELSE 'paused' END,
              problem = $2, refreshing_until = NULL
        WHERE organisation_id = $1::uuid AND (state = 'connected' OR (state = 'choosing' AND $3::int IS NOT NULL))
          AND token_version = coalesce($3::int, token_version) AND ($4::timestamptz IS NULL OR coalesce(connected_at <= $4, true))`,
      organisation,
      problem,
      seen.version ?? null,
      seen.atMs === undefined ? null : new Date(seen.atMs),
    );
    if (paused === 0) return;
    tx.events.push({
      kind: 'connection',
      actor: 'Stockbook',
      text: `The connection to Xero is paused: ${problem}`,
    });
    tx.topics.set('connection', undefined);
  });
}
