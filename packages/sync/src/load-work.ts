// Works on loads: takes one that waits or whose worker is gone, and makes its documents step by step until the stage is empty.
import { createId, type Db, type ModelTx } from '@stockbook/db';
import { dropStage } from './load.ts';
import { isOutage } from './load-failure.ts';
import { fenceLoad, LoadLost, releaseLoad, type TakenLoad, takeLoad } from './load-lease.ts';
import { takeStep } from './load-step.ts';
import { renewStatistics } from './statistics.ts';

export type WorkedLoad =
  | { kind: 'nothing' }
  | { kind: 'done' | 'failed' | 'lost' | 'stopped'; organisation: string; loadId: string };

export interface WorkOptions {
  /** Raised when the worker stops: the load is given back after the step it is in. */
  signal?: AbortSignal;
  leaseMs?: number;
}

const defaultLeaseMs = 45_000;
const triesMax = 3;
const tellEachMs = 100;

/** Takes one load and carries it to its end; call it until it answers 'nothing'. Throws when the database is away: the load lapses and goes on. */
export async function workLoad(db: Db, owner: string, options: WorkOptions = {}): Promise<WorkedLoad> {
  const load = await takeLoad(db, `${owner} ${createId()}`, options.leaseMs ?? defaultLeaseMs);
  if (load === undefined) return { kind: 'nothing' };
  const { organisation, loadId } = load;
  try {
    return { kind: await carryOn(db, load, options.signal), organisation, loadId };
  } catch (error) {
    if (error instanceof LoadLost) return { kind: 'lost', organisation, loadId };
    throw error;
  }
}

async function carryOn(
  db: Db,
  load: TakenLoad,
  signal: AbortSignal | undefined,
): Promise<'done' | 'failed' | 'stopped'> {
  const tell = createTeller(load);
  for (let tries = 0; ; ) {
    if (signal?.aborted) {
      await releaseLoad(db, load);
      return 'stopped';
    }
    try {
      const left = await db.write(load.organisation, async (tx) => {
        const answer = await takeStep(tx, load);
        tell(tx);
        return answer;
      });
      if (left === 'end') break;
      await renewStatistics(db, load.organisation);
      tries = 0;
    } catch (error) {
      if (error instanceof LoadLost || isOutage(error)) throw error;
      tries += 1;
      // Somebody may have made the same contact or item in the same moment; what fails again and again is a fault of ours.
      if (tries >= triesMax) return fail(db, load, error);
    }
  }
  await finish(db, load);
  return 'done';
}

/** A hint at most ten times a second. */
function createTeller({ loadId }: TakenLoad): (tx: ModelTx) => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return (tx) => {
    const nowMs = performance.now();
    if (nowMs - toldAtMs < tellEachMs) return;
    toldAtMs = nowMs;
    tx.topics.set('load', loadId);
  };
}

async function finish(db: Db, load: TakenLoad): Promise<void> {
  await db.write(load.organisation, async (tx) => {
    await fenceLoad(tx, load);
    const ended = await end(tx, load, 'done', null);
    tx.events.push({
      kind: 'load',
      actor: load.actor,
      loadId: load.loadId,
      text: `Imported ${fileText(load)}: ${ended.imported} documents made, ${ended.unchanged} unchanged, ${ended.rejected} rejected`,
      data: JSON.stringify({
        rows: ended.rows,
        rowsImported: ended.rowsImported,
        rowsUnchanged: ended.rowsUnchanged,
        rowsRejected: ended.rowsRejected,
      }),
    });
  });
}

async function fail(db: Db, load: TakenLoad, error: unknown): Promise<'failed'> {
  const problem = `It stopped for a reason it cannot mend: ${wordsOf(error)}. What was made stays; load the files again for the rest.`;
  await db.write(load.organisation, async (tx) => {
    await fenceLoad(tx, load);
    await dropStage(tx, load.loadId);
    await end(tx, load, 'failed', problem);
    tx.events.push({
      kind: 'load',
      actor: load.actor,
      loadId: load.loadId,
      text: `The import of ${fileText(load)} failed: ${problem}`,
    });
  });
  return 'failed';
}

async function end(
  tx: ModelTx,
  { organisation, loadId }: TakenLoad,
  state: 'done' | 'failed',
  problem: string | null,
) {
  tx.topics.set('load', loadId);
  await tx.sql.execute(
    `UPDATE load SET state = $3, problem = $4, ended_at = stockbook_now(), worker = NULL, worker_until = NULL
      WHERE organisation_id = $1::uuid AND id = $2::uuid`,
    organisation,
    loadId,
    state,
    problem,
  );
  return tx.prisma.load.findUniqueOrThrow({
    where: { organisationId_id: { organisationId: organisation, id: loadId } },
  });
}

function fileText({ files }: TakenLoad): string {
  const [name] = files.values();
  return files.size === 1 ? (name ?? 'a file') : `${files.size} files`;
}

const wordsMax = 500;

function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.replace(/\s+/g, ' ').trim().slice(0, wordsMax);
}
