// Applies, compares and writes migrations: `node dist/migrate.js deploy [--clock] | status | new <name>`, on DATABASE_ADMIN_URL.
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { parseClock, setClock } from './clock.ts';
import { withSchemaEngine } from './engine.ts';
import { prepareDatabase } from './roles.ts';

export type MigrationStatus = {
  /** Written, not yet applied here. */
  unapplied: string[];
  /** Applied here, then changed on disk. */
  edited: string[];
  /** Began here and did not end. */
  failed: string[];
  /** SQL from what the migrations make to what the schema says; '' when they are equal. */
  drift: string;
};

/**
 * Applies what is missing, under Prisma's own lock: any number may run at once. Answers the names it applied.
 * Throws when a migration fails (it leaves nothing behind) or when PostgreSQL is older than 15.
 */
export async function deployMigrations(url: string): Promise<string[]> {
  await assertVersion(url);
  return withEngine(url, async (engine) => {
    const done = await engine.applyMigrations({ migrationsList: readMigrations(), filters });
    return done.appliedMigrationNames;
  });
}

/** Compares disk, database and schema. Needs a role that may create a (shadow) database. */
export async function migrationStatus(url: string): Promise<MigrationStatus> {
  return withEngine(url, async (engine) => {
    const migrationsList = readMigrations();
    const found = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: true,
      filters,
    });
    const behind =
      found.history && 'unappliedMigrationNames' in found.history
        ? found.history.unappliedMigrationNames
        : [];
    const drift = await difference(engine);
    return {
      unapplied: behind,
      edited: found.editedMigrationNames,
      failed: found.failedMigrationNames,
      drift,
    };
  });
}

/** Writes the migration from what the migrations make to what the schema says. Answers its folder, or undefined when they are equal. */
export async function writeMigration(url: string, name: string, now: Date): Promise<string | undefined> {
  const sql = await withEngine(url, difference);
  if (sql === '') return undefined;
  const stamp = now.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const folder = path.join(migrationsFolder, `${stamp}_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'migration.sql'), sql);
  return folder;
}

/** Where migrations and schema stand: beside `src` and `dist` alike. */
const packageFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const migrationsFolder = path.join(packageFolder, 'migrations');
const OLDEST_VERSION = 150_000;

/** Nothing of ours lies outside the schema: Agenda has a PostgreSQL schema of its own, which the engine does not read. */
const filters = { externalTables: [], externalEnums: [] };

function withEngine<Result>(url: string, work: (engine: SchemaEngine) => Promise<Result>): Promise<Result> {
  return withSchemaEngine(url, readSchema(), work);
}

function readSchema(): [string, string][] {
  const folder = path.join(packageFolder, 'schema');
  const files = readdirSync(folder).filter((file) => file.endsWith('.prisma'));
  return files.sort().map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]);
}

function readMigrations(): MigrationList {
  const names = readdirSync(migrationsFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const sorted = names.map((entry) => entry.name).sort();
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(path.join(migrationsFolder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: sorted.map((name) => {
      const value = readFileSync(path.join(migrationsFolder, name, 'migration.sql'), 'utf8');
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
    }),
  };
}

async function difference(engine: SchemaEngine): Promise<string> {
  const files = readSchema().map(([file, content]) => ({ path: file, content }));
  const from = { tag: 'migrations' as const, ...readMigrations() };
  const to = { tag: 'schemaDatamodel' as const, files };
  const found = await engine.diff({ from, to, script: true, exitCode: true, filters });
  return found.exitCode === 0 ? '' : (found.stdout ?? '');
}

async function assertVersion(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const asked = await client.query<{ number: string; text: string }>(
      "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text",
    );
    const version = asked.rows[0];
    if (version && Number(version.number) >= OLDEST_VERSION) return;
    throw new Error(`PostgreSQL ${version?.text} is too old: Stockbook needs version 15 or newer.`);
  } finally {
    await client.end();
  }
}

async function main([command, name]: string[]): Promise<void> {
  const { DATABASE_SUPERUSER_URL: superuserUrl, DATABASE_URL: url } = process.env;
  const adminUrl = process.env.DATABASE_ADMIN_URL ?? url;
  if (!adminUrl) throw new Error('Set DATABASE_ADMIN_URL to the database that is to be migrated.');
  if (superuserUrl && url) await prepareDatabase({ superuserUrl, adminUrl, url });
  if (command === 'deploy') {
    const applied = await deployMigrations(adminUrl);
    for (const migration of applied) console.log(`Applied migration ${migration}`);
    if (name === '--clock') await setClock(adminUrl, parseClock(process.env));
  } else if (command === 'status') {
    console.log(JSON.stringify(await migrationStatus(adminUrl), null, 2));
  } else if (command === 'new' && name) {
    const folder = await writeMigration(adminUrl, name, new Date());
    console.log(
      folder ? `Wrote ${folder}/migration.sql` : 'Migrations and schema are equal: nothing to write.',
    );
  } else {
    console.error('Usage: migrate.js deploy [--clock] | status | new <name>');
    process.exitCode = 2;
  }
}

const started = process.argv[1];
if (started && existsSync(started) && realpathSync(started) === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(describe(error));
    process.exitCode = 1;
  }
}

/** A refused connection to a name with two addresses is an error of errors, with no words of its own. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ');
  return error instanceof Error ? error.message : String(error);
}
