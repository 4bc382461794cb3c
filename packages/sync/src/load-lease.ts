// Who works on a load: taken for a while, renewed by every transaction, and lost to another worker once it lapses.
import type { Db, Tx } from '@stockbook/db';

/** A load as its worker knows it. */
export interface TakenLoad {
  organisation: string;
  loadId: string;
  template: string;
  actor: string;
  /** Fences this worker's transactions against whoever takes the load after it. */
  token: string;
  leaseMs: number;
  /** The names of its files by number. */
  files: Map<number, string>;
}

/** Thrown where a transaction finds that its worker no longer holds the load: nothing of it is written. */
export class LoadLost extends Error {
  constructor(loadId: string) {
    super(`The load ${loadId} was taken over by another worker`);
    this.name = 'LoadLost';
  }
}

interface Row {
  organisation: string;
  id: string;
  template: string;
  actor: string;
}

/** Takes the oldest load that waits or whose worker is gone; one of an organisation at a time. */
export async function takeLoad(db: Db, token: string, leaseMs: number): Promise<TakenLoad | undefined> {
  const [row] = await db.sql.query<Row>(
    `UPDATE load SET state = 'working', worker = $1, worker_until = stockbook_now() + $2::float * interval '1 millisecond',
            started_at = coalesce(started_at, stockbook_now())
      WHERE (organisation_id, id) = (
        SELECT l.organisation_id, l.id FROM load l
         WHERE (l.state = 'waiting' OR l.state = 'working' AND coalesce(l.worker_until < stockbook_now(), true))
           AND NOT EXISTS (SELECT 1 FROM load o WHERE o.organisation_id = l.organisation_id AND o.id <> l.id
                AND o.state = 'working' AND o.worker_until >= stockbook_now())
         ORDER BY l.id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING organisation_id AS organisation, id, template, created_by AS actor`,
    token,
    leaseMs,
  );
  if (row === undefined) return undefined;
  const { organisation, id: loadId, template, actor } = row;
  const files = await db.prisma.loadFile.findMany({ where: { organisationId: organisation, loadId } });
  return {
    organisation,
    loadId,
    template,
    actor,
    token,
    leaseMs,
    files: new Map(files.map(({ file, name }) => [file, name])),
  };
}

/** The first statement of whatever a load's worker writes: renews, holds the row until the transaction ends, or throws. */
export async function fenceLoad(tx: Tx, load: TakenLoad): Promise<{ position: number; documents: number }> {
  const [row] = await tx.sql.query<{ position: number; documents: number }>(
    `UPDATE load SET worker_until = stockbook_now() + $4::float * interval '1 millisecond'
      WHERE organisation_id = $1::uuid AND id = $2::uuid AND worker = $3 AND state = 'working' RETURNING position, documents`,
    load.organisation,
    load.loadId,
    load.token,
    load.leaseMs,
  );
  if (row === undefined) throw new LoadLost(load.loadId);
  return row;
}

/** Gives the load back, for any worker to carry on at once. */
export async function releaseLoad(db: Db, load: TakenLoad): Promise<void> {
  await db.sql.execute(
    `UPDATE load SET worker = NULL, worker_until = NULL
      WHERE organisation_id = $1::uuid AND id = $2::uuid AND worker = $3 AND state = 'working'`,
    load.organisation,
    load.loadId,
    load.token,
  );
}
