// Exports that a worker left open: read back with their members, to be carried on before anything is claimed.
import type { Db } from '@stockbook/db';
import { writeCutOff } from './cut-off.ts';
import type { Entity } from './entity.ts';
import type { Action, ExportRow } from './export-row.ts';
import { fence, type Lease } from './lease.ts';
import { around, committing, type Stepping } from './step.ts';

interface OpenExport {
  entity: Entity;
  row: ExportRow;
  /** Whether its worker ended in mid-call. */
  cutOff: boolean;
}

interface Row {
  id: string;
  entity: string;
  action: string;
  state: string;
  key: string;
  generation: number;
  body: string;
  hash: string;
  unknown: boolean;
  attempts: number;
  looks: number;
  lookedAt: Date | null;
  cutOff: boolean;
  firstSentAt: Date | null;
  urgent: boolean;
  members: { number: string; recordId: string }[];
}

/** Open exports in the order they were made; one that something urgent waits for is urgent, too, once it may go again. One found *sending* was cut off in mid-call: its outcome is unknown, and is shown so before anything is done about it. */
export async function resumeExports(
  db: Db,
  lease: Lease,
  step: Stepping,
  entities: readonly Entity[],
): Promise<OpenExport[]> {
  const { organisation } = lease;
  const open = await readOpenExports(db, organisation, entities);
  if (!open.some(({ cutOff }) => cutOff)) return around(step, 'resume', undefined, async () => open);
  await committing(db, step, { organisation, act: 'resume' }, async (tx) => {
    await fence(tx, lease);
    await writeCutOff(tx);
  });
  return open;
}

/** Whether one of its changes is urgent, or an urgent one waits for it; what was left open for a while spares the day's reserve until then. */
const carriesUrgent = `(e.not_before IS NULL OR e.not_before <= stockbook_now()) AND EXISTS (SELECT 1 FROM change m
    JOIN change u ON u.organisation_id = m.organisation_id AND u.record_id = m.record_id AND u.urgent
     AND (u.number = m.number OR (u.state = 'pending' AND u.held IS NULL))
   WHERE m.organisation_id = e.organisation_id AND m.export_id = e.id)`;

async function readOpenExports(
  db: Db,
  organisation: string,
  entities: readonly Entity[],
): Promise<OpenExport[]> {
  const rows = await db.sql.query<Row>(
    `SELECT e.id, e.entity, e.action, e.state, e.key, e.generation, e.body, e.hash, e.unknown, e.attempts, e.looks,
            e.first_sent_at AS "firstSentAt", e.looked_at AS "lookedAt",
            e.state = 'sending' OR EXISTS (SELECT 1 FROM attempt a WHERE a.organisation_id = e.organisation_id AND a.export_id = e.id
              AND a.ended_at IS NULL) AS "cutOff",
            ${carriesUrgent} AS urgent,
            (SELECT coalesce(json_agg(json_build_object('number', c.number::text, 'recordId', c.record_id) ORDER BY c.number), '[]')
               FROM change c WHERE c.organisation_id = e.organisation_id AND c.export_id = e.id AND c.state = 'claimed') AS members
       FROM export e WHERE e.organisation_id = $1::uuid AND e.state IN ('prepared', 'sending', 'retrying') ORDER BY e.id`,
    organisation,
  );
  return rows.flatMap((row) => {
    const entity = entities.find((one) => one.name === row.entity);
    const { remote } = entity ?? {};
    if (entity === undefined || remote === undefined) return [];
    const wires = remote.thaw(row.body);
    if (wires.length !== row.members.length)
      throw new Error(`Export ${row.id} carries ${wires.length} payloads for ${row.members.length} changes`);
    const members = row.members.flatMap((member, index) => {
      const wire = wires[index];
      return wire === undefined ? [] : [{ ...member, key: remote.keyOf(wire) }];
    });
    const { id, key, generation, body, hash, attempts, looks, urgent, cutOff } = row;
    const action: Action = row.action === 'update' ? 'update' : 'create';
    const unknown = row.unknown || row.state === 'sending';
    const firstSentAtMs = row.firstSentAt?.getTime() ?? null;
    const lookedAtMs = row.lookedAt?.getTime() ?? null;
    return [
      {
        entity,
        cutOff,
        row: {
          id,
          entity: entity.name,
          action,
          key,
          generation,
          body,
          hash,
          unknown,
          attempts,
          firstSentAtMs,
          looks,
          lookedAtMs,
          urgent,
          compared: false,
          refusal: 'none',
          members,
          wires,
          records: new Map(),
        },
      },
    ];
  });
}
