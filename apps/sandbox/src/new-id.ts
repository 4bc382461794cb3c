// Ids of new records: random UUIDs of version 4, as `randomUUID` makes them.
import { randomFillSync } from 'node:crypto';

const batch = 512;
const idBytes = 16;
const idCharacters = 36;
const random = new Uint8Array(batch * idBytes);
const text = Buffer.alloc(batch * idCharacters);
const dash = '-'.charCodeAt(0);
const hexDigits = Buffer.from('0123456789abcdef');

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
  let at = 0;
  for (let from = 0; from < random.length; from += idBytes) {
    for (let place = 0; place < idBytes; place += 1) {
      const byte = random[from + place] ?? 0;
      const value = place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte;
      if (place === 4 || place === 6 || place === 8 || place === 10) {
        text[at] = dash;
        at += 1;
      }
      text[at] = hexDigits[value >> 4] ?? 0;
      text[at + 1] = hexDigits[value & 0x0f] ?? 0;
      at += 2;
    }
  }
}
