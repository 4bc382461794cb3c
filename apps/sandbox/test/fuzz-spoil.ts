// Bad JSON made of good elements: members that are wrong, double, gone or written otherwise.
import fc from 'fast-check';
import { hostileJson } from './fuzz-values.ts';

/** A call before it has its usual headers. */
export type Plain = {
  readonly method: string;
  readonly target: string;
  readonly body?: Buffer;
  readonly headers?: readonly (readonly [string, string])[];
};

export const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
export const encoded = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString()).replaceAll('%24', '$');

export const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
export const anyJson = fc.oneof(
  { weight: 8, arbitrary: oneOf(hostileJson) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: anyText.map((text) => JSON.stringify(text)) },
);

/** The places of a template that can be changed, such as `LineItems.0.Quantity`. */
export function placesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return path === '' ? [] : [path];
  const below = Object.entries(value).flatMap(([name, one]) =>
    placesOf(one, path === '' ? name : `${path}.${name}`),
  );
  return path === '' ? below : [path, ...below];
}

export type Spoil = {
  readonly place: string;
  readonly how: 'value' | 'double' | 'gone' | 'case';
  readonly json: string;
};

/** The JSON text of a template whose spoilt places hold what no serialiser would write. */
export function spoil(value: unknown, spoils: readonly Spoil[], path = ''): string {
  const here = spoils.find(({ place, how }) => place === path && how === 'value');
  if (here !== undefined) return here.json;
  if (Array.isArray(value))
    return `[${value.map((one, at) => spoil(one, spoils, join(path, at))).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).flatMap(([name, one]) => {
    const place = join(path, name);
    const spoilt = spoils.find((candidate) => candidate.place === place);
    const member = `${JSON.stringify(name)}:${spoil(one, spoils, place)}`;
    if (spoilt?.how === 'gone') return [];
    if (spoilt?.how === 'case') return [`${JSON.stringify(name.toLowerCase())}:${spoilt.json}`];
    return spoilt?.how === 'double' ? [`${JSON.stringify(name)}:${spoilt.json}`, member] : [member];
  });
  return `{${members.join(',')}}`;
}

function join(path: string, name: string | number): string {
  return path === '' ? String(name) : `${path}.${name}`;
}
