// What a business transaction carries to its end: the organisation's numbers for the changes it recorded, its events, and what hearers are told.
import { createId } from './id.ts';
import type { Sql } from './sql.ts';

export interface NewChange {
  entity: string;
  id: string;
  urgent?: boolean;
}

export interface NewEvent {
  kind: string;
  actor: string;
  text: string;
  entity?: string;
  runId?: string;
  exportId?: string;
  loadId?: string;
  records?: string[];
  data?: string;
}

export interface Tx {
  organisation: string;
  sql: Sql;
  /** Noted by outbox.record, numbered when the work is done. */
  changes: NewChange[];
  events: NewEvent[];
  /** What hearers are told to look at: 'queue', 'record', 'run', 'load', 'connection'. */
  topics: Map<string, string | undefined>;
  /** Records that are shown otherwise from now on, by their ids, or exports whose records are; records with a change of this transaction need no mention. */
  records: Set<string>;
}

export const channel = 'stockbook';

/** The last statements of a transaction: its changes, its events, and what hearers are told. */
export async function closeTx(tx: Tx): Promise<void> {
  let number = 0n;
  if (tx.changes.length > 0) {
    number = await insertChanges(tx, [...new Map(tx.changes.map((change) => [change.id, change])).values()]);
    tx.topics.set('queue', undefined);
    tx.topics.set('record', undefined);
  }
  if (tx.events.length + tx.topics.size + tx.records.size > 0) await tell(tx, number);
}

/**
 * An older change that still waits or was refused gives way to the new one; the counter is taken last but for the insert.
 * The record's row is locked first: whoever settles the record meanwhile has ended then, and what it wrote is seen here.
 * While nobody knows what became of an earlier change, that is what is shown; once it is known, this change waits and is shown to.
 */
async function insertChanges(tx: Tx, changes: NewChange[]): Promise<bigint> {
  const ids = JSON.stringify(changes.map((change) => change.id));
  await tx.sql.execute(
    `UPDATE record SET sync_state = CASE WHEN sync_state = 'checking' THEN sync_state WHEN no_export THEN 'skipped' ELSE 'pending' END,
            problem = CASE WHEN no_export AND sync_state <> 'checking' THEN coalesce(no_export_reason, 'Do not sync') END
      WHERE organisation_id = $1::uuid AND id = ANY(ARRAY(SELECT value::uuid FROM json_array_elements_text($2::json)))`,
    tx.organisation,
    ids,
  );
  const hurried = await tx.sql.query<{ id: string }>(
    `WITH older AS (
       UPDATE change SET state = 'superseded', held = NULL, settled_at = (SELECT stockbook_now())
        WHERE organisation_id = $1::uuid AND state IN ('pending', 'rejected')
          AND record_id = ANY(ARRAY(SELECT value::uuid FROM json_array_elements_text($2::json))) RETURNING record_id, urgent)
     SELECT record_id AS id FROM older WHERE urgent`,
    tx.organisation,
    ids,
  );
  // What was urgent stays so, whoever changes it again.
  const urgent = new Set(hurried.map(({ id }) => id));
  const [counter] = await tx.sql.query<{ number: bigint }>(
    `INSERT INTO counter (organisation_id, number) VALUES ($1::uuid, $2::bigint)
     ON CONFLICT (organisation_id) DO UPDATE SET number = counter.number + excluded.number RETURNING number`,
    tx.organisation,
    changes.length,
  );
  const last = counter?.number ?? 0n;
  const first = last - BigInt(changes.length) + 1n;
  const rows = changes.map((change, index) => ({
    number: String(first + BigInt(index)),
    entity: change.entity,
    id: change.id,
    urgent: change.urgent === true || urgent.has(change.id),
  }));
  await tx.sql.execute(
    `INSERT INTO change (organisation_id, number, entity, record_id, action, state, reason, urgent, created_at)
     SELECT $1::uuid, x.number, x.entity, x.id, CASE WHEN m.record_id IS NULL THEN 'create' ELSE 'update' END,
            CASE WHEN r.no_export THEN 'skipped' ELSE 'pending' END,
            CASE WHEN r.no_export THEN coalesce(r.no_export_reason, 'Do not sync') END, x.urgent, (SELECT stockbook_now())
       FROM json_to_recordset($2::json) AS x(number bigint, entity text, id uuid, urgent boolean)
       JOIN record r ON r.organisation_id = $1::uuid AND r.id = x.id
       LEFT JOIN mapping m ON m.organisation_id = $1::uuid AND m.record_id = x.id`,
    tx.organisation,
    JSON.stringify(rows),
  );
  return last;
}

/** Writes the events, and tells hearers what to look at; `number`: the last of the changes. */
async function tell(tx: Tx, number: bigint): Promise<void> {
  const events = tx.events.map((event) => ({
    id: createId(),
    kind: event.kind,
    actor: event.actor,
    text: event.text,
    entity: event.entity ?? null,
    run: event.runId ?? null,
    export: event.exportId ?? null,
    load: event.loadId ?? null,
    records: event.records ?? [],
    data: event.data ?? null,
  }));
  const { organisation } = tx;
  const topics = [...tx.topics].map(([topic, id]) => ({ topic, ...(id ? { id } : {}) }));
  const hints = [...topics, ...recordHints(tx)].map(({ topic, ...more }) =>
    JSON.stringify({ organisation, topic, number: String(number), ...more }),
  );
  await tx.sql.execute(
    `WITH noted AS (
       INSERT INTO event (organisation_id, id, at, kind, actor, entity, run_id, export_id, load_id, records, text, data)
       SELECT $1::uuid, x.id, stockbook_now(), x.kind, x.actor, x.entity, x.run, x.export, x.load,
              ARRAY(SELECT value::uuid FROM json_array_elements_text(x.records)), x.text, x.data
         FROM json_to_recordset($2::json)
           AS x(id uuid, kind text, actor text, entity text, run uuid, export uuid, load uuid, records json, text text, data text))
     SELECT pg_notify($3, hint) FROM json_array_elements_text($4::json) AS hint`,
    tx.organisation,
    JSON.stringify(events),
    channel,
    JSON.stringify(hints),
  );
}

/** More than a batch holds is not named one by one: hearers read again what they show. */
const namedMax = 50;

function recordHints({ records }: Tx): { topic: string; id?: string; many?: true }[] {
  if (records.size > namedMax) return [{ topic: 'record', many: true }];
  return [...records].map((id) => ({ topic: 'record', id }));
}
