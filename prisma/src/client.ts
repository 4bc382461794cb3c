// Opens the database: Prisma over one pool, with named prepared statements.
import { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/prisma/client.ts';
import { createSql, type Sql } from './sql.ts';
import { type ModelTx, poolWaitMs, transactionLimitMs, write, writeSql } from './transaction.ts';
import type { Tx } from './write.ts';

export interface Db {
  prisma: PrismaClient;
  pool: pg.Pool;
  url: string;
  /** Plain SQL outside a transaction. */
  sql: Sql;
  /** Opens a business transaction; there is no other way but the next. */
  write<T>(organisation: string, work: (tx: ModelTx) => Promise<T>): Promise<T>;
  /** One without Prisma's models, for what is hot. */
  writeSql<T>(organisation: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** What stockbook_now() says: the simulated time where a clock is set. */
  now(): Promise<Date>;
  close(): Promise<void>;
}

const statementMax = 500;
/** A process that was stopped inside a transaction holds its locks no longer: others must get on within a minute. */
const idleInTransactionUsualMs = 20_000;
/** Whatever stands on the way to the server is to keep a connection that nobody uses just now. */
const keepAliveInitialDelayMillis = 10_000;

export interface DbOptions {
  poolMax?: number;
  onError?: (error: Error) => void;
  /** What the pool's connections are; a test may stand between them and the server. */
  client?: new () => pg.Client;
  /** How long a transaction may stand still before the server ends it. */
  idleInTransactionMs?: number;
  /** How long the server may say nothing to a statement; after that its connection counts as lost. */
  silentMs?: number;
}

/** Opens `url` with a pool of `poolMax` connections; errors of idle connections go to `onError`, they are not fatal. */
export function createDb(url: string, options: DbOptions = {}): Db {
  const { poolMax = 10, client: Client, idleInTransactionMs = idleInTransactionUsualMs } = options;
  const { silentMs = transactionLimitMs } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    connectionTimeoutMillis: Math.min(poolWaitMs, silentMs),
    idle_in_transaction_session_timeout: idleInTransactionMs,
    ...{ keepAlive: true, keepAliveInitialDelayMillis },
    ...(Client && { Client }),
  });
  pool.on('connect', (client) => endInSilence(client, silentMs));
  pool.on('error', options.onError ?? (() => undefined));
  const nameOf = createNames();
  const statementNameGenerator = ({ sql }: { sql: string }) => nameOf(sql);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator }) });
  const sql = createSql(pool, nameOf);
  return {
    prisma,
    pool,
    url,
    sql,
    write: (organisation, work) => write(prisma, organisation, work),
    writeSql: (organisation, work) => writeSql(pool, nameOf, organisation, work),
    now: async () => {
      const [row] = await sql.query<{ now: Date }>('SELECT stockbook_now() AS now');
      return row?.now ?? new Date(Number.NaN);
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end().catch(() => undefined);
    },
  };
}

/** A server that went away without a word leaves its connections open: nothing but the time tells. Nobody keeps one so long without asking anything: the API gives up sooner on whoever uploads a file and falls silent. */
function endInSilence({ connection: { stream } }: pg.PoolClient, silentMs: number): void {
  if (!(stream instanceof Socket)) return;
  stream.setTimeout(silentMs, () =>
    stream.destroy(new Error(`The database has said nothing for ${silentMs / 1_000} s`)),
  );
}

/** Names for prepared statements; statements beyond the limit stay unnamed, so that made-up SQL cannot fill the server. */
function createNames() {
  const names = new Map<string, string>();
  return (text: string): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= statementMax) return '';
    const name = `s${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
