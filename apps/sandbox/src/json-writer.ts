// Writes JSON text straight into bytes: long replies are made of many small pieces, which would cost more as strings.

const firstBytes = 1024 * 1024;
const keptBytesMax = 32 * 1024 * 1024;

export class JsonWriter {
  private page: Buffer = Buffer.allocUnsafeSlow(firstBytes);
  private at = 0;

  get length(): number {
    return this.at;
  }

  /** What was written from there on, as bytes of its own. */
  copy(from: number): Buffer<ArrayBuffer> {
    return Buffer.from(this.page.subarray(from, this.at));
  }

  /** Forgets what was written from there on. */
  cut(from: number): void {
    this.at = from;
    if (from === 0 && this.page.length > keptBytesMax) this.page = Buffer.allocUnsafeSlow(firstBytes);
  }

  /** JSON text as it is. */
  text(text: string): void {
    const { length } = text;
    this.makeRoom(length * 3);
    const { page } = this;
    let to = this.at;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7e) {
        this.at += page.write(text, this.at, 'utf8');
        return;
      }
      page[to] = code;
      to += 1;
    }
    this.at = to;
  }

  bytes(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.page.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** One of the signs of JSON, as its code. */
  sign(code: number): void {
    this.makeRoom(1);
    this.page[this.at] = code;
    this.at += 1;
  }

  /** A text in quotes. */
  quoted(text: string): void {
    const { length } = text;
    this.makeRoom(length + 2);
    const { page } = this;
    let to = this.at;
    page[to] = quote;
    to += 1;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === quote || code === backslash) {
        this.text(JSON.stringify(text));
        return;
      }
      page[to] = code;
      to += 1;
    }
    page[to] = quote;
    this.at = to + 1;
  }

  /** Units of 10^-places as a decimal, `-12.50`. */
  decimal(units: number, places: number): void {
    this.makeRoom(decimalBytesMax);
    const { page } = this;
    if (units < 0) {
      page[this.at] = minus;
      this.at += 1;
    }
    let rest = Math.abs(units);
    let digits = places + 1;
    for (let bound = 10 ** digits; rest >= bound; bound *= 10) digits += 1;
    let to = this.at + digits + (places > 0 ? 1 : 0);
    this.at = to;
    for (let index = 0; index < digits; index += 1) {
      if (index === places && places > 0) {
        to -= 1;
        page[to] = point;
      }
      const digit = rest % 10;
      rest = (rest - digit) / 10;
      to -= 1;
      page[to] = nought + digit;
    }
  }

  private makeRoom(bytes: number): void {
    if (this.page.length - this.at >= bytes) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.page.length * 2, this.at + bytes));
    larger.set(this.page.subarray(0, this.at));
    this.page = larger;
  }
}

const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;
const point = 0x2e;
const nought = 0x30;

/** Sixteen digits of a safe whole number, a sign, a point, and noughts before them. */
const decimalBytesMax = 40;
