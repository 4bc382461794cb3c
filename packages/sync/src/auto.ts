// Automatic sync is off until a person switches it on (A27).
import type { Db, Tx } from '@stockbook/db';

/** Switches automatic sync; who did it stands in the history (A171). False where nothing is connected. */
export async function setAutoSync(
  db: Db,
  organisation: string,
  actor: string,
  on: boolean,
): Promise<boolean> {
  return db.write(organisation, async (tx) => {
    const isOn = await lockAutoSync(tx);
    if (isOn === undefined) return false;
    await writeAutoSync(tx, actor, isOn, on);
    return true;
  });
}

/** Whether it is on; nobody switches it until the transaction ends. Undefined where nothing is connected. */
export async function lockAutoSync(tx: Tx): Promise<boolean | undefined> {
  const [row] = await tx.sql.query<{ on: boolean }>(
    `SELECT auto_sync AS on FROM connection WHERE organisation_id = $1::uuid AND state <> 'none' FOR NO KEY UPDATE`,
    tx.organisation,
  );
  return row?.on;
}

export async function writeAutoSync(tx: Tx, actor: string, isOn: boolean, on: boolean): Promise<void> {
  if (isOn !== on) {
    await tx.sql.execute(
      `UPDATE connection SET auto_sync = $2 WHERE organisation_id = $1::uuid`,
      tx.organisation,
      on,
    );
    tx.events.push({
      kind: 'settings',
      actor,
      text: on ? 'Automatic sync switched on' : 'Automatic sync switched off',
    });
  }
  tx.topics.set('connection', undefined);
  tx.topics.set('queue', undefined);
}
