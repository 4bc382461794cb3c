// The database every process works on: the embedded PostgreSQL with its two roles, or the one of DATABASE_URL; migrated either way.
import { spawn } from 'node:child_process';
import { cleanEnvironment } from './install.mjs';
import { startPostgres, superuserUrl } from './postgres.mjs';
import { commandLine } from './processes.mjs';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';

const DATABASE = 'stockbook';
const WATCH_MS = 1_000;

/** Starts or finds the database; answers `{ urls, postgres }`, `postgres` only when it is ours to stop. */
export async function openDatabase(settings, say) {
  if (settings.databaseUrl) {
    if (!settings.databaseAdminUrl)
      say(
        'Warning: DATABASE_ADMIN_URL is not set, so migrations use DATABASE_URL and the application owns its tables.',
      );
    const admin = settings.databaseAdminUrl ?? settings.databaseUrl;
    return { urls: { DATABASE_URL: settings.databaseUrl, DATABASE_ADMIN_URL: admin }, postgres: undefined };
  }
  const postgres = await startPostgres(settings.dataDir, { max_connections: '200' });
  return { urls: embeddedUrls(postgres), postgres };
}

/** The owner migrates, the application owns nothing. */
export function embeddedUrls({ port, passwords }) {
  const url = (role, password) => `postgresql://${role}:${password}@127.0.0.1:${port}/${DATABASE}`;
  return {
    DATABASE_SUPERUSER_URL: superuserUrl({ port, passwords }),
    DATABASE_ADMIN_URL: url('stockbook_owner', passwords.owner),
    DATABASE_URL: url('stockbook_app', passwords.app),
  };
}

/** Applies the migrations under their own lock; the superuser's URL, where there is one, goes to this process only. */
export async function migrate(env, args = []) {
  const which = env.DATABASE_SUPERUSER_URL ? 'The embedded PostgreSQL' : 'The database of DATABASE_URL';
  const program = inRoot('prisma/dist/migrate.js');
  const child = spawn(process.execPath, [program, 'deploy', ...args], {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Sentence(`${which} cannot be used: ${said.trim()}`);
}

/** Looks each second whether PostgreSQL lives, `died` hears it once; answers a function that ends the watch. */
export function watchPostgres({ pid }, died) {
  const timer = setInterval(() => {
    if (commandLine(pid) !== '') return;
    clearInterval(timer);
    died();
  }, WATCH_MS);
  return () => clearInterval(timer);
}
