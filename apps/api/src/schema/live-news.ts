// From hints to ids: which records a hint is about, and which changes were newly refused.
import { type Db, Prisma } from '@stockbook/db';
import type { Heard } from '@stockbook/sync/graphql';
import { type ChangeRow, readChanges } from './change.ts';

export interface LiveNews {
  ids: string[];
  topics: string[];
}

const idMax = 200;
const failureMax = 200;
const rememberedMax = 2_000;
/** Looked back at after a gap: longer than any settlement takes. */
const gapReachS = 120;

/** News as they come; what is too much becomes a `gap`. */
export async function* newsOf(
  db: Db,
  organisation: string,
  heard: AsyncGenerator<Heard, void>,
): AsyncGenerator<LiveNews, void> {
  const [counter] = await db.prisma.counter.findMany({ where: { organisationId: organisation } });
  let seen = counter?.number ?? 0n;
  for await (const { gap, hints } of heard) {
    const topics = new Set(hints.map(({ topic }) => topic));
    const ids = new Set<string>();
    const highest = hints.reduce((most, { number }) => (BigInt(number) > most ? BigInt(number) : most), seen);
    for (const id of await changedBetween(db, organisation, seen, highest)) ids.add(id);
    seen = highest;
    for (const id of await namedBy(db, organisation, namedIn(hints))) ids.add(id);
    if (gap || ids.size > idMax || hints.some(({ many }) => many))
      yield { ids: [], topics: [...topics, 'gap'] };
    else yield { ids: [...ids], topics: [...topics] };
  }
}

function namedIn(hints: Heard['hints']): string[] {
  return hints.flatMap(({ topic, id }) => (topic === 'record' && id ? [id] : []));
}

async function changedBetween(
  db: Db,
  organisationId: string,
  after: bigint,
  upTo: bigint,
): Promise<string[]> {
  if (upTo <= after) return [];
  const where = { organisationId, number: { gt: after, lte: upTo } };
  const rows = await db.prisma.change.findMany({ where, select: { recordId: true }, take: idMax + 1 });
  return rows.map(({ recordId }) => recordId);
}

/** The records a hint names, and those of the exports it names: of what is under way the changes tell, of what was settled the events, too. */
async function namedBy(db: Db, organisation: string, named: string[]): Promise<string[]> {
  if (named.length === 0) return [];
  const ids = Prisma.join(named.map((id) => Prisma.sql`${id}::uuid`));
  const rows = await db.prisma.$queryRaw<{ id: string }[]>`
    SELECT unnest(records) AS id FROM event WHERE organisation_id = ${organisation}::uuid AND export_id IN (${ids})
     UNION SELECT record_id FROM change WHERE organisation_id = ${organisation}::uuid AND export_id IN (${ids})
     UNION SELECT id FROM record WHERE organisation_id = ${organisation}::uuid AND id IN (${ids})
     LIMIT ${idMax + 1}`;
  return rows.map(({ id }) => id);
}

/** Each refusal once, though hints may come twice; after a gap the last minutes are looked through. */
export async function* newFailures(
  db: Db,
  organisation: string,
  heard: AsyncGenerator<Heard, void>,
): AsyncGenerator<ChangeRow, void> {
  const told = new Set<string>();
  const began = await db.now();
  for await (const { gap, hints } of heard) {
    for (const change of await readFailures(db, organisation, began, gap ? undefined : namedIn(hints))) {
      const key = `${change.number} ${change.settledAt?.getTime()}`;
      if (told.has(key)) continue;
      told.add(key);
      const [oldest] = told;
      if (told.size > rememberedMax && oldest !== undefined) told.delete(oldest);
      yield change;
    }
  }
}

function readFailures(
  db: Db,
  organisation: string,
  began: Date,
  exports: string[] | undefined,
): Promise<ChangeRow[]> {
  const since = Prisma.sql`c.state = 'rejected' AND c.settled_at >= ${began}`;
  const end = Prisma.sql`ORDER BY c.number LIMIT ${failureMax}`;
  if (exports === undefined) {
    const recent = Prisma.sql`c.settled_at >= stockbook_now() - ${gapReachS} * interval '1 second'`;
    return readChanges(db, organisation, Prisma.sql`${since} AND ${recent} ${end}`);
  }
  if (exports.length === 0) return Promise.resolve([]);
  const ids = Prisma.join(exports.map((id) => Prisma.sql`${id}::uuid`));
  return readChanges(db, organisation, Prisma.sql`${since} AND c.export_id IN (${ids}) ${end}`);
}
