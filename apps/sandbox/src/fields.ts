// Reads the members of a JSON body with Xero's (Json.NET's) words for what cannot be converted.
import { toUnits } from './exact.ts';
import { parseDate } from './wire-date.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One JSON object of a request, where it stands in the body, and where its conversion faults are collected. */
export class Source {
  readonly fields: Fields;
  readonly problems: string[];
  private readonly within: Source | undefined;
  private readonly name: string;
  private readonly index: number | undefined;

  /** `within`: the object it is a member of; `index`: its place, where the member is a list. */
  constructor(fields: Fields, problems: string[], name: string, within?: Source, index?: number) {
    this.fields = fields;
    this.problems = problems;
    this.within = within;
    this.name = name;
    this.index = index;
  }

  /** Put together only when something is wrong there. */
  get path(): string {
    const own = this.index === undefined ? this.name : `${this.name}[${this.index}]`;
    return this.within === undefined ? own : `${this.within.path}.${own}`;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text member; numbers and booleans become text, null counts as not sent. */
export function readText(source: Source, name: string): string | undefined {
  return asText(source, name, source.fields[name]);
}

/** The same of a value that was looked up; the engine finds a member quicker where its name is written out, as in `fields.TaxType`. */
export function asText(source: Source, name: string, value: unknown): string | undefined {
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
  return asNumber(source, name, source.fields[name]);
}

export function asNumber(source: Source, name: string, value: unknown): number | string | undefined {
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
  return asDate(source, name, source.fields[name]);
}

export function asDate(source: Source, name: string, sent: unknown): string | undefined {
  const value = asText(source, name, sent);
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
  return asWord(source, name, source.fields[name], words, type);
}

export function asWord<Word extends string>(
  source: Source,
  name: string,
  sent: unknown,
  words: readonly Word[],
  type: string,
): Word | undefined {
  const value = asText(source, name, sent);
  if (value === undefined || value === '') return undefined;
  // As it is written is how nearly everybody sends it.
  for (const candidate of words) if (candidate === value) return candidate;
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
  return asGuid(source, name, source.fields[name]);
}

export function asGuid(source: Source, name: string, sent: unknown): string | undefined {
  const value = asText(source, name, sent);
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
  if (isFields(value)) return new Source(value, source.problems, name, source);
  source.problems.push(
    `Error converting value "${shown(value)}" to an object. Path '${source.path}.${name}'.`,
  );
  return undefined;
}

/** A nested list of objects, or undefined when it was not sent. */
export function readList(source: Source, name: string): Source[] | undefined {
  return asList(source, name, source.fields[name]);
}

export function asList(source: Source, name: string, value: unknown): Source[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    source.problems.push(
      `Cannot deserialize the current JSON value into a list. Path '${source.path}.${name}'.`,
    );
    return undefined;
  }
  return toSources(value, name, source.problems, source);
}

/** The objects of a list; what is no object is a problem and left out. */
export function toSources(
  values: readonly unknown[],
  name: string,
  problems: string[],
  within?: Source,
): Source[] {
  const sources: Source[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    const fields = isFields(value) ? value : {};
    const source = new Source(fields, problems, name, within, index);
    if (fields === value) sources.push(source);
    else problems.push(`Error converting value "${shown(value)}" to an object. Path '${source.path}'.`);
  }
  return sources;
}
