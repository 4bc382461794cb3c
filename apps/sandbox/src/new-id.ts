// Ids of new records: random UUIDs of version 4, as `randomUUID` makes them.
import { randomFillSync } from 'node:crypto';

const batch = 512;
const idBytes = 16;
const idCharacters = 36;
const random = new Uint8Array(batch * idBytes);
/** Its dashes stay where they are. */
const text = Buffer.alloc(batch * idCharacters, '-');
/** Both hexadecimal digits of each byte. */
const highDigits = Uint8Array.from({ length: 256 }, (_, byte) => (byte >> 4).toString(16).charCodeAt(0));
const lowDigits = Uint8Array.from({ length: 256 }, (_, byte) => (byte & 0x0f).toString(16).charCodeAt(0));

let ids = '';
let used = batch;

/** A part of one text of many ids: the text of `randomUUID` is a tree of twenty, of ten times the size, for as long as the record lives. */
export function newId(): string {
  if (used === batch) {
    fill();
    ids = text.toString('latin1');
    used = 0;
  }
  const from = used * idCharacters;
  used += 1;
  return ids.slice(from, from + idCharacters);
}

function fill(): void {
  randomFillSync(random);
  for (let id = 0; id < batch; id += 1) {
    const from = id * idBytes;
    const at = id * idCharacters;
    random[from + 6] = ((random[from + 6] ?? 0) & 0x0f) | 0x40;
    random[from + 8] = ((random[from + 8] ?? 0) & 0x3f) | 0x80;
    writeDigits(from, 4, at);
    writeDigits(from + 4, 2, at + 9);
    writeDigits(from + 6, 2, at + 14);
    writeDigits(from + 8, 2, at + 19);
    writeDigits(from + 10, 6, at + 24);
  }
}

function writeDigits(from: number, bytes: number, at: number): void {
  let to = at;
  for (let place = from; place < from + bytes; place += 1) {
    const byte = random[place] ?? 0;
    text[to] = highDigits[byte] ?? 0;
    text[to + 1] = lowDigits[byte] ?? 0;
    to += 2;
  }
}
