// Who may import whom: the table of the architecture, and what single files must leave alone.
import path from 'node:path';
import type { Source } from './sources.ts';
import { type ImportLine, listImports, listImpurities } from './syntax.ts';

/** The workspace packages that each may import; `bench` may import all. */
const MAY_IMPORT: Record<string, string[]> = {
  core: [],
  db: [],
  xero: ['core'],
  csv: ['core'],
  sync: ['core', 'xero', 'db', 'csv'],
  api: ['sync', 'csv', 'xero', 'db', 'core'],
  worker: ['sync', 'csv', 'xero', 'db', 'core'],
  dashboard: [],
  cli: [],
  start: [],
  e2e: [],
  sandbox: [],
};

/** Tests of these may start a sandbox and drive it through its client; what they test reaches it over HTTP alone. */
const MAY_DRIVE_SANDBOX = ['xero', 'sync', 'api', 'worker', 'e2e', 'bench'];

/** Every import that breaks a rule, as `file:line: what`. */
export function findForbiddenImports(sources: Source[]): string[] {
  return sources.flatMap((source) =>
    listImports(source.tree).flatMap((line) => {
      const why = workspaceRule(source, line) ?? leavesPackage(source, line) ?? fileRule(source, line);
      return why === undefined ? [] : [`${source.file}:${line.line}: ${line.from}: ${why}`];
    }),
  );
}

/** What `core` reads of the world: nothing. */
export function findImpurities(sources: Source[]): string[] {
  const pure = sources.filter(({ owner, isTest }) => owner === 'core' && !isTest);
  return pure.flatMap(({ file, tree }) =>
    listImpurities(tree).map(({ line, what }) => `${file}:${line}: ${what}`),
  );
}

function workspaceRule({ owner, isTest }: Source, { from }: ImportLine): string | undefined {
  const [, wanted, below = ''] = /^@stockbook\/([^/]+)(\/.*)?$/.exec(from) ?? [];
  if (wanted === undefined || wanted === owner || owner === 'bench') return undefined;
  if (wanted === 'sandbox') {
    const drives = isTest && (below === '' || below === '/client') && MAY_DRIVE_SANDBOX.includes(owner);
    return drives ? undefined : 'only tests start and drive the sandbox';
  }
  if (isTest && from === '@stockbook/sync/test/db') return undefined;
  return MAY_IMPORT[owner]?.includes(wanted) ? undefined : `${owner || 'the root'} may not import ${wanted}`;
}

function leavesPackage({ file, owner, isTest }: Source, { from }: ImportLine): string | undefined {
  if (!from.startsWith('.') || owner === '' || owner === 'bench') return undefined;
  const target = path.posix.join(path.posix.dirname(file), from);
  const home = file
    .split('/')
    .slice(0, owner === 'db' || owner === 'e2e' ? 1 : 2)
    .join('/');
  if (target.startsWith(`${home}/`) || (isTest && target.startsWith('packages/sync/test/'))) return undefined;
  return 'another package is imported by its name';
}

function fileRule({ file, owner, isTest }: Source, line: ImportLine): string | undefined {
  const { from, typeOnly } = line;
  if (from === 'xero-node' || from.startsWith('xero-node/')) {
    const allowed = owner === 'xero' || owner === 'bench' || (owner === 'sandbox' && isTest);
    if (!allowed) return 'xero-node is known to packages/xero, to bench and to the tests of the sandbox only';
  }
  if (isTest) return undefined;
  if (owner === 'core' && from.startsWith('node:')) return 'core has no I/O';
  if (file.startsWith('apps/start/') && !from.startsWith('.') && !from.startsWith('node:'))
    return 'the starter runs before anything is installed';
  const inSync = /^packages\/sync\/src\/[^/]+$/.test(file);
  // A load is written through the entities' own local.apply, which it finds in the list of them.
  const loads = /\/load(-[a-z]+)*\.ts$/.test(file) && from === './entities/index.ts';
  if (inSync && !loads && from.startsWith('./entities/')) return 'the engine knows no entity';
  if (!/^packages\/sync\/src\/entities\/[^/]+\/(model|map)\.ts$/.test(file)) return undefined;
  if (/^(@stockbook\/db|pg|@prisma\/.*|node:.*)$/.test(from) || /\/(local|remote|graphql)\.ts$/.test(from))
    return 'model and map are pure';
  return from === '@stockbook/xero' && !typeOnly
    ? 'model and map take types from the SDK, never values'
    : undefined;
}
