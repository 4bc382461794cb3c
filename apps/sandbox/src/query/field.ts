// The fields of a resource that `where` and `order` may name.

export type Value = string | number | boolean | null;
export type FieldKind = 'text' | 'guid' | 'date' | 'number' | 'flag';

export type Field<T> = {
  readonly kind: FieldKind;
  /** Dates as ms since 1970, Guids in lower case. */
  readonly of: (record: T) => Value;
};

export type FieldTable<T> = Readonly<Record<string, Field<T>>>;

export function text<T>(of: (record: T) => string): Field<T> {
  return { kind: 'text', of };
}

export function guid<T>(of: (record: T) => string): Field<T> {
  return { kind: 'guid', of };
}

export function date<T>(of: (record: T) => number | null): Field<T> {
  return { kind: 'date', of };
}

export function number<T>(of: (record: T) => number | null): Field<T> {
  return { kind: 'number', of };
}

export function flag<T>(of: (record: T) => boolean): Field<T> {
  return { kind: 'flag', of };
}
