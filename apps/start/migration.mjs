// `npm run migration -- <name>`: writes the next migration from what the schema says, on a throwaway database unless one is named.
import { cleanEnvironment, ensureBuilt, runTool } from './install.mjs';
import { inRoot } from './root.mjs';
import { Sentence } from './sentence.mjs';
import { spawnTestPostgres } from './test-postgres.mjs';

export async function newMigration([name]) {
  if (!name) throw new Sentence('Usage: npm run migration -- <name>, in a few words with underscores.');
  ensureBuilt();
  const named = process.env.DATABASE_ADMIN_URL;
  const postgres = named ? { url: named, stop: async () => undefined } : await spawnTestPostgres();
  try {
    const env = { ...cleanEnvironment(), DATABASE_ADMIN_URL: postgres.url };
    process.exitCode = runTool(process.execPath, [inRoot('prisma/dist/migrate.js'), 'new', name], { env });
  } finally {
    await postgres.stop();
  }
}
