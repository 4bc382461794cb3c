// Reads the members of a JSON body with Xero's (Json.NET's) words for what cannot be converted.
import { toUnits } from './exact.ts';
import { parseDate } from './wire-date.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One JSON object of a request, where it stands in the body, and where its conversion faults are collected. */
export type Source = { readonly fields: Fields; readonly path: string; readonly problems: string[] };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text member; numbers and booleans become text, null counts as not sent. */
export function readText(source: Source, name: string): string | undefined {
  const value = source.fields[name];
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object') {
    const token = Array.isArray(value) ? 'StartArray' : 'StartObject';
    source.problems.push(`Error reading string. Unexpected token: ${token}. Path '${source.path}.${name}'.`);
    return undefined;
  }
  return String(value);
}

/** A number as it was sent (so that its decimals can be counted); text that is a number is taken too. */
export function readNumber(source: Source, name: string): number | string | undefined {
  const value = source.fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  if (typeof value === 'string' && toUnits(value, 0) !== undefined) return value;
  source.problems.push(
    `Could not convert string to decimal: ${shown(value)}. Path '${source.path}.${name}'.`,
  );
  return undefined;
}

export function readFlag(source: Source, name: string): boolean | undefined {
  const value = source.fields[name];
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null || value === '') return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  source.problems.push(
    `Could not convert string to boolean: ${shown(value)}. Path '${source.path}.${name}'.`,
  );
  return undefined;
}

/** A calendar date `YYYY-MM-DD`. */
export function readDate(source: Source, name: string): string | undefined {
  const value = readText(source, name);
  if (value === undefined || value === '') return undefined;
  const date = parseDate(value);
  if (date === undefined) {
    source.problems.push(`Could not convert string to DateTime: ${value}. Path '${source.path}.${name}'.`);
  }
  return date;
}

/** One of a closed list of words, without regard to case; `type` is the name Xero gives the list. */
export function readWord<Word extends string>(
  source: Source,
  name: string,
  words: readonly Word[],
  type: string,
): Word | undefined {
  const value = readText(source, name);
  if (value === undefined || value === '') return undefined;
  const folded = value.toLowerCase();
  const word = words.find((candidate) => candidate.toLowerCase() === folded);
  if (word === undefined) {
    const full = `Xero.API.Library.${type}`;
    source.problems.push(
      `Error converting value "${value}" to type '${full}'. Path '${source.path}.${name}'.`,
    );
  }
  return word;
}

const guidText = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

export function isGuid(text: string): boolean {
  return guidText.test(text);
}

/** A Guid in lower case; the zero Guid counts as not sent. */
export function readGuid(source: Source, name: string): string | undefined {
  const value = readText(source, name);
  if (value === undefined || value === '') return undefined;
  if (!isGuid(value)) {
    source.problems.push(
      `Error converting value "${value}" to type 'System.Guid'. Path '${source.path}.${name}'.`,
    );
    return undefined;
  }
  const guid = value.replace(/[{}]/g, '').toLowerCase();
  return guid === zeroGuid ? undefined : guid;
}

export const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** A value in a message; only plain ones have a text of their own. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? 'array' : 'object';
}

/** A nested object, or undefined when it was not sent. */
export function readChild(source: Source, name: string): Source | undefined {
  const value = source.fields[name];
  if (value === undefined || value === null) return undefined;
  if (isFields(value)) return { fields: value, path: `${source.path}.${name}`, problems: source.problems };
  source.problems.push(
    `Error converting value "${shown(value)}" to an object. Path '${source.path}.${name}'.`,
  );
  return undefined;
}

/** A nested list of objects, or undefined when it was not sent. */
export function readList(source: Source, name: string): Source[] | undefined {
  const value = source.fields[name];
  if (value === undefined || value === null) return undefined;
  const path = `${source.path}.${name}`;
  if (!Array.isArray(value)) {
    source.problems.push(`Cannot deserialize the current JSON value into a list. Path '${path}'.`);
    return undefined;
  }
  return toSources(value, path, source.problems);
}

/** The objects of a list; what is no object is a problem and left out. */
export function toSources(values: readonly unknown[], path: string, problems: string[]): Source[] {
  const sources: Source[] = [];
  for (const [index, value] of values.entries()) {
    if (isFields(value)) sources.push({ fields: value, path: `${path}[${index}]`, problems });
    else problems.push(`Error converting value "${shown(value)}" to an object. Path '${path}[${index}]'.`);
  }
  return sources;
}
