// The project's own files as git knows them, tracked or about to be, each with where it belongs.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSource, type SyntaxNode } from './syntax.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export type Source = {
  /** From the root, with forward slashes. */
  file: string;
  lines: string[];
  /** The workspace package's short name: core, db, sandbox, e2e, ...; '' for what stands at the root. */
  owner: string;
  /** A test, its fixtures, or what only tests use. */
  isTest: boolean;
  tree: SyntaxNode;
};

/** Every path git tracks or would add, that is on disk; without git, every path that is not made by a command. */
export function listFiles(): string[] {
  if (!existsSync(path.join(root, '.git'))) return listFolder('');
  // The clone may belong to another user than the one who tests it.
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 50_000_000 });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
  return [...new Set(files)].sort();
}

const MADE = ['node_modules', 'dist', 'generated', 'test-results', 'coverage'];

function listFolder(folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  const kept = entries.filter(({ name }) => !MADE.includes(name) && (!name.startsWith('.') || folder === ''));
  return kept.flatMap((entry) => {
    const inner = path.posix.join(folder, entry.name);
    if (!entry.isDirectory()) return entry.isFile() ? [inner] : [];
    return entry.name.startsWith('.') ? [] : listFolder(inner);
  });
}

/** All code written by hand. What a command writes is looked at by nobody. */
export function readSources(): Source[] {
  const code = listFiles().filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !isWritten(file));
  return code.map((file) => readSource(file, readFileSync(path.join(root, file), 'utf8')));
}

/** One file as the rules see it. */
export function readSource(file: string, text: string): Source {
  const lines = text.trimEnd().split('\n');
  return { file, lines, owner: ownerOf(file), isTest: isTestFile(file), tree: parseSource(file, text) };
}

/** Whether a command of the project wrote the file. */
export function isWritten(file: string): boolean {
  return /(^|\/)generated\/|graphql-env\.d\.ts$/.test(file);
}

function ownerOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  if (first === 'apps' || first === 'packages') return second;
  if (first === 'prisma') return 'db';
  return first === 'e2e' ? 'e2e' : '';
}

function isTestFile(file: string): boolean {
  return (
    file.startsWith('e2e/') ||
    /\.test\.tsx?$/.test(file) ||
    /(^|\/)(test|fixtures)\//.test(file) ||
    /entities\/contract\.ts$/.test(file)
  );
}
