// The business transaction, in two ways: with Prisma's models, or in plain SQL alone.
import type pg from 'pg';
import { Prisma, type PrismaClient } from './generated/prisma/client.ts';
import { createSql, type Sql } from './sql.ts';
import { closeTx, type Tx } from './write.ts';

/** A transaction that has Prisma's models too. */
export interface ModelTx extends Tx {
  prisma: Prisma.TransactionClient;
}

export const transactionLimitMs = 120_000;
/** So long a transaction waits for a connection of the pool. */
export const poolWaitMs = 30_000;

/** A transaction that lost against another one is made again so often. */
const triesMax = 3;

/** Runs `work` and its closing statements in one transaction; nothing of it is seen before all of it is. After a deadlock or a serialisation failure nothing of it was, and it is made again. */
export function write<T>(
  prisma: PrismaClient,
  organisation: string,
  work: (tx: ModelTx) => Promise<T>,
): Promise<T> {
  return retried(() =>
    prisma.$transaction(
      async (client) => {
        const tx: ModelTx = { ...openTx(organisation, sqlOf(client)), prisma: client };
        const result = await work(tx);
        await closeTx(tx);
        return result;
      },
      { timeout: transactionLimitMs, maxWait: poolWaitMs },
    ),
  );
}

/** The same in plain SQL alone, on a connection of the pool: a statement costs a third of what it costs through Prisma. */
export function writeSql<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string,
  organisation: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return retried(() =>
    connected(pool, async (client) => {
      const tx = openTx(organisation, createSql(client, nameOf));
      await client.query('BEGIN');
      const result = await work(tx);
      await closeTx(tx);
      await client.query('COMMIT');
      return result;
    }),
  );
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work();
    } catch (error) {
      if (tries === triesMax || !isLostRace(error)) throw error;
    }
}

/** PostgreSQL's 40001 and 40P01, as it says them itself, or as Prisma does: by a code of its own, or in the words of a raw statement. */
function isLostRace(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError)
    return error.code === 'P2034' || /Code: `(40001|40P01)`/.test(error.message);
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
}

function openTx(organisation: string, sql: Sql): Tx {
  return { organisation, sql, changes: [], events: [], topics: new Map(), records: new Set() };
}

/** Prisma's own way to plain SQL, for statements beside its models. It has types of its own for decimals and calendar dates: statements ask for them as text. */
function sqlOf(client: Prisma.TransactionClient): Sql {
  return {
    query: (text, ...values) => client.$queryRawUnsafe(text, ...values),
    execute: (text, ...values) => client.$executeRawUnsafe(text, ...values),
  };
}

/** Lends a connection to `work`; one that fails is rolled back and given back, or ended where even that fails. A connection that does not answer in time is cut. */
async function connected<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // That a connection is lost is heard by the statement that asks next.
  const onLoss = () => undefined;
  client.on('error', onLoss);
  const limit = setTimeout(() => client.connection.stream.destroy(), transactionLimitMs);
  let lost = false;
  try {
    return await work(client);
  } catch (error) {
    lost = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    clearTimeout(limit);
    client.off('error', onLoss);
    client.release(lost);
  }
}
