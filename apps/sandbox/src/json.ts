// Writes JSON whose numbers keep their decimals (`10.00`), as Xero's do; JSON.stringify would write 10.
import { fixed } from './exact.ts';
import { JsonWriter } from './json-writer.ts';

/** A member that knows how it is written. */
export abstract class Piece {
  abstract writeTo(writer: JsonWriter): void;
}

/** A piece of JSON that is already text. */
export class Raw extends Piece {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  writeTo(writer: JsonWriter): void {
    writer.text(this.text);
  }
}

/** An object whose members, of which there is one at least, are already text. */
export class Members extends Piece {
  readonly text: string;
  /** `text`: without the braces. */
  constructor(text: string) {
    super();
    this.text = text;
  }
  writeTo(writer: JsonWriter): void {
    writer.text(`{${this.text}}`);
  }
}

class Joined extends Piece {
  readonly first: object;
  readonly second: object;
  constructor(first: object, second: object) {
    super();
    this.first = first;
    this.second = second;
  }
  writeTo(writer: JsonWriter): void {
    writer.text('{');
    writeMembers(writer, this.second, writeMembers(writer, this.first, false));
    writer.text('}');
  }
}

const writer = new JsonWriter();

/** The JSON text of a value; members that are undefined are left out. */
export function toJson(value: unknown): string {
  return toJsonBytes(value).toString('utf8');
}

export function toJsonBytes(value: unknown): Buffer<ArrayBuffer> {
  const from = writer.begin();
  try {
    write(writer, value);
    return writer.copy(from);
  } finally {
    writer.cut(from);
  }
}

/** One object of the members of two; quicker than copying them together. */
export function joined(first: object, second: object): Piece {
  return new Joined(first, second);
}

/** A value written now, to be put into other JSON as it is, once or many times. */
export function written(value: unknown): Raw {
  return new Raw(toJson(value));
}

/** Units of 10^-places, such as `fixed` writes them. */
export function decimal(units: number, places: number): Piece {
  return new Raw(fixed(units, places));
}

/** Money: cents written with two decimals. */
export function money(cents: number): Piece {
  return new Raw(fixed(cents, 2));
}

/** Ten-thousandths written with four decimals, or with two after rounding off the rest. */
export function price(units: number, places: 2 | 4): Piece {
  return new Raw(priceText(units, places));
}

export function priceText(units: number, places: 2 | 4): string {
  return places === 4 ? fixed(units, 4) : fixed(roundToCents(units), 2);
}

/** A text as JSON writes it. */
export function quoted(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** What JSON escapes, and all that is not ASCII; JSON.stringify is slow for the many texts that have neither. */
const escaped = /[^ !#-[\]-~]/;

/** The same of texts of which there are few different ones, such as codes or names of goods, with what stands before them, such as `,"ItemCode":`. */
export function quotedAfter(before: string): (text: string) => string {
  return madeOften((text) => before + quoted(text));
}

/** What is made of texts of which there are few different ones: it is looked up, and stands in one piece, since what was joined is copied piece by piece wherever it goes. */
export function madeOften(make: (text: string) => string): (text: string) => string {
  const often = new Map<string, string>();
  return (text) => {
    const known = often.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (text.length > oftenCharactersMax) return made;
    const whole = Buffer.from(made).toString();
    if (often.size >= oftenMax) often.clear();
    often.set(text, whole);
    return whole;
  };
}

const oftenMax = 5_000;
const oftenCharactersMax = 100;

function write(to: JsonWriter, value: unknown): void {
  if (typeof value === 'string') to.text(quoted(value));
  else if (typeof value !== 'object' || value === null) to.text(JSON.stringify(value) ?? 'null');
  else if (value instanceof Piece) value.writeTo(to);
  else if (Array.isArray(value)) writeList(to, value);
  else {
    to.text('{');
    writeMembers(to, value, false);
    to.text('}');
  }
}

function writeList(to: JsonWriter, values: readonly unknown[]): void {
  to.text('[');
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) to.text(',');
    write(to, values[index]);
  }
  to.text(']');
}

/** Returns whether there are members by now. */
function writeMembers(to: JsonWriter, value: object, hasBefore: boolean): boolean {
  if (value instanceof Members) {
    to.text(hasBefore ? `,${value.text}` : value.text);
    return true;
  }
  let has = hasBefore;
  if (!isRecord(value)) return has;
  // Three times as quick as Object.entries.
  for (const name in value) {
    const member = value[name];
    if (member === undefined) continue;
    to.text(has ? `,${named(name)}` : named(name));
    has = true;
    write(to, member);
  }
  return has;
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value);
}

/** A member's name with its colon, which is looked up, since there are few. */
function named(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = `${quoted(name)}:`;
  // Members that callers made up are shown back to them, and may be many and long.
  if (name.length <= nameCharactersMax && names.size < namesMax) names.set(name, made);
  return made;
}

const names = new Map<string, string>();
const namesMax = 1_000;
const nameCharactersMax = 50;

function roundToCents(units: number): number {
  const remainder = units % 100;
  const cents = (units - remainder) / 100;
  if (Math.abs(remainder) < 50) return cents + 0;
  return units < 0 ? cents - 1 : cents + 1;
}
