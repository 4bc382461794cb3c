// One page of records in SQL: a tuple comparison on an index, first those that have the sort key, then those that lack it.
import { type Db, Prisma } from '@stockbook/db';
import { badCursor, isId, type PageArguments, pageSize } from '@stockbook/sync/graphql';
import type { RecordRow } from './record.ts';
import type { RecordFilterShape } from './records.ts';

export const sortKeys = ['number', 'date', 'title', 'lastExport', 'accountingCode'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Asked {
  entity: string;
  filter: RecordFilterShape;
  order: { key: SortKey; descending: boolean };
  args: PageArguments;
}

export interface Found {
  row: RecordRow;
  cursor: string;
}

interface Position {
  /** The sort key as text; null among those that lack it. */
  key: string | null;
  id: string;
}

/** At most one row more than the page has. */
export async function findRecords(db: Db, organisation: string, asked: Asked): Promise<Found[]> {
  const limit = pageSize(asked.args) + 1;
  const after = parseCursor(asked);
  const where = Prisma.sql`organisation_id = ${organisation}::uuid AND entity = ${asked.entity} ${conditions(asked.filter)}`;
  const found: Position[] = [];
  if (after === undefined || after.key !== null)
    found.push(...(await readKeyed(db, where, asked, after, limit)));
  if (found.length < limit) {
    const from = after?.key === null ? after.id : undefined;
    found.push(...(await readKeyless(db, where, asked, from, limit - found.length)));
  }
  const ids = found.map(({ id }) => id);
  const rows = await db.prisma.record.findMany({ where: { organisationId: organisation, id: { in: ids } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap((position) => {
    const row = byId.get(position.id);
    return row ? [{ row, cursor: cursorOf(asked, position) }] : [];
  });
}

const columns = {
  number: { name: Prisma.sql`number`, text: Prisma.sql`number`, cast: Prisma.empty },
  title: { name: Prisma.sql`title`, text: Prisma.sql`title`, cast: Prisma.empty },
  accountingCode: {
    name: Prisma.sql`accounting_code`,
    text: Prisma.sql`accounting_code`,
    cast: Prisma.empty,
  },
  date: { name: Prisma.sql`date`, text: Prisma.sql`date::text`, cast: Prisma.sql`::date` },
  lastExport: {
    name: Prisma.sql`last_export_at`,
    text: Prisma.sql`to_char(last_export_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    cast: Prisma.sql`::timestamptz`,
  },
} satisfies Record<SortKey, { name: Prisma.Sql; text: Prisma.Sql; cast: Prisma.Sql }>;

function readKeyed(db: Db, where: Prisma.Sql, { order }: Asked, after: Position | undefined, limit: number) {
  const { name, text, cast } = columns[order.key];
  const direction = order.descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const beyond = order.descending ? Prisma.sql`<` : Prisma.sql`>`;
  const from = after
    ? Prisma.sql`AND (${name}, id) ${beyond} (${after.key}${cast}, ${after.id}::uuid)`
    : Prisma.empty;
  return db.prisma.$queryRaw<Position[]>`
    SELECT ${text} AS key, id FROM record WHERE ${where} AND ${name} IS NOT NULL ${from}
    ORDER BY ${name} ${direction}, id ${direction} LIMIT ${limit}`;
}

function readKeyless(db: Db, where: Prisma.Sql, { order }: Asked, after: string | undefined, limit: number) {
  const { name } = columns[order.key];
  const from = after ? Prisma.sql`AND id > ${after}::uuid` : Prisma.empty;
  return db.prisma.$queryRaw<Position[]>`
    SELECT NULL AS key, id FROM record WHERE ${where} AND ${name} IS NULL ${from} ORDER BY id LIMIT ${limit}`;
}

function conditions(filter: RecordFilterShape): Prisma.Sql {
  const all: Prisma.Sql[] = [];
  if (filter.q) {
    const part = `%${escaped(filter.q)}%`;
    all.push(Prisma.sql`(number ILIKE ${part} OR title ILIKE ${part})`);
  }
  if (filter.accountingCode)
    all.push(Prisma.sql`accounting_code ILIKE ${`${escaped(filter.accountingCode)}%`}`);
  if (filter.syncState) all.push(Prisma.sql`sync_state = ${filter.syncState}`);
  if (filter.status) all.push(Prisma.sql`status = ${filter.status}`);
  if (typeof filter.exported === 'boolean')
    all.push(Prisma.sql`(last_export_at IS NOT NULL) = ${filter.exported}`);
  if (typeof filter.noExport === 'boolean') all.push(Prisma.sql`no_export = ${filter.noExport}`);
  if (typeof filter.noImport === 'boolean') all.push(Prisma.sql`no_import = ${filter.noImport}`);
  if (filter.dateFrom) all.push(Prisma.sql`date >= ${filter.dateFrom}::date`);
  if (filter.dateTo) all.push(Prisma.sql`date <= ${filter.dateTo}::date`);
  if (filter.lastExportFrom) all.push(Prisma.sql`last_export_at >= ${filter.lastExportFrom}`);
  if (filter.lastExportTo) all.push(Prisma.sql`last_export_at <= ${filter.lastExportTo}`);
  if (filter.lastImportFrom) all.push(Prisma.sql`last_import_at >= ${filter.lastImportFrom}`);
  if (filter.lastImportTo) all.push(Prisma.sql`last_import_at <= ${filter.lastImportTo}`);
  return all.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(all, ' AND ')}`;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, (found) => `\\${found}`);
}

/** A cursor says its order, so that it cannot be used in another. */
function cursorOf({ order }: Asked, { key, id }: Position): string {
  return Buffer.from(JSON.stringify([order.key, order.descending, key, id])).toString('base64url');
}

function parseCursor({ order, args }: Asked): Position | undefined {
  if (args.after === undefined || args.after === null) return undefined;
  const [sortKey, descending, key, id] = parseList(args.after);
  const fits = sortKey === order.key && descending === order.descending && typeof id === 'string' && isId(id);
  if (!fits || (key !== null && (typeof key !== 'string' || !keyFits(order.key, key)))) throw badCursor();
  return { key, id };
}

function parseList(text: string): unknown[] {
  try {
    const list: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

function keyFits(sortKey: SortKey, key: string): boolean {
  if (key.includes('\0')) return false;
  if (sortKey !== 'date' && sortKey !== 'lastExport') return true;
  const read = new Date(key);
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, key.length) === key;
}
