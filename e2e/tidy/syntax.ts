// Reads a source file as a syntax tree: its imports, its functions with their lengths, its names, and what it must not say.
import { parse } from '@babel/parser';

/** A node of the tree: `fields` holds its words, flags and inner nodes by name, `inner` all inner nodes in order. */
export type SyntaxNode = {
  type: string;
  startLine: number;
  endLine: number;
  fields: Map<string, unknown>;
  inner: SyntaxNode[];
};
export type ImportLine = { from: string; line: number; typeOnly: boolean };
export type NamedFunction = { name: string; line: number; length: number };

/** Throws when the file is no TypeScript. JSX is read in .tsx only, where the two would be ambiguous. */
export function parseSource(file: string, text: string): SyntaxNode {
  const plugins = file.endsWith('.tsx') ? ['typescript' as const, 'jsx' as const] : ['typescript' as const];
  const tree = toNode(parse(text, { sourceType: 'module', sourceFilename: file, plugins }).program);
  if (!tree) throw new Error(`${file} has no program.`);
  return tree;
}

/** Every import, re-export and import() of a fixed name. */
export function listImports(tree: SyntaxNode): ImportLine[] {
  return walk(tree).flatMap(({ node }) => {
    const from = text(child(node, 'source'), 'value') ?? dynamicImport(node);
    if (from === undefined || !/^(Import|Export|CallExpression)/.test(node.type)) return [];
    return [{ from, line: node.startLine, typeOnly: isTypeOnly(node) }];
  });
}

/** Functions with the lines that count: not a test's callback, and without the JSX of a component. */
export function listFunctions(tree: SyntaxNode): NamedFunction[] {
  const functions: NamedFunction[] = [];
  for (const { node, parents } of walk(tree)) {
    if (!isFunction(node) || parents.some(isTestCall)) continue;
    const length = node.endLine - node.startLine + 1 - jsxLines(node);
    functions.push({ name: nameOf(node, parents), line: node.startLine, length });
  }
  return functions;
}

/** Classes by name. */
export function listClasses(tree: SyntaxNode): NamedFunction[] {
  const classes = walk(tree).filter(
    ({ node }) => node.type.startsWith('Class') && child(node, 'body')?.type === 'ClassBody',
  );
  return classes.map(({ node, parents }) => ({
    name: nameOf(node, parents),
    line: node.startLine,
    length: 0,
  }));
}

/** Lines that step round the type checker: `any`, `as` other than `as const`, `<T>x`, `x!`. */
export function listEscapes(tree: SyntaxNode): { line: number; what: string }[] {
  return walk(tree).flatMap(({ node }) => {
    const line = node.startLine;
    if (node.type === 'TSAsExpression' && !isConst(node)) return [{ line, what: '`as`' }];
    if (node.type === 'TSTypeAssertion') return [{ line, what: 'a type assertion' }];
    if (node.type === 'TSNonNullExpression') return [{ line, what: 'a non-null assertion' }];
    return node.type === 'TSAnyKeyword' ? [{ line, what: '`any`' }] : [];
  });
}

/** Where a pure file reads the process, the clock or chance. */
export function listImpurities(tree: SyntaxNode): { line: number; what: string }[] {
  return walk(tree).flatMap(({ node, parents }) => {
    const line = node.startLine;
    const callee = child(node, 'callee');
    if (
      node.type === 'NewExpression' &&
      text(callee, 'name') === 'Date' &&
      children(node, 'arguments').length === 0
    ) {
      return [{ line, what: 'new Date()' }];
    }
    if (node.type === 'MemberExpression') {
      const said = `${text(child(node, 'object'), 'name')}.${text(child(node, 'property'), 'name')}`;
      return ['Date.now', 'Math.random'].includes(said) ? [{ line, what: said }] : [];
    }
    const name = node.type === 'Identifier' ? text(node, 'name') : undefined;
    const free =
      name !== undefined && ['process', 'performance', 'crypto'].includes(name) && !isLabel(node, parents);
    return free ? [{ line, what: name }] : [];
  });
}

type Visited = { node: SyntaxNode; parents: SyntaxNode[] };

function walk(node: SyntaxNode, parents: SyntaxNode[] = []): Visited[] {
  const visited = seen.get(node) ?? [
    { node, parents },
    ...node.inner.flatMap((one) => walk(one, [node, ...parents])),
  ];
  if (parents.length === 0) seen.set(node, visited);
  return visited;
}

/** Each rule walks every file: a file is walked once. */
const seen = new WeakMap<SyntaxNode, Visited[]>();

function toNode(value: unknown): SyntaxNode | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('loc' in value))
    return undefined;
  const { type, loc } = value;
  if (typeof type !== 'string' || typeof loc !== 'object' || loc === null) return undefined;
  const node: SyntaxNode = {
    type,
    startLine: lineOf(loc, 'start'),
    endLine: lineOf(loc, 'end'),
    fields: new Map(),
    inner: [],
  };
  for (const [key, raw] of Object.entries(value)) {
    if (/Comments$|^(loc|extra|errors)$/.test(key)) continue;
    const nodes = (Array.isArray(raw) ? raw : [raw]).flatMap((one) => toNode(one) ?? []);
    node.fields.set(key, Array.isArray(raw) ? nodes : (nodes[0] ?? raw));
    node.inner.push(...nodes);
  }
  return node;
}

function lineOf(loc: object, side: 'start' | 'end'): number {
  const place: unknown = new Map<string, unknown>(Object.entries(loc)).get(side);
  return typeof place === 'object' && place !== null && 'line' in place && typeof place.line === 'number'
    ? place.line
    : 0;
}

function child(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  const value = node?.fields.get(key);
  return node?.inner.find((one) => one === value);
}

function children(node: SyntaxNode, key: string): SyntaxNode[] {
  const value = node.fields.get(key);
  return Array.isArray(value) ? node.inner.filter((one) => value.includes(one)) : [];
}

function text(node: SyntaxNode | undefined, key: string): string | undefined {
  const value = node?.fields.get(key);
  return typeof value === 'string' ? value : undefined;
}

function dynamicImport(node: SyntaxNode): string | undefined {
  return child(node, 'callee')?.type === 'Import' ? text(children(node, 'arguments')[0], 'value') : undefined;
}

/** `import type`, or an import whose every name is marked so. */
function isTypeOnly(node: SyntaxNode): boolean {
  if (text(node, 'importKind') === 'type' || text(node, 'exportKind') === 'type') return true;
  const names = children(node, 'specifiers');
  return (
    names.length > 0 &&
    names.every((one) => text(one, 'importKind') === 'type' || text(one, 'exportKind') === 'type')
  );
}

function isFunction(node: SyntaxNode): boolean {
  return [
    'FunctionDeclaration',
    'FunctionExpression',
    'ArrowFunctionExpression',
    'ObjectMethod',
    'ClassMethod',
    'ClassPrivateMethod',
  ].includes(node.type);
}

const TEST_CALLS = ['describe', 'test', 'it', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'];

/** `test(...)`, `test.each(...)(...)`, `describe.skipIf(...)(...)`. */
function isTestCall(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression') return false;
  let callee = child(node, 'callee');
  while (callee && callee.type !== 'Identifier')
    callee = child(callee, 'callee') ?? child(callee, 'object') ?? child(callee, 'tag');
  return TEST_CALLS.includes(text(callee, 'name') ?? '');
}

function jsxLines(node: SyntaxNode): number {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return node.endLine - node.startLine + 1;
  return node.inner.reduce((sum, one) => sum + jsxLines(one), 0);
}

/** Its own name, or that of the variable, property or export it is the value of. */
function nameOf(node: SyntaxNode, [parent]: SyntaxNode[]): string {
  const own = text(child(node, 'id'), 'name') ?? text(child(node, 'key'), 'name');
  if (own !== undefined) return own;
  const holds = parent && /^(VariableDeclarator|ObjectProperty|ClassProperty)$/.test(parent.type);
  return (
    (holds ? (text(child(parent, 'id'), 'name') ?? text(child(parent, 'key'), 'name')) : undefined) ??
    '(nameless)'
  );
}

function isConst(node: SyntaxNode): boolean {
  return text(child(child(node, 'typeAnnotation'), 'typeName'), 'name') === 'const';
}

/** A property's name or a key is no use of the global of that name. */
function isLabel(node: SyntaxNode, [parent]: SyntaxNode[]): boolean {
  if (!parent) return false;
  const isKey = /^(Object|Class|TS)/.test(parent.type) && child(parent, 'key')?.startLine === node.startLine;
  const isProperty =
    parent.type === 'MemberExpression' && text(child(parent, 'property'), 'name') === text(node, 'name');
  return isKey || isProperty;
}
