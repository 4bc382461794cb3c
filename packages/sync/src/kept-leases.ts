// Leases that a database that went away left with this worker: they are given up at the next look, so that nobody waits until they lapse.
import type { Db } from '@stockbook/db';
import type { Lease } from './lease.ts';
import type { DueRun } from './run.ts';

export interface KeptLeases {
  /** Takes a lease by `take`; if its answer is lost, the lease may be this worker's all the same. */
  take(due: DueRun, take: () => Promise<Lease | undefined>): Promise<Lease | undefined>;
  /** Gives the lease up, or keeps it for later and throws why. */
  giveUp(lease: Lease): Promise<void>;
  /** Gives up what is kept; what still cannot be given up is told and stays, until it lapses by itself. */
  giveUpKept(): Promise<void>;
}

/** `owner` is this worker's name, unlike any other's. */
export function createKeptLeases(
  db: Db,
  owner: string,
  log: { error(fields: object, text: string): void },
): KeptLeases {
  const kept = new Map<string, () => Promise<unknown>>();
  function orLater<T>(
    organisation: string,
    later: () => Promise<unknown>,
    now: () => Promise<T>,
  ): Promise<T> {
    return now().then(
      (done) => {
        kept.delete(organisation);
        return done;
      },
      (error: unknown) => {
        kept.set(organisation, later);
        throw error;
      },
    );
  }
  return {
    take: ({ organisation, runId }, take) =>
      orLater(organisation, () => giveUpUnknown(db, organisation, runId, owner), take),
    giveUp: (lease) => orLater(lease.organisation, lease.release, lease.release),
    giveUpKept: async () => {
      for (const [organisation, later] of [...kept])
        await orLater(organisation, later, later).catch((error: unknown) =>
          log.error({ organisation, error }, 'A lease cannot be given up: it is tried again'),
        );
    },
  };
}

/** Of a lease whose token was never heard only its owner and its run are known. */
async function giveUpUnknown(db: Db, organisation: string, runId: string, owner: string): Promise<void> {
  await db.sql.execute(
    `UPDATE connection SET lease_until = NULL, lease_owner = NULL, lease_run_id = NULL
      WHERE organisation_id = $1::uuid AND lease_owner = $2 AND lease_run_id = $3::uuid`,
    organisation,
    owner,
    runId,
  );
}
