// Exports that a worker left open: read back with their members, to be carried on before anything is claimed.
import type { Db } from '@stockbook/db';
import type { Entity } from './entity.ts';
import type { Action, ExportRow } from './export-row.ts';

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
  firstSentAt: Date | null;
  urgent: boolean;
  members: { number: string; recordId: string }[];
}

/** Open exports in the order they were made. One found *sending* was cut off in mid-call: its outcome is unknown. */
export async function readOpenExports(
  db: Db,
  organisation: string,
  entities: readonly Entity[],
): Promise<{ entity: Entity; row: ExportRow }[]> {
  const rows = await db.sql.query<Row>(
    `SELECT e.id, e.entity, e.action, e.state, e.key, e.generation, e.body, e.hash, e.unknown, e.attempts, e.looks,
            e.first_sent_at AS "firstSentAt",
            EXISTS (SELECT 1 FROM change u WHERE u.organisation_id = e.organisation_id AND u.export_id = e.id AND u.urgent) AS urgent,
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
    const { id, key, generation, body, hash, attempts, looks, urgent } = row;
    const action: Action = row.action === 'update' ? 'update' : 'create';
    const unknown = row.unknown || row.state === 'sending';
    const firstSentAtMs = row.firstSentAt?.getTime() ?? null;
    return [
      {
        entity,
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
