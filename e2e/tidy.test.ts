// The code-base tests itself: who imports whom, lengths, names, the entity folders, the top level, the README's tree.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findForbiddenImports, findImpurities } from './tidy/imports.ts';
import { isWritten, listFiles, readSource, readSources, root, type Source } from './tidy/sources.ts';
import { listClasses, listEscapes, listFunctions } from './tidy/syntax.ts';
import { compareTree, findTreeBlock } from './tidy/tree.ts';

const FILE_LINES_MAX = 200;
const TEST_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 60;

const FORBIDDEN_WORDS = [
  ...['util', 'helper', 'common', 'misc', 'manager', 'service', 'provider', 'handler', 'processor'],
  ...['checkpoint', 'bookmark'],
];

const TOP_LEVEL = [
  ...['apps', 'packages', 'prisma', 'e2e', 'README.md', 'LICENSE', 'compose.yaml', 'Dockerfile'],
  ...[
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'turbo.json',
    'biome.json',
    'vitest.config.ts',
  ],
  ...['tsconfig.json', 'tsconfig.base.json'],
];

const ENTITY_NAMES = ['index.ts', 'model.ts', 'map.ts', 'local.ts', 'remote.ts', 'graphql.ts', 'fixtures'];
/** What an entity has not got until its export comes. */
const NOT_YET_NAMES = ['map.ts', 'remote.ts', 'fixtures'];

const files = listFiles();
const sources = readSources();
const ourCode = sources.filter(({ isTest }) => !isTest);

/** `taxTypesOf` and `tax-types` are read as tax, types, of. Xero's tax types are a thing; a file or function called types is not. */
function forbiddenWord(name: string): string | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const singular = words.map((word) => word.replace(/s$/, ''));
  if (
    words
      .filter((word) => word !== '')
      .join('-')
      .match(/^types?$/)
  )
    return 'types';
  return FORBIDDEN_WORDS.find((word) => singular.includes(word));
}

describe('imports', () => {
  test('follow the table of who may import whom', () => {
    expect(findForbiddenImports(sources)).toEqual([]);
  });

  test('core reads neither the process nor the clock nor chance', () => {
    expect(findImpurities(sources)).toEqual([]);
  });
});

describe('lengths', () => {
  test('a file stops at 200 lines, a test or fixture at 400', () => {
    const long = sources.filter(
      ({ lines, isTest }) => lines.length > (isTest ? TEST_LINES_MAX : FILE_LINES_MAX),
    );
    const fixtures = files
      .filter((file) => /\/fixtures\/.*\.(json|csv|txt)$/.test(file))
      .map((file) => ({
        file,
        lines: readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n'),
      }));
    const longFixtures = fixtures.filter(({ lines }) => lines.length > TEST_LINES_MAX);
    expect([...long, ...longFixtures].map(({ file, lines }) => `${file}: ${lines.length} lines`)).toEqual([]);
  });

  test('a function fits a screen of 60 lines, without a component’s JSX and a test’s callback', () => {
    const long = sources.flatMap(({ file, tree }) =>
      listFunctions(tree)
        .filter(({ length }) => length > FUNCTION_LINES_MAX)
        .map(({ name, line, length }) => `${file}:${line}: ${name}: ${length} lines`),
    );
    expect(long).toEqual([]);
  });
});

describe('names', () => {
  test('of files and folders say what a thing is', () => {
    const named = files.filter((file) => !isWritten(file));
    const bad = named.filter((file) =>
      file.split('/').some((part) => forbiddenWord(part.replace(/\.[a-z.]+$/, ''))),
    );
    expect(bad).toEqual([]);
  });

  test('of functions and classes say what a thing does', () => {
    const bad = sources.flatMap(({ file, tree }) =>
      [...listFunctions(tree), ...listClasses(tree)]
        .filter(({ name }) => forbiddenWord(name))
        .map(({ name, line }) => `${file}:${line}: ${name}`),
    );
    expect(bad).toEqual([]);
  });

  test('at the top level are those of the architecture', () => {
    const top = new Set(files.map((file) => file.split('/')[0] ?? ''));
    expect([...top].filter((name) => !name.startsWith('.') && !TOP_LEVEL.includes(name))).toEqual([]);
  });
});

describe('what is written', () => {
  test('each file begins with a sentence saying what it is for', () => {
    const silent = sources.filter(
      ({ lines }) => !/^(\/\/ |\/\*\*? ?)/.test(lines[lines[0]?.startsWith('#!') ? 1 : 0] ?? ''),
    );
    expect(silent.map(({ file }) => file)).toEqual([]);
  });

  test('nothing steps round the type checker', () => {
    const escapes = ourCode.flatMap(({ file, tree }) =>
      listEscapes(tree).map(({ line, what }) => `${file}:${line}: ${what}`),
    );
    expect(escapes).toEqual([]);
  });

  test('no checker is silenced and nothing is left to do', () => {
    const mark = new RegExp(
      ['@ts-(ignore|expect-error|nocheck)', 'biome-ignore', 'eslint-disable', '\\b(TODO|FIXME)\\b'].join('|'),
    );
    const marked = sources.flatMap(({ file, lines }) =>
      lines.flatMap((line, index) =>
        mark.test(line) && !file.startsWith('e2e/tidy') ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
    );
    expect(marked).toEqual([]);
  });

  test('nothing that a command makes is committed, but what is reviewed', () => {
    expect(
      files.filter((file) =>
        /(^|\/)(dist|generated|node_modules|\.turbo|test-results)\/|\.tsbuildinfo$/.test(file),
      ),
    ).toEqual([]);
  });
});

test('a planted bug is one of the code as it is', () => {
  const patches = files.filter((file) => file.endsWith('.patch'));
  const strange = patches.flatMap((patch) => {
    const tried = spawnSync('git', ['apply', '--check', patch], { cwd: root, encoding: 'utf8' });
    return tried.status === 0 ? [] : [`${patch}: ${tried.stderr}`];
  });
  expect(strange).toEqual([]);
});

describe('an entity folder', () => {
  const home = 'packages/sync/src/entities/';
  const inside = files
    .filter((file) => file.startsWith(home))
    .map((file) => file.slice(home.length).split('/'));
  const folders = [...new Set(inside.filter((parts) => parts.length > 1).map(([folder = '']) => folder))];

  test.each(folders)('%s has the eight names, or says that its export is not there yet', (folder) => {
    const names = [
      ...new Set(inside.filter(([first]) => first === folder).map(([, second = '']) => second)),
    ].sort();
    const notYet = /exports: 'not yet'/.test(readFileSync(path.join(root, home, folder, 'index.ts'), 'utf8'));
    const wanted = [
      ...ENTITY_NAMES.filter((name) => !notYet || !NOT_YET_NAMES.includes(name)),
      `${folder}.test.ts`,
    ];
    expect(names).toEqual(wanted.sort());
  });
});

describe('the README', () => {
  const readme = path.join(root, 'README.md');

  test('draws the tree that is on disk', (ctx) => {
    if (!existsSync(readme)) return ctx.skip('there is no README.md yet');
    const block = findTreeBlock(readFileSync(readme, 'utf8'));
    expect(block, 'a fenced block after the heading "The tree"').toBeDefined();
    expect(compareTree(block ?? [], root, files)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const source = (file: string, ...lines: string[]): Source => readSource(file, lines.join('\n'));

  test('find what may not be imported, by value, by type and at run time', () => {
    const bad = [
      source('packages/core/src/a.ts', "import { readFileSync } from 'node:fs';"),
      source('packages/xero/src/a.ts', "export { db } from '@stockbook/db';"),
      source('packages/sync/src/a.ts', "const { invoices } = await import('./entities/invoices/index.ts');"),
      source('packages/sync/src/entities/items/map.ts', "import { send } from '@stockbook/xero';"),
      source('apps/worker/src/a.ts', "import { x } from '../../api/src/x.ts';", "import 'xero-node';"),
      source('apps/sandbox/src/a.ts', "import type { Money } from '@stockbook/core';"),
      source('apps/api/src/a.ts', "import { openSandbox } from '@stockbook/sandbox/client';"),
    ];
    expect(findForbiddenImports(bad)).toHaveLength(8);
    const good = [
      source('packages/sync/src/entities/items/map.ts', "import type { Item } from '@stockbook/xero';"),
      source('apps/api/test/a.test.ts', "import { openSandbox } from '@stockbook/sandbox/client';"),
      source('packages/bench/src/a.ts', "import { XeroClient } from 'xero-node';"),
    ];
    expect(findForbiddenImports(good)).toEqual([]);
  });

  test('find the clock and chance in core, but not words that look like them', () => {
    const lines = [
      'const a = new Date();',
      'const b = Date.now();',
      'const c = Math.random();',
      'const d = process.env;',
    ];
    expect(findImpurities([source('packages/core/src/a.ts', ...lines)])).toHaveLength(4);
    const fine = ['const a = new Date(0);', 'const b = { process: 1 };', 'const c = b.process;'];
    expect(findImpurities([source('packages/core/src/a.ts', ...fine)])).toEqual([]);
  });

  test('measure functions without JSX and without tests’ callbacks', () => {
    const jsx = source(
      'a.tsx',
      'export function Page() {',
      '  return (',
      '    <p>',
      '      x',
      '    </p>',
      '  );',
      '}',
    );
    expect(listFunctions(jsx.tree)).toEqual([{ name: 'Page', line: 1, length: 4 }]);
    const called = source(
      'a.test.ts',
      'test.each([1])("x", () => {',
      '  run();',
      '});',
      'const later = () => {',
      '};',
    );
    expect(listFunctions(called.tree)).toEqual([{ name: 'later', line: 4, length: 2 }]);
  });

  test('find what steps round the type checker, and let `as const` pass', () => {
    const { tree } = source('a.ts', 'const a = b as const;', 'const c = b as string;', 'const d: any = b!;');
    expect(listEscapes(tree).map(({ line }) => line)).toEqual([2, 3, 3]);
  });

  test('read the README’s tree with and without boxes, and see what is missing on either side', () => {
    const drawn = ['apps/', '  api/       HTTP', '    src/main.ts  env.ts'];
    const boxed = ['apps/', '├── api/   HTTP', '│   └── nowhere.ts'];
    expect(compareTree(boxed, root, files)).toContain('drawn, not there: apps/api/nowhere.ts');
    expect(compareTree(drawn, root, files)).toContain('there, not drawn: apps/worker');
    expect(compareTree(['LICENSE   MIT', 'nosuch.json'], root, files)).toContain(
      'drawn, not there: nosuch.json',
    );
  });

  test('know forbidden words in any case and number, and Xero’s tax types as a thing', () => {
    expect(['readHelpers', 'ClientManager', 'string-utils', 'types'].map(forbiddenWord)).not.toContain(
      undefined,
    );
    expect(['proposeTaxTypes', 'tax-types', 'serviced', 'handle'].map(forbiddenWord)).toEqual(
      Array(4).fill(undefined),
    );
  });
});
