// Agenda's schema and table, made in this one place: its own way lets two workers that start together crash each other.
import {
  getCreateIndexesSQL,
  getCreateTableSQL,
  getUpdateTimestampTriggerSQL,
} from '@agendajs/postgres-backend';
import pg from 'pg';

export const agendaSchema = 'agenda';

const TABLE = 'agenda_jobs';
/** One worker at a time makes the schema. */
const LOCK = 7465003;

/** Does nothing where the table stands. `pool` is the application's, whose role gets the rights; `adminUrl` makes the schema. */
export async function ensureAgendaSchema(pool: pg.Pool, adminUrl: string): Promise<void> {
  const { rows } = await pool.query<{ made: boolean; role: string }>(
    'SELECT to_regclass($1) IS NOT NULL AS made, current_user::text AS role',
    [`${agendaSchema}.${TABLE}`],
  );
  const [found] = rows;
  if (found === undefined || found.made) return;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(schemaSql(pg.escapeIdentifier(found.role)));
  } finally {
    await client.end();
  }
}

/** One simple query is one transaction: all of it is there, or nothing. */
function schemaSql(role: string): string {
  return [
    `SELECT pg_advisory_xact_lock(${LOCK})`,
    `CREATE SCHEMA IF NOT EXISTS ${agendaSchema}`,
    `SET LOCAL search_path = ${agendaSchema}`,
    getCreateTableSQL(TABLE),
    ...getCreateIndexesSQL(TABLE),
    getUpdateTimestampTriggerSQL(TABLE),
    `GRANT USAGE ON SCHEMA ${agendaSchema} TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${agendaSchema} TO ${role}`,
  ]
    .map((statement) => statement.trim().replace(/;$/, ''))
    .join(';\n');
}
