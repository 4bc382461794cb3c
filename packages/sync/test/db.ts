// A database of one's own for a test file: a clone of the migrated template.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrl, type TestCluster } from './cluster.ts';

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
  const { superuserUrl, template, owner } = cluster;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runAs(
    superuserUrl,
    `CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${owner.name} STRATEGY file_copy`,
  );
  return { ...urlsOf(cluster, name), drop: dropOf(superuserUrl, name) };
}

/** One that `prepare` makes and migrates, by what the programs of a version are told: three URLs. */
export async function createDatabaseBy(
  prepare: (env: { [name in `DATABASE_${'SUPERUSER_' | 'ADMIN_' | ''}URL`]: string }) => void,
  cluster = inject('cluster'),
): Promise<TestDatabase> {
  const { superuserUrl } = cluster;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const { url, adminUrl } = urlsOf(cluster, name);
  prepare({ DATABASE_SUPERUSER_URL: superuserUrl, DATABASE_ADMIN_URL: adminUrl, DATABASE_URL: url });
  return { url, adminUrl, drop: dropOf(superuserUrl, name) };
}

function urlsOf({ superuserUrl, owner, application }: TestCluster, name: string) {
  return {
    url: databaseUrl(superuserUrl, application, name),
    adminUrl: databaseUrl(superuserUrl, owner, name),
  };
}

function dropOf(superuserUrl: string, name: string): () => Promise<void> {
  return async () => void (await runAs(superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

/** One statement on a connection of its own, by the role that the URL names. */
export async function runAs<R extends pg.QueryResultRow>(url: string, statement: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(statement)).rows;
  } finally {
    await client.end();
  }
}
