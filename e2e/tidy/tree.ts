// The tree that the README draws, read line by line, and compared with the disk.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

type Drawn = { path: string; column: number; isFolder: boolean };

/** The fenced block after the heading "The tree", or undefined when there is none. */
export function findTreeBlock(readme: string): string[] | undefined {
  const lines = readme.split('\n');
  const heading = lines.findIndex((line) => /^#+ The tree\s*$/i.test(line));
  const open = lines.findIndex((line, index) => heading !== -1 && index > heading && line.startsWith('```'));
  const close = lines.findIndex((line, index) => open !== -1 && index > open && line.startsWith('```'));
  return close === -1 ? undefined : lines.slice(open + 1, close);
}

/** What is drawn and is not there, and the folders that are there and are not drawn beside their drawn neighbours. */
export function compareTree(block: string[], root: string, files: string[]): string[] {
  const drawn = readTree(block, root);
  const missing = drawn
    .filter((entry) => !existsSync(path.join(root, entry.path)))
    .map((entry) => `drawn, not there: ${entry.path}`);
  const paths = new Set(drawn.map((entry) => entry.path));
  const open = drawn.filter(
    ({ path: folder, isFolder }) =>
      isFolder && drawn.some((inner) => inner.isFolder && path.posix.dirname(inner.path) === folder),
  );
  const undrawn = ['.', ...open.map((entry) => entry.path)].flatMap((folder) =>
    foldersIn(folder, root, files)
      .filter((inner) => !paths.has(inner))
      .map((inner) => `there, not drawn: ${inner}`),
  );
  return [...missing, ...undrawn];
}

/** Names stand first in their line, the comment after them; a name's column says whose child it is. Lines may be drawn with boxes. */
function readTree(block: string[], root: string): Drawn[] {
  const drawn: Drawn[] = [];
  const parents: Drawn[] = [];
  for (const raw of block) {
    const line = raw.replace(/[│├└─|`]/g, ' ');
    const column = line.search(/\S/);
    if (column === -1) continue;
    while ((parents.at(-1)?.column ?? -1) >= column) parents.pop();
    const parent = parents.at(-1)?.path ?? '.';
    const entries = namesOf(line, parent, root).map((name) => ({
      path: path.posix.join(parent, name.replace(/\/$/, '')),
      column,
      isFolder: name.endsWith('/'),
    }));
    drawn.push(...entries);
    const last = entries.at(-1);
    if (last?.isFolder) parents.push(last);
  }
  return drawn;
}

/** Words at the line's beginning that look like paths, or are on disk as they stand (LICENSE). */
function namesOf(line: string, parent: string, root: string): string[] {
  const names: string[] = [];
  for (const word of line.trim().split(/\s+/)) {
    const looks = /^[\w.@-]+(\/[\w.@-]+)*\/$/.test(word) || /^[\w@-]*(\/?[\w@.-]+)*\.[a-z]{2,8}$/.test(word);
    if (!looks && !(names.length === 0 && existsSync(path.join(root, parent, word)))) break;
    names.push(word);
  }
  return names;
}

/** Folders that hold something of the project; dot folders are not drawn. */
function foldersIn(folder: string, root: string, files: string[]): string[] {
  const place = path.join(root, folder);
  if (!existsSync(place) || !statSync(place).isDirectory()) return [];
  const inner = readdirSync(place)
    .filter((name) => !name.startsWith('.'))
    .map((name) => path.posix.join(folder, name));
  return inner.filter((name) => files.some((file) => file.startsWith(`${name}/`)));
}
