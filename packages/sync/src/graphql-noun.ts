// What the queries of every kind share: its loader, its list in the order of the ids, and one by its id.
import type { Reader } from './entity.ts';
import type { Context } from './graphql-context.ts';
import { type Page, type PageArguments, pageArguments, toPage } from './graphql-page.ts';
import { recordIdOf } from './graphql-write.ts';

/** Reads records by their uuids, in the order of these. */
export type Load<R> = (reader: Reader, organisation: string, ids: readonly string[]) => Promise<R[]>;

/** The loader of its nodes: for each id the record, or an error that says there is none; `called` such as 'credit note'. */
export function loaderOf<R extends { id: string }>(load: Load<R>, called: string) {
  return async (ids: string[], { db, organisation }: Context): Promise<(R | Error)[]> => {
    const found = new Map((await load(db.sql, organisation, ids)).map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? new Error(`There is no ${called} ${id}.`));
  };
}

/** What a list asks its table for, beside its own conditions. */
export interface Asked {
  where: { organisationId: string; id?: { gt: string } };
  page: { orderBy: { id: 'asc' }; take: number; select: { id: true } };
}

/** A page of what `find` finds, in the order of the ids. */
export async function listOf<R extends { id: string }>(
  { db, organisation }: Context,
  load: Load<R>,
  args: PageArguments,
  find: (asked: Asked) => Promise<{ id: string }[]>,
): Promise<Page<R>> {
  const { first, after } = pageArguments(args);
  const rows = await find({
    where: { organisationId: organisation, ...(after ? { id: { gt: after } } : {}) },
    page: { orderBy: { id: 'asc' }, take: first + 1, select: { id: true } },
  });
  const ids = rows.map(({ id }) => id);
  return toPage(await load(db.sql, organisation, ids), args, ({ id }) => id);
}

/** One record by its uuid or the node's global id; null where there is none. */
export async function oneOf<R>(
  { db, organisation }: Context,
  load: Load<R>,
  typename: string,
  id: string,
): Promise<R | null> {
  const uuid = recordIdOf(typename, id);
  const [found] = uuid ? await load(db.sql, organisation, [uuid]) : [];
  return found ?? null;
}
