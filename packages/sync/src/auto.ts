// Automatic sync is off until a person switches it on (A27).
import type { Db } from '@stockbook/db';

/** Switches automatic sync; who did it stands in the history (A171). False where nothing is connected. */
export async function setAutoSync(
  db: Db,
  organisation: string,
  actor: string,
  on: boolean,
): Promise<boolean> {
  return db.write(organisation, async (tx) => {
    const [before] = await tx.sql.query<{ on: boolean }>(
      `SELECT auto_sync AS on FROM connection WHERE organisation_id = $1::uuid AND state <> 'none' FOR UPDATE`,
      organisation,
    );
    if (before === undefined) return false;
    await tx.sql.execute(
      `UPDATE connection SET auto_sync = $2 WHERE organisation_id = $1::uuid`,
      organisation,
      on,
    );
    if (before.on !== on) {
      tx.events.push({
        kind: 'settings',
        actor,
        text: on ? 'Automatic sync switched on' : 'Automatic sync switched off',
      });
    }
    tx.topics.set('connection', undefined);
    tx.topics.set('queue', undefined);
    return true;
  });
}
