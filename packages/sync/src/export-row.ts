// An export as a row: stored with its members and its text before anything is sent.
import type { Member, Refusal } from '@stockbook/core';
import { createId, type Tx } from '@stockbook/db';
import type { Wire } from '@stockbook/xero';
import type { Remote } from './entity.ts';
import { idsOf } from './rows.ts';

export type Action = 'create' | 'update';

/** An export as the engine carries it on: a row of `export` with its members. */
export interface ExportRow {
  id: string;
  entity: string;
  action: Action;
  key: string;
  generation: number;
  body: string;
  hash: string;
  unknown: boolean;
  attempts: number;
  firstSentAtMs: number | null;
  looks: number;
  /** When it was last looked for in vain: the next look counts some time later. */
  lookedAtMs: number | null;
  /** Whether something urgent is among its members: it may use the day's reserve. */
  urgent: boolean;
  /** Whether Xero's present state was compared just now; never kept. */
  compared: boolean;
  /** What is known of a refusal as a whole; never kept. */
  refusal: Refusal;
  members: Member[];
  /** The payloads of the body, one for each member, in their order. */
  wires: Wire[];
  /** What the payloads were made from, by record; never kept, and empty where an export was read back. */
  records: Records;
}

export type Records = ReadonlyMap<string, { id: string }>;

/** What is known of an export's members where they were in another one before. */
export interface CarriedOn {
  generation: number;
  /** What became of them nobody knows: they are looked for before anything is sent. */
  unknown: boolean;
  /** A look left them out just now: the next one counts some time later. */
  looked?: boolean;
}

/** Stores an export with its members, prepared and not sent yet; its changes become claimed. */
export async function insertExport(
  tx: Tx,
  runId: string,
  entity: string,
  action: Action,
  batch: { members: Member[]; wires: Wire[]; records: Records; remote: Remote },
  carried: CarriedOn & { urgent?: boolean } = { generation: 0, unknown: false },
): Promise<ExportRow> {
  const { remote, ...payload } = batch;
  const { members, wires } = payload;
  const text = remote.freeze(wires);
  const id = createId();
  const key = `stockbook-${id}-${carried.generation}`;
  const looks = carried.looked === true ? 1 : 0;
  const [stored] = await tx.sql.query<{ lookedAt: Date | null }>(
    `WITH claimed AS (
       UPDATE change SET state = 'claimed', export_id = $2::uuid, reason = NULL WHERE organisation_id = $1::uuid
          AND number = ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text($13::json)))),
     shown AS (
       UPDATE record SET sync_state = CASE WHEN $7 THEN 'checking' ELSE 'sending' END, problem = NULL WHERE organisation_id = $1::uuid
          AND id = ANY(${idsOf('$14')}))
     INSERT INTO export (organisation_id, id, run_id, entity, action, state, unknown, key, generation, body, hash, size, created_at, looks, looked_at)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11, $12, stockbook_now(), $15::int,
       CASE WHEN $15::int > 0 THEN stockbook_now() END) RETURNING looked_at AS "lookedAt"`,
    tx.organisation,
    id,
    runId,
    entity,
    action,
    carried.unknown ? 'retrying' : 'prepared',
    carried.unknown,
    key,
    carried.generation,
    text.body,
    text.hash,
    members.length,
    JSON.stringify(members.map((member) => member.number)),
    JSON.stringify(members.map((member) => member.recordId)),
    looks,
  );
  return {
    ...{ id, entity, action, key, ...text, ...payload },
    ...{ generation: carried.generation, unknown: carried.unknown, urgent: carried.urgent ?? false },
    ...{ attempts: 0, firstSentAtMs: null, compared: false, refusal: 'none' },
    ...{ looks, lookedAtMs: stored?.lookedAt?.getTime() ?? null },
  };
}

/** Shows of an export's members that they are under way, or that nobody knows what became of them. */
export async function showMembers(tx: Tx, row: ExportRow, unknown: boolean): Promise<void> {
  await tx.sql.execute(
    `UPDATE record SET sync_state = $3 WHERE organisation_id = $1::uuid AND id = ANY(${idsOf('$2')}) AND sync_state <> $3`,
    tx.organisation,
    JSON.stringify(row.members.map((member) => member.recordId)),
    unknown ? 'checking' : 'sending',
  );
  tx.records.add(row.id);
  tx.topics.set('queue', undefined);
}
