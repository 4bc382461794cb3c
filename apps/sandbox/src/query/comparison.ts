// The operands of a `where` expression and how two of them are compared.
import { isGuid } from '../fields.ts';
import { parseDate, parseInstant } from '../wire-date.ts';
import type { FieldKind, FieldTable, Value } from './field.ts';

export type OperandKind = FieldKind | 'null';

export type Operand<T> = {
  readonly kind: OperandKind;
  readonly of: (record: T) => Value;
  /** The operand that calling this method on it gives. */
  readonly call: (method: string, input: readonly (string | number)[]) => Made<T>;
};

export type Made<T> = { readonly kind: 'operand'; readonly operand: Operand<T> } | Fault;
export type Compared<T> = { readonly kind: 'test'; readonly test: (record: T) => boolean } | Fault;
type Fault = { readonly kind: 'fault'; readonly message: string };

export function constant<T>(kind: OperandKind, value: Value): Operand<T> {
  return operand(kind, () => value);
}

/** The operand a dotted name stands for, with what was given in brackets after it. */
export function operandOf<T>(
  names: readonly string[],
  input: readonly (string | number)[] | undefined,
  fields: FieldTable<T>,
  resource: string,
): Made<T> {
  const path = names.join('.');
  const word = path.toLowerCase();
  if (input === undefined) {
    if (word === 'true' || word === 'false') return made(constant('flag', word === 'true'));
    if (word === 'null') return made(constant('null', null));
    return fieldOperand(path, fields, resource);
  }
  if (word === 'guid' || word === 'guid.parse') return guidConstant(input);
  if (word === 'datetime' || word === 'datetime.parse') return dateConstant(input);
  const field = fieldOperand(names.slice(0, -1).join('.'), fields, resource);
  return field.kind === 'fault' ? field : field.operand.call(names.at(-1) ?? '', input);
}

/** A flag standing alone is a test of its own. */
export function testOf<T>(one: Operand<T>): Compared<T> {
  if (one.kind !== 'flag') return fault("Expression of type 'Boolean' expected");
  return { kind: 'test', test: (record) => one.of(record) === true };
}

export function compareValues<T>(left: Operand<T>, sign: string, right: Operand<T>): Compared<T> {
  const [a, b] = alike(left, right);
  if (a.kind !== b.kind && a.kind !== 'null' && b.kind !== 'null') {
    return fault(
      `Operator '${sign}' incompatible with operand types '${typeName(left)}' and '${typeName(right)}'`,
    );
  }
  const equal = (record: T): boolean => sameValue(a.of(record), b.of(record));
  if (sign === '==' || sign === '=') return { kind: 'test', test: equal };
  if (sign === '!=' || sign === '<>') return { kind: 'test', test: (record) => !equal(record) };
  if (a.kind !== 'date' && a.kind !== 'number') {
    return fault(
      `Operator '${sign}' incompatible with operand types '${typeName(left)}' and '${typeName(right)}'`,
    );
  }
  const holds = orderTest(sign);
  return { kind: 'test', test: (record) => holds(a.of(record), b.of(record)) };
}

function orderTest(sign: string): (a: Value, b: Value) => boolean {
  return (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return false;
    if (sign === '<') return a < b;
    if (sign === '<=') return a <= b;
    return sign === '>' ? a > b : a >= b;
  };
}

/** Xero reads a text beside a Guid or a date as one. */
function alike<T>(left: Operand<T>, right: Operand<T>): [Operand<T>, Operand<T>] {
  return [convert(left, right.kind), convert(right, left.kind)];
}

function convert<T>(one: Operand<T>, kind: OperandKind): Operand<T> {
  if (one.kind !== 'text') return one;
  if (kind === 'guid') return operand('guid', (record) => String(one.of(record)).toLowerCase());
  if (kind === 'date') return operand('date', (record) => parseInstant(String(one.of(record))) ?? null);
  return one;
}

function sameValue(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return foldText(a) === foldText(b);
  // An empty text is how Xero stores a missing one.
  return a === b || ((a === '' || a === null) && (b === '' || b === null));
}

/** Texts compare without regard to case and accents, as Xero's database does. */
function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function operand<T>(kind: OperandKind, of: (record: T) => Value): Operand<T> {
  return { kind, of, call: (method, input) => callMethod(kind, of, method, input) };
}

function callMethod<T>(
  kind: OperandKind,
  of: (record: T) => Value,
  method: string,
  input: readonly (string | number)[],
): Made<T> {
  const textOf = (record: T): string => String(of(record) ?? '');
  const name = method.toLowerCase();
  if (name === 'tostring') return made(operand('text', textOf));
  if (kind !== 'text') return fault(`No applicable method '${method}' exists in type '${kind}'`);
  if (name === 'tolower') return made(operand('text', (record) => textOf(record).toLowerCase()));
  if (name === 'toupper') return made(operand('text', (record) => textOf(record).toUpperCase()));
  if (name === 'trim') return made(operand('text', (record) => textOf(record).trim()));
  const part = foldText(String(input[0] ?? ''));
  if (name === 'contains') return made(operand('flag', (record) => foldText(textOf(record)).includes(part)));
  if (name === 'startswith')
    return made(operand('flag', (record) => foldText(textOf(record)).startsWith(part)));
  if (name === 'endswith') return made(operand('flag', (record) => foldText(textOf(record)).endsWith(part)));
  return fault(`No applicable method '${method}' exists in type 'String'`);
}

function fieldOperand<T>(path: string, fields: FieldTable<T>, resource: string): Made<T> {
  const field = fields[path];
  if (field === undefined || !Object.hasOwn(fields, path)) {
    return fault(`No property or field '${path}' exists in type '${resource}'`);
  }
  return made(operand(field.kind, field.of));
}

function guidConstant<T>(input: readonly (string | number)[]): Made<T> {
  const guid = String(input[0] ?? '');
  return isGuid(guid) ? made(constant('guid', guid.toLowerCase())) : fault('Unrecognized Guid format.');
}

function dateConstant<T>(input: readonly (string | number)[]): Made<T> {
  const [first, month = 1, day = 1, hour = 0, minute = 0, second = 0] = input;
  if (typeof first === 'string') {
    const instant = parseInstant(first);
    return instant === undefined
      ? fault('String was not recognized as a valid DateTime.')
      : made(constant('date', instant));
  }
  const two = (part: string | number): string => String(part).padStart(2, '0');
  const date = `${String(first ?? '').padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (parseDate(date) === undefined) {
    return fault('Year, Month, and Day parameters describe an un-representable DateTime.');
  }
  return made(constant('date', Date.parse(`${date}T${two(hour)}:${two(minute)}:${two(second)}Z`)));
}

function typeName<T>(one: Operand<T>): string {
  const names = {
    text: 'String',
    guid: 'Guid',
    date: 'DateTime',
    number: 'Decimal',
    flag: 'Boolean',
    null: 'Object',
  } as const;
  return names[one.kind];
}

function made<T>(one: Operand<T>): Made<T> {
  return { kind: 'operand', operand: one };
}

function fault(message: string): Fault {
  return { kind: 'fault', message };
}
