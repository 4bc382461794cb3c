// `npm run api`, `npm run worker`: one process by itself, on the database of DATABASE_URL or of the `npm start` beside it.
import { constants } from 'node:os';
import { spawnProgram } from './children.mjs';
import { makeDataFolder, readClock, readSecrets } from './data-folder.mjs';
import { embeddedUrls, migrate, openDatabase } from './database.mjs';
import { parseEnvironment } from './environment.mjs';
import { ensureBuilt } from './install.mjs';
import { assertPortsFree } from './leftovers.mjs';
import { findPostgres } from './postgres.mjs';
import { Sentence } from './sentence.mjs';
import { childEnvironment } from './start.mjs';

export async function runApart(name) {
  const settings = parseEnvironment(process.env);
  makeDataFolder(settings.dataDir);
  if (name === 'api') await assertPortsFree({ PORT: settings.port });
  ensureBuilt();
  const urls = await urlsOf(settings);
  await migrate(urls);
  const clock = readClock(settings.dataDir, settings.clockScale);
  const child = spawnProgram(
    name,
    childEnvironment(settings, { ...urls, ...clock, ...readSecrets(settings.dataDir) }),
  );
  child.on('message', (message) => {
    if (message?.kind !== 'ready') return;
    console.log(
      name === 'api' ? `The API is ready: http://localhost:${settings.port}` : `The ${name} is ready.`,
    );
    if (message.link) console.log(`Sign in once with this link: ${message.link}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (...ended) => resolve(ended));
  });
  process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
}

/** Without DATABASE_URL it is a second process beside a running `npm start`, whose database it may use but not stop. */
async function urlsOf(settings) {
  if (settings.databaseUrl) return (await openDatabase(settings, console.error)).urls;
  const postgres = await findPostgres(settings.dataDir);
  if (postgres) return embeddedUrls(postgres);
  throw new Sentence(`Set DATABASE_URL, or run npm start first: no PostgreSQL runs in ${settings.dataDir}.`);
}
