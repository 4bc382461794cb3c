// Keeps the last bodies in one piece of memory: as objects of their own they would live just long enough to be dear to collect.

/** Where a body stands, counted from the first byte that was ever kept. */
export type KeptBody = { readonly from: number; readonly length: number };

export type BodyRing = {
  /** Undefined for a body that has no room at all. */
  keep(body: string | Uint8Array): KeptBody | undefined;
  /** Its text; undefined once its room was needed by later ones. */
  read(kept: KeptBody): string | undefined;
  clear(): void;
};

export function createBodyRing(bytesMax: number): BodyRing {
  let page: Buffer | undefined;
  let end = 0;
  return {
    keep(body) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const { length } = bytes;
      if (length > bytesMax) return undefined;
      page ??= Buffer.allocUnsafeSlow(bytesMax);
      const from = end;
      const at = from % bytesMax;
      const untilEnd = bytesMax - at;
      if (length <= untilEnd) page.set(bytes, at);
      else {
        page.set(bytes.subarray(0, untilEnd), at);
        page.set(bytes.subarray(untilEnd), 0);
      }
      end += length;
      return { from, length };
    },
    read({ from, length }) {
      if (page === undefined || end - from > bytesMax) return undefined;
      const at = from % bytesMax;
      const first = page.subarray(at, at + length);
      const rest = page.subarray(0, length - first.length);
      return Buffer.concat([first, rest]).toString('utf8');
    },
    clear() {
      page = undefined;
    },
  };
}
