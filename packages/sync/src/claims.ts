// The claims of a layer: one at a time, until no entity of it has anything left.
import type { Carriage } from './carriage.ts';
import { claimExport } from './claim.ts';
import { claimable, type Pass, passesOf, passText } from './claimable.ts';
import type { Entity } from './entity.ts';
import type { Action, ExportRow } from './export-row.ts';
import { renewStatistics } from './statistics.ts';

export interface Claimed {
  entity: Entity;
  row: ExportRow;
}

/** After so many claims, and then whenever there are twice as many. */
const firstLook = 10;

/** One pass after the other, until none has anything left. */
export function createClaims(it: Carriage, layer: readonly Entity[], run: { id: string; snapshot: bigint }) {
  let left: readonly Pass[] = passesOf(layer);
  let current: Pass | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let made = 0;
  let nextLook = firstLook;
  async function claimNext(): Promise<Claimed | undefined> {
    for (;;) {
      if (it.lease.signal.aborted) return undefined;
      const urgent = await claimUrgent(it, run.id);
      if (urgent !== undefined) return urgent;
      if (current === undefined) {
        left = left.slice(await countEmpty(it, left));
        [current, ...left] = left;
      }
      if (current === undefined) return undefined;
      const { entity, action } = current;
      const row = await claimExport(it.db, it.lease, run, entity, action, it.step);
      if (row !== undefined) {
        made += 1;
        if (made === nextLook) {
          // What this run makes is looked up by it, in tables that may not have known the organisation when it began.
          nextLook *= 2;
          await renewStatistics(it.db, it.lease.organisation);
        }
        return { entity, row };
      }
      current = undefined;
    }
  }
  return (): Promise<Claimed | undefined> => {
    const mine = turn.then(claimNext, claimNext);
    turn = mine;
    return mine;
  };
}

/** How many of `left` have nothing to claim, before the first that may: one statement instead of a transaction for each. */
async function countEmpty({ db, lease }: Carriage, left: readonly Pass[]): Promise<number> {
  if (left.length === 0) return 0;
  const [first] = await db.sql.query<{ place: number }>(
    `SELECT place::int FROM ${claimable()} ORDER BY place LIMIT 1`,
    lease.organisation,
    passText(left),
  );
  return first === undefined ? left.length : first.place - 1;
}

interface Urgent {
  entity: string;
  action: Action;
}

/** The first urgent change that may be claimed: not while its record is in flight, and none of `tried`. */
async function readUrgent(
  { db, lease }: Carriage,
  tried: readonly Urgent[] = [],
): Promise<Urgent | undefined> {
  const [first] = await db.sql.query<Urgent>(
    `SELECT c.entity, c.action FROM change c
      WHERE c.organisation_id = $1::uuid AND c.state = 'pending' AND c.held IS NULL AND c.urgent
        AND NOT EXISTS (SELECT 1 FROM change f WHERE f.organisation_id = c.organisation_id AND f.record_id = c.record_id AND f.state = 'claimed')
        AND NOT EXISTS (SELECT 1 FROM json_to_recordset($2::json) AS t(entity text, action text) WHERE t.entity = c.entity AND t.action = c.action)
      ORDER BY c.number LIMIT 1`,
    lease.organisation,
    JSON.stringify(tried),
  );
  return first;
}

/** Whether something urgent waits: it goes before all else, and from the day's reserve. */
export async function hasUrgent(it: Carriage): Promise<boolean> {
  return (await readUrgent(it)) !== undefined;
}

/** Urgent changes go first, even those that were made after the run's snapshot (X12); nothing else joins it. */
export async function claimUrgent(it: Carriage, runId: string): Promise<Claimed | undefined> {
  const run = { id: runId, urgent: true } as const;
  const tried: Urgent[] = [];
  for (;;) {
    const first = await readUrgent(it, tried);
    if (first === undefined) return undefined;
    const entity = it.run.entities.find((one) => one.name === first.entity);
    const row = entity && (await claimExport(it.db, it.lease, run, entity, first.action, it.step));
    if (entity !== undefined && row !== undefined) return { entity, row };
    // What could not go is held now, and its parents were made urgent, or a person is just writing it: the others go.
    tried.push(first);
  }
}
