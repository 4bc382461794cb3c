// What a claim passed over because somebody was just writing its record: its layer is gone over again, so that no run ends while it waits.
import type { Carriage, Carried } from './carriage.ts';
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
  const passes = layer.flatMap(({ name }) => [
    [name, 'create'],
    [name, 'update'],
  ]);
  const passed = await db.sql.query<unknown>(
    `SELECT 1 FROM json_array_elements($2::json) AS pass (of)
      CROSS JOIN LATERAL (SELECT 1 FROM change c
        WHERE c.organisation_id = $1::uuid AND c.entity = of ->> 0 AND c.action = of ->> 1 AND c.state = 'pending' AND c.held IS NULL
          AND c.number <= $3 AND c.number > coalesce((SELECT w.number FROM water_mark w
            WHERE w.organisation_id = $1::uuid AND w.entity = of ->> 0 AND w.action = of ->> 1), 0)
          AND c.record_id NOT IN (SELECT f.record_id FROM change f WHERE f.organisation_id = $1::uuid AND f.state = 'claimed')
        ORDER BY c.number LIMIT 1) claimable LIMIT 1`,
    lease.organisation,
    JSON.stringify(passes),
    snapshot,
  );
  return passed.length > 0;
}
