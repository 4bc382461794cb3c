// Tells Prisma's command line where the schema is, and keeps it from downloading a native engine.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('./no-engine.sh', import.meta.url));

export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
});
