// The state of an organisation's sync in figures, each counted from rows.
import type { Db } from '@stockbook/db';
import { timeZones } from '@stockbook/xero';

export interface QueueCounts {
  pending: number;
  held: number;
  /** Changed in Xero: a person must choose. */
  conflicts: number;
  claimed: number;
  /** Those of the claimed whose outcome is unknown: being looked for. */
  checking: number;
  rejected: number;
}

export interface Calls {
  /** PUT and POST requests of the last run that went, repeats and 429s included. */
  used: number;
  reads: number;
  /** The sum of ceil(records / 50) over its entities, creates and updates apart. */
  minimum: number;
  perDocument: string | null;
  leftThisMinute: number | null;
  leftToday: number | null;
  closedUntil: Date | null;
}

export interface Status extends QueueCounts {
  /** The database's instant, by which every other of them is meant, and how fast its clock goes. */
  now: Date;
  clockScale: number;
  /** Records sent by all runs. */
  sent: number;
  sentToday: number;
  /** By whose calendar today is meant: the tenant's, UTC where it is not known. */
  timeZone: string;
  activeRunId: string | null;
  lastRunId: string | null;
  /** When a run last ended with nothing left waiting. */
  lastFullSyncAt: Date | null;
  calls: Calls;
}

const batchMax = 50;
/** What a header said of the minute is worth nothing once its window must be over. */
const minuteMs = 60_000;

export async function readQueueCounts(db: Db, organisation: string): Promise<QueueCounts> {
  const [row] = await db.sql.query<QueueCounts>(
    `SELECT count(*) FILTER (WHERE state = 'pending' AND held IS NULL)::int AS pending,
            count(*) FILTER (WHERE state = 'pending' AND held <> 'conflict')::int AS held,
            count(*) FILTER (WHERE state = 'pending' AND held = 'conflict')::int AS conflicts,
            count(*) FILTER (WHERE state = 'claimed')::int AS claimed, count(*) FILTER (WHERE state = 'rejected')::int AS rejected,
            (SELECT count(*)::int FROM export e JOIN change c ON c.organisation_id = e.organisation_id AND c.export_id = e.id AND c.state = 'claimed'
              WHERE e.organisation_id = $1::uuid AND e.state IN ('prepared', 'sending', 'retrying') AND e.unknown) AS checking
       FROM change WHERE organisation_id = $1::uuid AND state IN ('pending', 'claimed', 'rejected')`,
    organisation,
  );
  return row ?? { pending: 0, held: 0, conflicts: 0, claimed: 0, checking: 0, rejected: 0 };
}

export async function readStatus(db: Db, organisation: string): Promise<Status> {
  const counts = await readQueueCounts(db, organisation);
  const runs = await db.prisma.run.findMany({
    where: { organisationId: organisation },
    orderBy: { id: 'desc' },
    take: 20,
  });
  const active = runs.find((run) => run.endedAt === null);
  const last = runs.find((run) => run.endedAt !== null);
  const sums = await readSums(db, organisation);
  const full = await readFull(db, organisation);
  return {
    ...counts,
    ...sums,
    activeRunId: active?.id ?? null,
    lastRunId: last?.id ?? null,
    lastFullSyncAt: full?.endedAt ?? null,
    calls: await readCalls(db, organisation, last?.id ?? active?.id),
  };
}

/** A run that ended while an export was open left that one waiting. */
async function readFull(db: Db, organisation: string) {
  const [left] = await db.sql.query<{ at: Date | null }>(
    `SELECT min(created_at) AS at FROM export WHERE organisation_id = $1::uuid AND state IN ('prepared', 'sending', 'retrying')`,
    organisation,
  );
  const before = left?.at ? { endedAt: { lt: left.at } } : {};
  const totals = { every: { held: 0, rejected: 0 } };
  return db.prisma.run.findFirst({
    where: { organisationId: organisation, state: 'done', totals, ...before },
    orderBy: { id: 'desc' },
  });
}

type Sums = Pick<Status, 'sent' | 'sentToday' | 'timeZone' | 'now' | 'clockScale'>;

/** Today's share is the whole of each run that began today, and of one that began before what its exports were settled with since. */
async function readSums(db: Db, organisation: string): Promise<Sums> {
  const timeZone = await readTimeZone(db, organisation);
  const [row] = await db.sql.query<Omit<Sums, 'timeZone'>>(
    `WITH today AS MATERIALIZED (SELECT date_trunc('day', stockbook_now(), $2) AS began)
     SELECT stockbook_now() AS now, coalesce((SELECT scale FROM clock LIMIT 1), 1)::float8 AS "clockScale",
            coalesce(sum(t.sent), 0)::int AS sent,
            coalesce(sum(t.sent) FILTER (WHERE r.started_at >= (SELECT began FROM today)), 0)::int
              + (SELECT coalesce(sum((e.data::json->>'sent')::int), 0)::int FROM today
                   JOIN run o ON o.organisation_id = $1::uuid AND o.started_at < began AND (o.ended_at IS NULL OR o.ended_at >= began)
                   JOIN event e ON e.organisation_id = $1::uuid AND e.run_id = o.id AND e.kind = 'export' AND e.at >= began) AS "sentToday"
       FROM run_total t JOIN run r ON r.organisation_id = t.organisation_id AND r.id = t.run_id
      WHERE t.organisation_id = $1::uuid`,
    organisation,
    timeZone,
  );
  if (row === undefined) throw new Error('A sum without groups has one row');
  return { ...row, timeZone };
}

async function readTimeZone(db: Db, organisation: string): Promise<string> {
  const [row] = await db.sql.query<{ name: string | null }>(
    `SELECT time_zone AS name FROM connection WHERE organisation_id = $1::uuid`,
    organisation,
  );
  return timeZones.get(row?.name ?? '') ?? 'UTC';
}

/** Calls of a run, with what Xero last said is left. */
export async function readCalls(db: Db, organisation: string, runId: string | undefined): Promise<Calls> {
  const connection = await db.prisma.connection.findUnique({ where: { organisationId: organisation } });
  const run =
    runId === undefined
      ? null
      : await db.prisma.run.findUnique({
          where: { organisationId_id: { organisationId: organisation, id: runId } },
          include: { totals: true },
        });
  const heardAtMs = connection?.budgetAt?.getTime() ?? 0;
  const nowMs = (await db.now()).getTime();
  const totals = run?.totals ?? [];
  const documents = totals.reduce((sum, total) => sum + total.sent, 0);
  const used = run?.calls ?? 0;
  return {
    used,
    reads: run?.reads ?? 0,
    minimum: totals.reduce(
      (sum, total) => sum + Math.ceil(total.creates / batchMax) + Math.ceil(total.updates / batchMax),
      0,
    ),
    perDocument: documents === 0 ? null : (used / documents).toFixed(4),
    leftThisMinute: nowMs - heardAtMs < minuteMs ? (connection?.leftThisMinute ?? null) : null,
    leftToday: connection?.leftToday ?? null,
    closedUntil: connection?.closedUntil ?? null,
  };
}
