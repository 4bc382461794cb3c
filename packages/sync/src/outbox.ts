// The outbox: notes in the open transaction that a record must reach Xero; db.write gives it its number as the last thing it does.
import type { NewChange, Tx } from '@stockbook/db';

/** Notes that `change.id` must reach Xero; of several notes of one record in a transaction the last counts. */
export function record(tx: Tx, change: NewChange): void {
  tx.changes.push(change);
}
