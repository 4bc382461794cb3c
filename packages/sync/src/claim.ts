// Claiming: the next changes of one entity and action, in the order they were made, frozen as one export before anything is sent.
import type { Member } from '@stockbook/core';
import type { Db, Tx } from '@stockbook/db';
import type { Wire } from '@stockbook/xero';
import type { Entity } from './entity.ts';
import { type Action, type ExportRow, insertExport } from './export-row.ts';
import { withoutTwins } from './freeze.ts';
import { type Hold, holdChanges } from './hold.ts';
import { freezeLocked } from './late-parent.ts';
import { fence, type Lease } from './lease.ts';
import { writeRows } from './rows.ts';
import { around, committing, type Stepping } from './step.ts';
import { hurryParents } from './urgent.ts';

/** Xero's documented limit is 3.5 MB a request (XERO.md 4.1). */
const bodyMaxBytes = 3_300_000;
/** More than a payload takes apart from lines and descriptions, and a line apart from its description. */
const headBytes = 20_000;
const lineBytes = 1_000;
/** As JSON escapes it, a character takes six bytes at most. */
const characterBytes = 6;

interface Picked {
  number: string;
  recordId: string;
}

/** A run claims up to its snapshot; what is urgent is claimed wherever it stands. */
export type ClaimedFor = { id: string; snapshot: bigint } | { id: string; urgent: true };

/** Claims and freezes up to `batchMax` changes; undefined when there is nothing left to claim. */
export async function claimExport(
  db: Db,
  lease: Lease,
  run: ClaimedFor,
  entity: Entity,
  action: Action,
  step: Stepping,
): Promise<ExportRow | undefined> {
  const at = { organisation: lease.organisation, act: 'claim', entity: entity.name } as const;
  return committing(db, step, at, async (tx) => {
    await fence(tx, lease);
    const members: Member[] = [];
    const wires: Wire[] = [];
    const records = new Map<string, { id: string }>();
    const urgent = 'urgent' in run;
    let after = urgent
      ? 0n
      : await around(step, 'mark', entity.name, () => raiseMark(tx, entity.name, action));
    for (;;) {
      const picked = await pick(tx, {
        entity: entity.name,
        action,
        after,
        snapshot: 'urgent' in run ? null : run.snapshot,
        max: entity.batchMax - members.length,
      });
      const last = picked.at(-1);
      if (last === undefined) break;
      after = BigInt(last.number);
      const frozen = await around(step, 'freeze', entity.name, () =>
        freezeLocked(tx, entity, action, picked),
      );
      await setAside(tx, run.id, entity.name, picked, frozen);
      const waiting = frozen.holds.filter((hold) => hold.held === 'parent');
      if (urgent)
        await hurryParents(
          tx,
          entity,
          waiting.map((hold) => hold.recordId),
        );
      const apart = withoutTwins(members, frozen);
      const room = fitting(wires, apart.wires);
      members.push(...apart.members.slice(0, room));
      wires.push(...apart.wires.slice(0, room));
      for (const [id, one] of frozen.records) records.set(id, one);
      if (room < apart.wires.length || members.length >= entity.batchMax) break;
    }
    if (entity.remote === undefined || members.length === 0) return undefined;
    const batch = { members, wires, records, remote: entity.remote };
    const carried = { generation: 0, unknown: false, urgent };
    const row = await insertExport(tx, run.id, entity.name, action, batch, carried);
    // Its call may wait for a minute to begin, or be answered late: whoever looks on hears now that it is on its way.
    tx.records.add(row.id);
    tx.topics.set('queue', undefined);
    return row;
  });
}

interface Mark {
  mark: bigint;
  /** Just below the lowest claimable number. */
  low: bigint | null;
  isRaised: boolean;
}

/** Raises the mark to just below the lowest claimable number, unless somebody released something meanwhile. Returns the mark. */
async function raiseMark(tx: Tx, entity: string, action: Action): Promise<bigint> {
  const [row] = await tx.sql.query<Mark>(
    `WITH mark AS (SELECT coalesce(max(number), 0) AS number, coalesce(max(version), 0) AS version FROM water_mark
        WHERE organisation_id = $1::uuid AND entity = $2 AND action = $3),
     low AS (SELECT c.number - 1 AS number FROM change c
        WHERE c.organisation_id = $1::uuid AND c.entity = $2 AND c.action = $3 AND c.state = 'pending' AND c.held IS NULL
          AND c.number > (SELECT number FROM mark) ORDER BY c.number LIMIT 1),
     raised AS (INSERT INTO water_mark AS w (organisation_id, entity, action, number, version)
       SELECT $1::uuid, $2, $3, low.number, mark.version FROM low, mark WHERE low.number > mark.number
       ON CONFLICT (organisation_id, entity, action) DO UPDATE SET number = excluded.number WHERE w.version = excluded.version
       RETURNING 1)
     SELECT mark.number AS mark, (SELECT number FROM low) AS low, EXISTS (SELECT 1 FROM raised) AS "isRaised" FROM mark`,
    tx.organisation,
    entity,
    action,
  );
  if (row === undefined || row.low === null) return row?.mark ?? 0n;
  // Somebody released something meanwhile, perhaps below: look again from where the mark is now.
  return row.low > row.mark && !row.isRaised ? raiseMark(tx, entity, action) : row.low;
}

/** Locks the next claimable changes with their records; a record with a change in flight waits, so that its versions stay in order, and one that a person writes just now waits for the newer change. */
async function pick(
  tx: Tx,
  want: { entity: string; action: Action; after: bigint; snapshot: bigint | null; max: number },
): Promise<Picked[]> {
  const rows = await tx.sql.query<{ number: bigint; recordId: string }>(
    `SELECT c.number, c.record_id AS "recordId" FROM change c
       JOIN record r ON r.organisation_id = c.organisation_id AND r.id = c.record_id
      WHERE c.organisation_id = $1::uuid AND c.entity = $2 AND c.action = $3 AND c.state = 'pending' AND c.held IS NULL
        AND c.number > $4 AND ${want.snapshot === null ? '$5::bigint IS NULL AND c.urgent' : 'c.number <= $5'}
        AND c.record_id NOT IN (SELECT f.record_id FROM change f WHERE f.organisation_id = $1::uuid AND f.state = 'claimed')
      ORDER BY c.number LIMIT $6 FOR NO KEY UPDATE OF c, r SKIP LOCKED`,
    tx.organisation,
    want.entity,
    want.action,
    want.after,
    want.snapshot,
    want.max,
  );
  return rows.map((row) => ({ number: String(row.number), recordId: row.recordId }));
}

/** Holds what must wait and skips what is gone, so that neither is claimed again. */
async function setAside(
  tx: Tx,
  runId: string,
  entity: string,
  picked: readonly Picked[],
  frozen: { members: readonly Member[]; holds: readonly Hold[] },
): Promise<void> {
  await holdChanges(tx, frozen.holds);
  const kept = new Set([...frozen.members, ...frozen.holds].map((one) => one.recordId));
  const gone = picked.filter((change) => !kept.has(change.recordId)).map((change) => change.number);
  await writeRows(
    tx,
    `UPDATE change SET state = 'skipped', reason = 'The record is gone', settled_at = stockbook_now()
      WHERE organisation_id = $1::uuid AND number = ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text($2::json)))`,
    gone,
  );
  if (frozen.holds.length + gone.length === 0) return;
  await tx.sql.execute(
    `UPDATE run_total SET held = held + $4, skipped = skipped + $5 WHERE organisation_id = $1::uuid AND run_id = $2::uuid AND entity = $3`,
    tx.organisation,
    runId,
    entity,
    frozen.holds.length,
    gone.length,
  );
  tx.topics.set('queue', undefined);
}

/** How many of `more` fit beside `have` into one request. */
function fitting(have: readonly Wire[], more: readonly Wire[]): number {
  if (bytesAtMost(have) + bytesAtMost(more) < bodyMaxBytes) return more.length;
  let bytes = Buffer.byteLength(JSON.stringify(have));
  let room = 0;
  for (const wire of more) {
    bytes += Buffer.byteLength(JSON.stringify(wire)) + 1;
    if (bytes > bodyMaxBytes && have.length + room > 0) break;
    room += 1;
  }
  return room;
}

/** Told without making their text: what makes it long are descriptions. */
function bytesAtMost(wires: readonly Wire[]): number {
  let bytes = wires.length * headBytes;
  for (const wire of wires) {
    if ('Description' in wire) bytes += characterBytes * wire.Description.length;
    if ('LineItems' in wire)
      for (const line of wire.LineItems) bytes += lineBytes + characterBytes * line.Description.length;
  }
  return bytes;
}
