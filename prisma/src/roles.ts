// The two roles of one database: an owner that migrates, and the application, which owns nothing and may only read and write rows.
import pg from 'pg';

/** Schemas the application works in; the second is Agenda's. */
const SCHEMAS = ['public', 'agenda'] as const;

export type DatabaseUrls = {
  /** A superuser on any database of the server; used here only. */
  superuserUrl: string;
  /** The owner, with its name, password and the database's name. */
  adminUrl: string;
  /** The application, with its name and password, on the same database. */
  url: string;
};

/** Makes the roles and the database of the two URLs where they are missing, and renews passwords and rights. Safe to repeat. */
export async function prepareDatabase({ superuserUrl, adminUrl, url }: DatabaseUrls): Promise<void> {
  const owner = parseRole(adminUrl);
  const application = parseRole(url);
  await connected(superuserUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock(7465001)');
    for (const role of [owner, application]) await ensureRole(client, role);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [owner.database]);
    if (found.rowCount === 0)
      await client.query(`CREATE DATABASE ${name(owner.database)} OWNER ${name(owner.user)}`);
  });
  const inside = new URL(superuserUrl);
  inside.pathname = `/${owner.database}`;
  await connected(inside.href, async (client) => {
    await client.query(grants(owner, application));
  });
}

type Role = { user: string; password: string; database: string };

function parseRole(url: string): Role {
  const { username, password, pathname } = new URL(url);
  return {
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

async function ensureRole(client: pg.Client, { user, password }: Role): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [user]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${name(user)} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
}

/** What the owner makes later is granted as it is made, so a migration need not speak of roles. */
function grants(owner: Role, application: Role): string {
  const to = name(application.user);
  const statements = [
    `REVOKE ALL ON DATABASE ${name(owner.database)} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${name(owner.database)} TO ${to}`,
    `CREATE SCHEMA IF NOT EXISTS agenda AUTHORIZATION ${name(owner.user)}`,
    `SET LOCAL ROLE ${name(owner.user)}`,
  ];
  for (const schema of SCHEMAS) {
    const byDefault = `ALTER DEFAULT PRIVILEGES FOR ROLE ${name(owner.user)} IN SCHEMA ${schema} GRANT`;
    statements.push(
      `GRANT USAGE ON SCHEMA ${schema} TO ${to}`,
      `${byDefault} SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${to}`,
      `${byDefault} USAGE, SELECT, UPDATE ON SEQUENCES TO ${to}`,
      `${byDefault} EXECUTE ON FUNCTIONS TO ${to}`,
    );
  }
  return `BEGIN; SELECT pg_advisory_xact_lock(7465001); ${statements.join('; ')}; COMMIT;`;
}

async function connected(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function name(identifier: string): string {
  return pg.escapeIdentifier(identifier);
}
