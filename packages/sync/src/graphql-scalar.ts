// The three scalars of our own: exact decimals and calendar dates as text, instants as ISO 8601.

import { parseDecimal, plain } from '@stockbook/core';
import { Prisma } from '@stockbook/db';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

export const decimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as text, such as "12.50": never a float.',
  serialize: (value) => (Prisma.Decimal.isDecimal(value) ? value.toFixed() : String(value)),
  parseValue: decimalOf,
  parseLiteral: (node) =>
    decimalOf(
      node.kind === Kind.INT || node.kind === Kind.FLOAT || node.kind === Kind.STRING
        ? node.value
        : undefined,
    ),
});

export const dateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A plain calendar date, YYYY-MM-DD, of no time zone.',
  serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
  parseValue: dateOf,
  parseLiteral: (node) => dateOf(textOf(node)),
});

export const dateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601 in UTC, such as 2026-11-21T09:30:00.000Z.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  parseValue: instantOf,
  parseLiteral: (node) => instantOf(textOf(node)),
});

function textOf(node: ValueNode): string | undefined {
  return node.kind === Kind.STRING ? node.value : undefined;
}

function decimalOf(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  const number = typeof text === 'string' ? parseDecimal(text) : undefined;
  if (!number) throw new GraphQLError('A Decimal is a plain number as text, such as "12.50".');
  return plain(number);
}

/** Years from 0001 to 9999, and the day must exist. */
function dateOf(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && value > '0001') {
    const read = new Date(`${value}T00:00:00Z`);
    if (!Number.isNaN(read.getTime()) && read.toISOString().startsWith(value)) return value;
  }
  throw new GraphQLError('A Date is a calendar date such as "2026-11-21".');
}

function instantOf(value: unknown): Date {
  if (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(value)
  ) {
    const read = new Date(value);
    if (!Number.isNaN(read.getTime())) return read;
  }
  throw new GraphQLError('A DateTime is an instant such as "2026-11-21T09:30:00Z".');
}
