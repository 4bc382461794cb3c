// An older version of the product, taken from the project's history and built once, for tests in which two versions run at once.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabaseBy, type TestDatabase } from '../db.ts';

export type OldVersion = { kind: 'ready'; folder: string } | { kind: 'missing'; reason: string };

const root = fileURLToPath(new URL('../../../../', import.meta.url));
/** In the order in which they are built. */
const parts = ['packages/core', 'prisma', 'packages/csv', 'packages/xero', 'packages/sync'];

/** The version of `commit` as a folder like the project's own, with what is installed today; missing where the history does not reach so far. */
export function openOldVersion(commit: string): OldVersion {
  if (!hasCommit(commit))
    return { kind: 'missing', reason: `the history of this copy does not hold commit ${commit.slice(0, 7)}` };
  // What is built leads to what is installed here: another copy, or another lock file, has another folder.
  const lock = readFileSync(path.join(root, 'pnpm-lock.yaml'));
  const here = createHash('sha256').update(root).update(lock).digest('hex').slice(0, 12);
  const kept = path.join(tmpdir(), 'stockbook-versions');
  const folder = path.join(kept, `${commit.slice(0, 12)}-${here}`);
  if (existsSync(folder)) return { kind: 'ready', folder };
  mkdirSync(kept, { recursive: true });
  const draft = mkdtempSync(path.join(kept, 'draft-'));
  try {
    build(commit, draft);
    // Whoever is first has made it for all.
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return { kind: 'ready', folder };
}

/** A database as that version's own program makes and migrates it. */
export function createOldDatabase(folder: string): Promise<TestDatabase> {
  const program = path.join(folder, 'prisma/dist/migrate.js');
  return createDatabaseBy((urls) => {
    const env = { PATH: process.env.PATH, ...urls };
    execFileSync(process.execPath, [program, 'deploy'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  });
}

function hasCommit(commit: string): boolean {
  try {
    execFileSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function build(commit: string, draft: string): void {
  const what = ['archive', commit, ...parts, 'tsconfig.base.json', 'package.json'];
  const archive = execFileSync('git', what, { cwd: root, maxBuffer: 256 * 1024 * 1024 });
  execFileSync('tar', ['-x', '-C', draft], { input: archive });
  symlinkSync(path.join(root, 'node_modules'), path.join(draft, 'node_modules'));
  // A package's links lead to its neighbours in the same tree, so they are copied as they are.
  for (const part of parts)
    if (existsSync(path.join(root, part, 'node_modules')))
      cpSync(path.join(root, part, 'node_modules'), path.join(draft, part, 'node_modules'), {
        ...{ recursive: true, verbatimSymlinks: true },
      });
  const bin = path.join(draft, 'prisma/node_modules/.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  const run = (part: string, program: string, ...args: string[]) =>
    execFileSync(program, args, {
      cwd: path.join(draft, part),
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  run('prisma', path.join(bin, 'prisma'), 'generate');
  const tsc = path.join(draft, 'node_modules/typescript/bin/tsc');
  for (const part of parts) run(part, process.execPath, tsc, '-p', 'tsconfig.build.json');
}
