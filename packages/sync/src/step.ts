// The named steps of the path out: at each of them the caller of the engine may stand in the way; outside tests nothing happens there.
import type { Db, Tx } from '@stockbook/db';

/** What is done on the path out. Each has a step before and one after: of a transaction's commit, of a call, of a wait. */
export const acts = [
  'lease',
  'renew',
  'begin',
  'resume',
  'mark',
  'claim',
  'freeze',
  'intent',
  'refresh',
  'token',
  'send',
  'look',
  'compare',
  'verdict',
  'found',
  'compared',
  'look again',
  'retry',
  'split',
  'give up',
  'explain',
  'pause',
  'park',
  'end',
  'release',
] as const;

export type Act = (typeof acts)[number];
export type StepName = `${Act} ${'before' | 'after'}`;

/** Called at each step, with the entity where it concerns one; what it throws is thrown there. */
export type Stepping = (name: StepName, entity?: string) => Promise<void>;

export const noStep: Stepping = async () => undefined;

/** Does `work` between its two steps. */
export async function around<T>(
  step: Stepping,
  act: Act,
  entity: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  await step(`${act} before`, entity);
  const result = await work();
  await step(`${act} after`, entity);
  return result;
}

/** One transaction with its two steps: all is written and not yet committed, and it is committed. */
export async function committing<T>(
  db: Db,
  step: Stepping,
  at: { organisation: string; act: Act; entity?: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const done = await db.writeSql(at.organisation, async (tx) => {
    const result = await work(tx);
    await step(`${at.act} before`, at.entity);
    return result;
  });
  await step(`${at.act} after`, at.entity);
  return done;
}
