// The rules of the README: each names a test, and that test exists in its file.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The sections of the reference that need a row of their own, by the table in which it stands. */
const sections: Readonly<Record<string, readonly string[]>> = {
  '1': ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6'],
  '2': ['2'],
  '3': ['3'],
  '4': ['4.1', '4.2', '4.3'],
  '5': ['5'],
  '6': ['6', '6.1'],
  '7': ['7.1', '7.2', '7.3', '7.4', '7.5', '7.6', '7.7', '7.8', '7.9', '7.10'],
  '8': ['8'],
  '9': ['9'],
  '10': ['10.1', '10.2'],
};

describe('the rules of the README', () => {
  it('stand in a table for each section, in order', () => {
    expect([...tables().keys()]).toEqual(Object.keys(sections));
  });

  it('have four cells each: section, rule, source and test, and are told once', () => {
    const rows = allRows();
    expect(rows.filter((cells) => cells.length !== 4 || cells.some((cell) => cell === ''))).toEqual([]);
    const rules = rows.map(([section, rule]) => `${section} ${rule}`);
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
  });

  it('belong to the section in whose table they stand and name it as their source', () => {
    const strayed = [...tables()].flatMap(([table, rows]) =>
      rows.filter(
        ([section = '', , source = '']) =>
          !(section === table || section.startsWith(`${table}.`)) || !source.includes(`XERO.md ${section}`),
      ),
    );
    expect(strayed).toEqual([]);
  });

  it('name tests that exist, word for word', () => {
    const missing = allRows().flatMap(([, , , tests = '']) =>
      tests.split('<br>').filter((named) => !exists(named.trim())),
    );
    expect(missing).toEqual([]);
  });

  it('cover every section of the reference', () => {
    const told = new Set(allRows().map(([section]) => section));
    const bare = Object.values(sections).map((all) => all.filter((section) => !told.has(section)));
    expect(bare.flat()).toEqual([]);
  });
});

/** The rows of each table below "## Rules", as cells, without its head. */
function tables(): Map<string, string[][]> {
  const rules = readme.split(/^## Rules$/m)[1]?.split(/^## /m)[0] ?? '';
  const found = new Map<string, string[][]>();
  for (const part of rules.split(/^### Section /m).slice(1)) {
    const rows = part.split('\n').filter((line) => line.startsWith('|'));
    found.set(part.split('\n')[0]?.trim() ?? '', rows.slice(2).map(cellsOf));
  }
  return found;
}

function allRows(): string[][] {
  return [...tables().values()].flat();
}

/** The cells of a row; a bar within a cell is written `\|`. */
function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Whether `file: title` names a test; the file is told from the folder of the tests. */
function exists(named: string): boolean {
  const [, file = '', title = ''] = /^([\w./-]+\.test\.ts): (.+)$/.exec(named) ?? [];
  return file !== '' && titlesOf(file).has(title);
}

/** The titles of the tests of a file, as they are written in `it('...', ` and `it.each(...)('...', `. */
function titlesOf(file: string): ReadonlySet<string> {
  const url = new URL(file, import.meta.url);
  if (!existsSync(url)) return new Set();
  const calls = readFileSync(url, 'utf8').matchAll(
    /(?:\b(?:it|test)|[)\]`])\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1\s*,/g,
  );
  return new Set([...calls].map(([, , title = '']) => title.replace(/\\(.)/g, '$1')));
}
