// A connection whose permission is gone is paused: what waits keeps waiting, and goes on when a person has reconnected.
import type { Db } from '@stockbook/db';

/** Pauses the connection with a problem a person can read; only if its tokens are still those of `version`, where one is given. */
export async function pauseConnection(
  db: Db,
  organisation: string,
  problem: string,
  version?: number,
): Promise<void> {
  await db.write(organisation, async (tx) => {
    const paused = await tx.sql.execute(
      `UPDATE connection SET state = CASE WHEN state = 'choosing' AND connected_at IS NULL THEN 'none' ELSE 'paused' END,
              problem = $2, refreshing_until = NULL
        WHERE organisation_id = $1::uuid AND state IN ('choosing', 'connected') AND token_version = coalesce($3::int, token_version)`,
      organisation,
      problem,
      version ?? null,
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
