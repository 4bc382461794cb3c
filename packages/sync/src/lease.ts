// The organisation's one lease: a right to work that lapses by itself, with a token that fences whoever lost it.
import type { Db, Tx } from '@stockbook/db';
import { type Clock, pause } from './clock.ts';
import { around, type Stepping } from './step.ts';

export interface Lease {
  organisation: string;
  token: bigint;
  /** Raised when the lease is lost or given up, and when the worker stops. */
  signal: AbortSignal;
  release(): Promise<void>;
}

export interface LeaseTimes {
  leaseMs: number;
  heartbeatMs: number;
}

export const leaseTimes: LeaseTimes = { leaseMs: 45_000, heartbeatMs: 10_000 };

/** Thrown where a transaction finds that its worker no longer holds the lease: nothing of it is written. */
export class LeaseLost extends Error {
  constructor(organisation: string) {
    super(`The lease of organisation ${organisation} was lost: another worker carries on`);
    this.name = 'LeaseLost';
  }
}

/** Takes the lease of a free or lapsed organisation for `owner`, once what its holder was writing is written; undefined when another holds it. */
export async function takeLease(
  db: Db,
  clock: Clock,
  options: LeaseTimes & {
    organisation: string;
    owner: string;
    runId: string;
    stop: AbortSignal;
    step: Stepping;
  },
): Promise<Lease | undefined> {
  const { organisation, leaseMs, owner, runId, step } = options;
  const [row] = await around(step, 'lease', undefined, () =>
    db.sql.query<{ token: bigint }>(
      `WITH free AS (SELECT organisation_id FROM connection WHERE organisation_id = $1::uuid
        AND (lease_until IS NULL OR lease_until < stockbook_now()) FOR UPDATE)
     UPDATE connection c SET lease_token = lease_token + 1, lease_owner = $2, lease_run_id = $3::uuid,
            lease_until = stockbook_now() + $4 * interval '1 millisecond'
       FROM free WHERE c.organisation_id = free.organisation_id RETURNING lease_token AS token`,
      organisation,
      owner,
      runId,
      leaseMs,
    ),
  );
  if (row === undefined) return undefined;
  const lost = new AbortController();
  const beat = keepLease(db, clock, { ...options, token: row.token }, lost);
  return {
    organisation,
    token: row.token,
    signal: AbortSignal.any([lost.signal, options.stop]),
    release: async () => {
      lost.abort();
      await atMost(leaseMs, beat);
      await around(step, 'release', undefined, () =>
        db.sql.execute(
          `UPDATE connection SET lease_until = NULL, lease_owner = NULL, lease_run_id = NULL
          WHERE organisation_id = $1::uuid AND lease_token = $2`,
          organisation,
          row.token,
        ),
      );
    },
  };
}

/** Waits for `work`, but no longer than so many real milliseconds: a renewal without an answer is none after that. */
async function atMost(realMs: number, work: Promise<void>): Promise<void> {
  const ended = new AbortController();
  await Promise.race([work, pause(realMs, ended.signal)]).finally(() => ended.abort());
}

/** Renews the lease at each heartbeat until it is given up; one that cannot be renewed is lost. */
async function keepLease(
  db: Db,
  clock: Clock,
  options: LeaseTimes & { organisation: string; token: bigint; step: Stepping },
  lost: AbortController,
): Promise<void> {
  for (;;) {
    await clock.wait(options.heartbeatMs, lost.signal);
    if (lost.signal.aborted) return;
    const renewed = await around(options.step, 'renew', undefined, () =>
      db.sql.execute(
        `UPDATE connection SET lease_until = stockbook_now() + $3 * interval '1 millisecond'
          WHERE organisation_id = $1::uuid AND lease_token = $2 AND lease_until >= stockbook_now()`,
        options.organisation,
        options.token,
        options.leaseMs,
      ),
    ).catch(() => undefined);
    // A database that does not answer is asked again: the lease lapses by itself if it stays away.
    if (renewed === 0) lost.abort();
  }
}

/** The first statement of whatever a lease's holder writes: nobody takes the lease until the transaction ends; or it throws. Heartbeats and other holders' writes pass. */
export async function fence(tx: Tx, lease: Lease): Promise<void> {
  const held = await tx.sql.query<unknown>(
    `SELECT 1 FROM connection WHERE organisation_id = $1::uuid AND lease_token = $2 AND lease_until >= stockbook_now() FOR KEY SHARE`,
    tx.organisation,
    lease.token,
  );
  if (held.length === 0) throw new LeaseLost(tx.organisation);
}
