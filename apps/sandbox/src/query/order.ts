// Reads an `order` parameter such as `Date DESC, InvoiceNumber` into a comparison of records.
import type { FieldTable, Value } from './field.ts';

export type Order<T> =
  | { readonly kind: 'order'; readonly compare: (a: T, b: T) => number }
  | { readonly kind: 'fault'; readonly message: string };

export function parseOrder<T>(order: string, fields: FieldTable<T>, resource: string): Order<T> {
  const compares: ((a: T, b: T) => number)[] = [];
  for (const part of order.split(',')) {
    const [name = '', direction = 'ASC', ...rest] = part.trim().split(/\s+/);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (name === '' || rest.length > 0) return { kind: 'fault', message: 'Expression expected' };
    if (field === undefined)
      return { kind: 'fault', message: `No property or field '${name}' exists in type '${resource}'` };
    if (!/^(asc|desc|ascending|descending)$/i.test(direction))
      return { kind: 'fault', message: 'Syntax error' };
    const sign = /^d/i.test(direction) ? -1 : 1;
    compares.push((a, b) => sign * compare(field.of(a), field.of(b)));
  }
  return {
    kind: 'order',
    compare(a, b) {
      for (const one of compares) {
        const difference = one(a, b);
        if (difference !== 0) return difference;
      }
      return 0;
    },
  };
}

function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [a.toLowerCase(), b.toLowerCase()];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  return a < b ? -1 : 1;
}
