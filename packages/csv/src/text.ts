// Tells text from binary while it streams: UTF-8 without NUL, and the line where it stops being that.
import { isUtf8 } from 'node:buffer';

export interface TextCheck {
  /** The line of the first byte that is not text, or undefined. */
  take(chunk: Uint8Array): number | undefined;
  /** The last line when the text ends inside a character. */
  end(): number | undefined;
}

export function createTextCheck(): TextCheck {
  let line = 1;
  let carried = Buffer.alloc(0);
  return {
    take(chunk) {
      const bytes = Buffer.concat([carried, chunk]);
      const whole = bytes.subarray(0, bytes.length - tailLength(bytes));
      carried = Buffer.from(bytes.subarray(whole.length));
      if (!isText(whole)) return line + badLine(whole);
      line += countLines(whole);
      return undefined;
    },
    end: () => (carried.length > 0 ? line : undefined),
  };
}

function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** How many bytes at the end begin a character that is not complete yet. */
function tailLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/** How many lines come before the one that is not text; a line feed is never part of another character. */
function badLine(bytes: Buffer): number {
  let before = 0;
  let from = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
    if (!isText(bytes.subarray(from, at))) return before;
    before += 1;
    from = at + 1;
  }
  return before;
}
