// PostgreSQL keeps nothing just now, because its disk is full or it is read-only: what that is known by, what a person is told, and the hint of it.
import type { Sql } from './sql.ts';
import { channel } from './write.ts';

export type Refusal = 'disk-full' | 'read-only';

/** The topic of the hint, whose `id` is the refusal; every other hint comes of something that was kept. */
export const refusedTopic = 'refused';

const words: Readonly<Record<Refusal, string>> = {
  'disk-full':
    'The database’s disk is full: nothing can be saved. Free space on the volume of PostgreSQL’s data folder (with npm start that is DATA_DIR); what was saved before is safe, and syncing goes on by itself.',
  'read-only':
    'The database is read-only: nothing can be saved. Let it be written again (default_transaction_read_only, or a standby that is not the primary); what was saved before is safe, and syncing goes on by itself.',
};

export function refusalWords(refusal: Refusal): string {
  return words[refusal];
}

export function parseRefusal(text: string | undefined): Refusal | undefined {
  return text === 'disk-full' || text === 'read-only' ? text : undefined;
}

/** By the SQLSTATE that node-postgres or Prisma carries in an error; undefined for every other one. */
export function refusalOf(error: unknown): Refusal | undefined {
  return find(error, innerMax);
}

/** The SQLSTATEs disk_full and read_only_sql_transaction. */
const states: ReadonlyMap<unknown, Refusal> = new Map([
  ['53100', 'disk-full'],
  ['25006', 'read-only'],
]);

/** Prisma wraps the driver's error three times at most. */
const innerMax = 5;

function find(error: unknown, depth: number): Refusal | undefined {
  if (typeof error !== 'object' || error === null || depth === 0) return undefined;
  const found =
    ('originalCode' in error ? states.get(error.originalCode) : undefined) ??
    ('code' in error ? states.get(error.code) : undefined);
  if (found !== undefined) return found;
  const inner = [
    'cause' in error ? error.cause : undefined,
    'meta' in error ? error.meta : undefined,
    'driverAdapterError' in error ? error.driverAdapterError : undefined,
  ];
  for (const one of inner) {
    const refusal = find(one, depth - 1);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Passes a hint of the refusal to all processes. A NOTIFY takes no room on the disk; one that is refused all the same is lost, and the next refusal passes another. */
export async function tellRefusal(sql: Sql, organisation: string, refusal: Refusal): Promise<void> {
  const hint = JSON.stringify({ organisation, topic: refusedTopic, id: refusal });
  await sql.query('SELECT pg_notify($1, $2)::text', channel, hint).catch(() => undefined);
}
