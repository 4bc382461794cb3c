// Prisma's pg adapter as its schema engine needs it: whole scripts, the type "char", and a shadow database that is another one.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR_OID = 18;
const TEXT_OID = 25;

/** One connection to the database; `after` runs when the engine has closed it. */
export async function openDatabase(
  url: string,
  after: () => Promise<void> = async () => undefined,
): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const charColumns = noteCharColumns(pool);
  const inner = await new PrismaPg(pool).connect();
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    executeRaw: (query) => inner.executeRaw(query),
    startTransaction: (isolation) => inner.startTransaction(isolation),
    getConnectionInfo: () => inner.getConnectionInfo(),
    queryRaw: (query) => queryWithChars(inner, query, charColumns),
    executeScript: (script) => runWhole(inner, script),
    dispose: async () => {
      await pool.end();
      await after();
    },
  };
}

/** A new empty database beside the given one, dropped when the engine has closed it. */
export async function openShadowDatabase(url: string): Promise<SqlDriverAdapter> {
  const name = `stockbook_shadow_${randomUUID().replaceAll('-', '')}`;
  const creator = new pg.Client({ connectionString: url });
  await creator.connect();
  await creator.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
  const shadow = new URL(url);
  shadow.pathname = `/${name}`;
  return openDatabase(shadow.href, async () => {
    await creator.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await creator.end();
  });
}

/**
 * The script goes in one message without parameters, so PostgreSQL runs all of it in one implicit transaction.
 * The adapter's own way splits at each semicolon, also inside a function's body, and leaves half a migration behind.
 */
async function runWhole(inner: SqlDriverAdapter, script: string): Promise<void> {
  await inner.executeRaw({ sql: script, args: [], argTypes: [] });
}

/** The adapter refuses columns of type "char", which the engine reads from the catalogues: they pass as text and are named after. */
async function queryWithChars(
  inner: SqlDriverAdapter,
  query: SqlQuery,
  charColumns: () => number[],
): Promise<SqlResultSet> {
  const result = await inner.queryRaw(query);
  for (const column of charColumns()) result.columnTypes[column] = ColumnTypeEnum.Character;
  return result;
}

/** Lets the pool answer "char" as text; what is returned tells which columns of the last answer were such. */
function noteCharColumns(pool: pg.Pool): () => number[] {
  const plain = pool.query;
  let last: number[] = [];
  const query = async (...asked: unknown[]) => {
    const result: pg.QueryResult | pg.QueryResult[] = await Reflect.apply(plain, pool, asked);
    last = [];
    if (Array.isArray(result)) return result;
    result.fields.forEach((field, column) => {
      if (field.dataTypeID !== CHAR_OID) return;
      field.dataTypeID = TEXT_OID;
      last.push(column);
    });
    return result;
  };
  Object.defineProperty(pool, 'query', { value: query });
  return () => last;
}
