// A database of one's own for a test file: a clone of the migrated template.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrl } from './cluster.ts';

export type TestDatabase = {
  /** For the application's role, which owns nothing. */
  url: string;
  /** For the owner: migrations, Agenda's schema, whatever a test must see or break. */
  adminUrl: string;
  /** Drops the database, ending whatever is still connected to it. */
  drop: () => Promise<void>;
};

/** Clones the template; its project in vitest.config.ts must name cluster.ts as its global setup. */
export async function createTestDatabase(cluster = inject('cluster')): Promise<TestDatabase> {
  const { superuserUrl, template, owner, application } = cluster;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asSuperuser(
    superuserUrl,
    `CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${owner.name} STRATEGY file_copy`,
  );
  return {
    url: databaseUrl(superuserUrl, application, name),
    adminUrl: databaseUrl(superuserUrl, owner, name),
    drop: () => asSuperuser(superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function asSuperuser(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
