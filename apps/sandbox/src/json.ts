// Writes JSON whose numbers keep their decimals (`10.00`), as Xero's do; JSON.stringify would write 10.
import { fixed } from './exact.ts';

/** A piece of JSON that is already text. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The JSON text of a value; members that are undefined are left out. */
export function toJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return list(value);
  if (typeof value === 'object' && value !== null) return members(value);
  return JSON.stringify(value) ?? 'null';
}

/** One object of the members of two, of which the first has some; quicker than copying them together. */
export function joined(first: object, second: object): Raw {
  return new Raw(`{${memberText(first)},${memberText(second)}}`);
}

/** Money: cents written with two decimals. */
export function money(cents: number): Raw {
  return new Raw(fixed(cents, 2));
}

/** Ten-thousandths written with four decimals, or with two after rounding off the rest. */
export function price(units: number, places: 2 | 4): Raw {
  return new Raw(places === 4 ? fixed(units, 4) : fixed(roundToCents(units), 2));
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

function list(values: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) text += ',';
    text += toJson(values[index]);
  }
  return `${text}]`;
}

function members(value: object): string {
  return `{${memberText(value)}}`;
}

/** The members with commas between, without the braces. */
function memberText(value: object): string {
  let text = '';
  // A copy is typed without a doubt, and `for in` over it is three times as quick as Object.entries.
  const fields: Readonly<Record<string, unknown>> = { ...value };
  for (const name in fields) {
    const member = fields[name];
    if (member === undefined) continue;
    if (text !== '') text += ',';
    text += `${quote(name)}:${toJson(member)}`;
  }
  return text;
}

function roundToCents(units: number): number {
  const remainder = units % 100;
  const cents = (units - remainder) / 100;
  if (Math.abs(remainder) < 50) return cents + 0;
  return units < 0 ? cents - 1 : cents + 1;
}
