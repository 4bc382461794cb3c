// PostgreSQL refuses writes of our choosing with an error code of our choosing, as it does in a deadlock or when its disk is full.
import type { Stage } from './stage.ts';

export interface Trip {
  /** Of the writing statements from now on, `pass` go through and then `count` are refused. */
  set(code: string, pass: number, count: number): Promise<void>;
  clear(): Promise<void>;
  /** How many were refused since it was set. */
  refused(): Promise<number>;
}

const tables = [
  'run',
  'run_total',
  'export',
  'attempt',
  'change',
  'record',
  'mapping',
  'event',
  'connection',
];
const diskFull = '53100';

/** The counter is a sequence, since what a refused transaction counted must stay counted; a lease's statements are refused by a full disk alone. */
export async function createTrip({ owner }: Stage): Promise<Trip> {
  await owner.query(`
    CREATE TABLE trip (code text NOT NULL, pass bigint NOT NULL, count bigint NOT NULL);
    CREATE SEQUENCE trip_write;
    CREATE FUNCTION trip() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
      DECLARE wire trip; n bigint;
      BEGIN
        SELECT * INTO wire FROM trip;
        IF wire IS NULL OR (TG_TABLE_NAME = 'connection' AND wire.code <> '${diskFull}') THEN RETURN NULL; END IF;
        n := nextval('trip_write');
        IF n > wire.pass AND n <= wire.pass + wire.count THEN
          RAISE EXCEPTION 'refused for the test' USING ERRCODE = wire.code;
        END IF;
        RETURN NULL;
      END $$;`);
  for (const table of tables)
    await owner.query(
      `CREATE TRIGGER trip BEFORE INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION trip()`,
    );
  const clear = async () => void (await owner.query('DELETE FROM trip'));
  return {
    clear,
    set: async (code, pass, count) => {
      await clear();
      await owner.query(`SELECT setval('trip_write', 1, false)`);
      await owner.query('INSERT INTO trip (code, pass, count) VALUES ($1, $2, $3)', [code, pass, count]);
    },
    refused: async () => {
      const { rows } = await owner.query<{ refused: number }>(
        `SELECT greatest(0, least(t.count, CASE WHEN w.is_called THEN w.last_value ELSE 0 END - t.pass))::int AS refused FROM trip t, trip_write w`,
      );
      return rows[0]?.refused ?? 0;
    },
  };
}
