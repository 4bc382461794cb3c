// Agenda on PostgreSQL: a pool of its own that sees its own schema only.
import { PostgresBackend } from '@agendajs/postgres-backend';
import pg from 'pg';
import { agendaSchema, ensureAgendaSchema } from './agenda-schema.ts';
import type { AgendaStore, StoreOptions } from './agenda-store.ts';
import { withPatience } from './patience.ts';

const POOL_MAX = 4;

/** Throws when the schema cannot be made, or the database stays away. */
export async function openPostgresStore({ url, adminUrl, log, stop }: StoreOptions): Promise<AgendaStore> {
  const pool = new pg.Pool({ connectionString: inSchema(url), max: POOL_MAX });
  // Without a listener an idle connection that PostgreSQL drops would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'A connection of the alarm clock was lost'));
  const admin = sameDatabase(url, adminUrl) ? adminUrl : url;
  await withPatience('Making the alarm clock’s schema', () => ensureAgendaSchema(pool, admin), { log, stop });
  return {
    // Its own channel is not used: a handful of recurring jobs is found by looking, and hints travel on ours.
    backend: new PostgresBackend({ pool, ensureSchema: false, disableNotifications: true }),
    async release(name) {
      await pool.query(
        'UPDATE agenda_jobs SET locked_at = NULL WHERE last_modified_by = $1 AND locked_at IS NOT NULL AND next_run_at IS NOT NULL',
        [name],
      );
    },
    close: () => pool.end(),
  };
}

/** The schema goes into the address, because there pg lets it win over every other setting. */
function inSchema(url: string): string {
  const inside = new URL(url);
  const options = inside.searchParams.get('options');
  const path = `-c search_path=${agendaSchema}`;
  inside.searchParams.set('options', options ? `${options} ${path}` : path);
  return inside.href;
}

function sameDatabase(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.hostname === b.hostname && (a.port || '5432') === (b.port || '5432') && a.pathname === b.pathname;
}
