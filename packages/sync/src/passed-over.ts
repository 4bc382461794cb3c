// What a claim passed over because somebody was just writing its record: its layer is gone over again, so that no run ends while it waits.
import type { Carriage, Carried } from './carriage.ts';
import { claimable, passesOf, passText } from './claimable.ts';
import type { Entity } from './entity.ts';

const restMs = 500;
/** Whoever writes a record for longer leaves it to the next run. */
const turnsMax = 20;

/** Carries a layer until nothing of it was passed over; `carry` ends with none of its calls in flight. */
export async function untilNonePassed(
  it: Carriage,
  layer: readonly Entity[],
  snapshot: bigint,
  carry: () => Promise<Carried>,
): Promise<Carried> {
  for (let turn = 1; ; turn += 1) {
    const carried = await carry();
    if (carried.kind !== 'settled' || turn === turnsMax) return carried;
    if (!(await hasPassed(it, layer, snapshot))) return carried;
    await it.clock.wait(restMs, it.lease.signal);
  }
}

/** Whether something could be claimed yet. What waits for a record whose earlier outcome nobody can tell just now was not passed over. */
async function hasPassed(
  { db, lease }: Carriage,
  layer: readonly Entity[],
  snapshot: bigint,
): Promise<boolean> {
  const free =
    "c.number <= $3 AND c.record_id NOT IN (SELECT f.record_id FROM change f WHERE f.organisation_id = $1::uuid AND f.state = 'claimed')";
  const passed = await db.sql.query<unknown>(
    `SELECT 1 FROM ${claimable(free)} LIMIT 1`,
    lease.organisation,
    passText(passesOf(layer)),
    snapshot,
  );
  return passed.length > 0;
}
