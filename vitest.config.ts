// The test projects, one for each workspace package; workspace imports resolve to sources by the condition `stockbook`.
import { defineConfig } from 'vitest/config';

const conditions = ['stockbook', 'module', 'node', 'development|production'];

/** Every project that reads graphql needs one copy of it: vite would take index.mjs beside Pothos's index.js. */
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }], conditions };
const shared = { resolve, ssr: { resolve: { conditions, externalConditions: ['stockbook'] } } };

/** Files that follow each other in a process share what they import: loading Xero's client, Prisma's and the sandbox for each took a tenth of the whole. */
function project(name: string, root: string, test: Record<string, unknown> = {}) {
  return {
    ...shared,
    test: {
      name,
      root,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 120_000,
      ...test,
    },
  };
}

/** What changes the process that it runs in has one to itself. */
const alone = { isolate: true };

const file = (path: string) => new URL(path, import.meta.url).pathname;

/** Answers of a sandbox that tests start are judged by Xero's specification (apps/sandbox/README.md). */
const judged = {
  globalSetup: [file('./apps/sandbox/test/shape/prepare.ts')],
  setupFiles: [file('./apps/sandbox/test/shape/watch.ts')],
};

const cluster = file('./packages/sync/test/cluster.ts');
const database = { globalSetup: [cluster], pool: 'forks' };
const judgedDatabase = { ...judged, globalSetup: [...judged.globalSetup, cluster], pool: 'forks' };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('core', 'packages/core'),
      project('csv', 'packages/csv'),
      project('xero', 'packages/xero', judged),
      project('bench', 'packages/bench', alone),
      project('entities', 'packages/sync', { include: ['src/**/*.test.ts'] }),
      project('sync', 'packages/sync', { include: ['test/*.test.ts'], ...judgedDatabase }),
      project('faults', 'packages/sync', { include: ['test/faults/*.test.ts'], ...judgedDatabase }),
      project('db', 'prisma', database),
      project('sandbox', 'apps/sandbox', { pool: 'forks', ...judged }),
      project('api', 'apps/api', judgedDatabase),
      project('worker', 'apps/worker', database),
      project('cli', 'apps/cli', database),
      project('start', 'apps/start', {
        include: ['test/**/*.test.ts'],
        pool: 'forks',
        testTimeout: 120_000,
        ...judged,
        ...alone,
      }),
      'apps/dashboard/vitest.config.ts',
      project('house', 'e2e', { include: ['tidy.test.ts'], ...alone }),
      project('e2e', 'e2e', {
        include: ['*.e2e.test.ts'],
        pool: 'forks',
        ...judged,
        ...alone,
        testTimeout: 240_000,
        hookTimeout: 240_000,
      }),
    ],
  },
});
