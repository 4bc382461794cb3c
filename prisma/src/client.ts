// Opens the database: Prisma over one pool, with named prepared statements.
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/prisma/client.ts';
import { type Tx, write } from './write.ts';

export interface Db {
  prisma: PrismaClient;
  pool: pg.Pool;
  url: string;
  /** The only way to open a business transaction. */
  write<T>(organisation: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** What stockbook_now() says: the simulated time where a clock is set. */
  now(): Promise<Date>;
  close(): Promise<void>;
}

const statementMax = 500;
/** A process that was stopped inside a transaction holds its locks no longer: others must get on within a minute. */
const idleInTransactionUsualMs = 20_000;

export interface DbOptions {
  poolMax?: number;
  onError?: (error: Error) => void;
  /** What the pool's connections are; a test may stand between them and the server. */
  client?: new () => pg.Client;
  /** How long a transaction may stand still before the server ends it. */
  idleInTransactionMs?: number;
}

/** Opens `url` with a pool of `poolMax` connections; errors of idle connections go to `onError`, they are not fatal. */
export function createDb(url: string, options: DbOptions = {}): Db {
  const { poolMax = 10, client: Client, idleInTransactionMs = idleInTransactionUsualMs } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    ...(Client && { Client }),
  });
  pool.on('error', options.onError ?? (() => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: createNames() }) });
  return {
    prisma,
    pool,
    url,
    write: (organisation, work) => write(prisma, organisation, work),
    now: async () => {
      const { rows } = await pool.query<{ now: Date }>('SELECT stockbook_now() AS now');
      return rows[0]?.now ?? new Date(Number.NaN);
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end().catch(() => undefined);
    },
  };
}

/** Names for prepared statements; statements beyond the limit stay unnamed, so that made-up SQL cannot fill the server. */
function createNames() {
  const names = new Map<string, string>();
  return (query: { sql: string }): string => {
    const known = names.get(query.sql);
    if (known !== undefined) return known;
    if (names.size >= statementMax) return '';
    const name = `s${names.size + 1}`;
    names.set(query.sql, name);
    return name;
  };
}
