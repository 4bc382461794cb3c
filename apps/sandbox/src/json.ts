// Writes JSON whose numbers keep their decimals (`10.00`), as Xero's do; JSON.stringify would write 10.
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

/** A piece of JSON that was written before. */
class Written extends Piece {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
  writeTo(writer: JsonWriter): void {
    writer.bytes(this.bytes);
  }
}

/** Units of 10^-places, written with all their decimals. */
class Decimal extends Piece {
  readonly units: number;
  readonly places: number;
  constructor(units: number, places: number) {
    super();
    this.units = units;
    this.places = places;
  }
  writeTo(writer: JsonWriter): void {
    writer.decimal(this.units, this.places);
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
    writer.sign(openBrace);
    writeMembers(writer, this.second, writeMembers(writer, this.first, false));
    writer.sign(closeBrace);
  }
}

const writer = new JsonWriter();

/** The JSON text of a value; members that are undefined are left out. */
export function toJson(value: unknown): string {
  return toJsonBytes(value).toString('utf8');
}

export function toJsonBytes(value: unknown): Buffer<ArrayBuffer> {
  const from = writer.length;
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
export function written(value: unknown): Piece {
  return new Written(toJsonBytes(value));
}

/** Units of 10^-places, such as `fixed` writes them. */
export function decimal(units: number, places: number): Piece {
  return new Decimal(units, places);
}

/** Money: cents written with two decimals. */
export function money(cents: number): Piece {
  return new Decimal(cents, 2);
}

/** Ten-thousandths written with four decimals, or with two after rounding off the rest. */
export function price(units: number, places: 2 | 4): Piece {
  return places === 4 ? new Decimal(units, 4) : new Decimal(roundToCents(units), 2);
}

function write(to: JsonWriter, value: unknown): void {
  if (typeof value === 'string') to.quoted(value);
  else if (typeof value !== 'object' || value === null) to.text(JSON.stringify(value) ?? 'null');
  else if (value instanceof Piece) value.writeTo(to);
  else if (Array.isArray(value)) writeList(to, value);
  else {
    to.sign(openBrace);
    writeMembers(to, value, false);
    to.sign(closeBrace);
  }
}

function writeList(to: JsonWriter, values: readonly unknown[]): void {
  to.sign(openBracket);
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) to.sign(comma);
    write(to, values[index]);
  }
  to.sign(closeBracket);
}

/** Returns whether there are members by now. */
function writeMembers(to: JsonWriter, value: object, hasBefore: boolean): boolean {
  let has = hasBefore;
  if (!isRecord(value)) return has;
  // Three times as quick as Object.entries.
  for (const name in value) {
    const member = value[name];
    if (member === undefined) continue;
    if (has) to.sign(comma);
    has = true;
    to.quoted(name);
    to.sign(colon);
    write(to, member);
  }
  return has;
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value);
}

const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;

function roundToCents(units: number): number {
  const remainder = units % 100;
  const cents = (units - remainder) / 100;
  if (Math.abs(remainder) < 50) return cents + 0;
  return units < 0 ? cents - 1 : cents + 1;
}
