// Ids are uuid v7 made by the application, so that they sort by the time they were made.
import { randomFillSync } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/** A new uuid v7; ids made by one process are strictly increasing, also within a millisecond. */
export function createId(): string {
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
    }
  }
  const bytes = takeRandom();
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const random = Buffer.alloc(4096);
let taken = random.length;

/** Sixteen random bytes; they are drawn many at once, because a load makes ids by the hundred thousand. */
function takeRandom(): Buffer {
  if (taken === random.length) {
    randomFillSync(random);
    taken = 0;
  }
  taken += 16;
  return Buffer.from(random.subarray(taken - 16, taken));
}
