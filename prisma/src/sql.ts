// Plain SQL over node-postgres: for statements that are hot, or that Prisma has no words for.
import pg from 'pg';

export type SqlValue = string | number | bigint | boolean | Date | Buffer | readonly string[] | null;

export interface Sql {
  /** The rows; whole numbers of 64 bits are BigInts, instants Dates, decimals and calendar dates text. */
  query<Row>(text: string, ...values: SqlValue[]): Promise<Row[]>;
  /** Returns how many rows were written. */
  execute(text: string, ...values: SqlValue[]): Promise<number>;
}

/** Asks the pool, or one connection of it; `nameOf` names the prepared statement of a text. */
export function createSql(asked: pg.Pool | pg.ClientBase, nameOf: (text: string) => string): Sql {
  const ask = (text: string, values: SqlValue[]) => asked.query({ name: nameOf(text), text, values, types });
  return {
    query: async <Row>(text: string, ...values: SqlValue[]): Promise<Row[]> => (await ask(text, values)).rows,
    execute: async (text, ...values) => (await ask(text, values)).rowCount ?? 0,
  };
}

const { INT8, DATE } = pg.types.builtins;

/** How the text of a column is read; nothing is asked for as bytes. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid) => {
    if (oid === INT8) return BigInt;
    return oid === DATE ? String : pg.types.getTypeParser(oid, 'text');
  },
};
