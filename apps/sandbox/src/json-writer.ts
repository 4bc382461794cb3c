// Collects JSON text into bytes: small pieces are joined as text, which the engine does at no cost, and copied into bytes many at once.

const firstBytes = 1024 * 1024;
const keptBytesMax = 8 * 1024 * 1024;

/** Takes two thirds of the time that a buffer's own way of writing text takes. */
const encoder = new TextEncoder();

/** So much text waits at most: longer texts would be garbage of their own, and memory would grow. */
const pendingMax = 8_192;

export class JsonWriter {
  private page: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(firstBytes);
  private at = 0;
  private pending = '';

  /** Where what is written from now on begins. */
  begin(): number {
    this.flush();
    return this.at;
  }

  /** What was written from there on, as bytes of its own. */
  copy(from: number): Buffer<ArrayBuffer> {
    this.flush();
    return Buffer.from(this.page.subarray(from, this.at));
  }

  /** What was written from there on, which stays only until something else is written. */
  view(from: number): Buffer<ArrayBuffer> {
    this.flush();
    return this.page.subarray(from, this.at);
  }

  /** Forgets what was written from there on. */
  cut(from: number): void {
    this.pending = '';
    this.at = from;
    if (from === 0 && this.page.length > keptBytesMax) this.page = Buffer.allocUnsafeSlow(firstBytes);
  }

  /** JSON text as it is. */
  text(text: string): void {
    this.pending += text;
    if (this.pending.length > pendingMax) this.flush();
  }

  /** Bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.flush();
    this.makeRoom(bytes.length);
    this.page.set(bytes, this.at);
    this.at += bytes.length;
  }

  private flush(): void {
    const { pending } = this;
    if (pending === '') return;
    this.pending = '';
    this.makeRoom(roomOf(pending));
    this.at += encoder.encodeInto(pending, this.page.subarray(this.at)).written;
  }

  private makeRoom(bytes: number): void {
    if (this.page.length - this.at >= bytes) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.page.length * 2, this.at + bytes));
    larger.set(this.page.subarray(0, this.at));
    this.page = larger;
  }
}

/** Bytes that hold a text for certain; counting is for the long ones, whose room would be noticed. */
function roomOf(text: string): number {
  return text.length > countedMin ? Buffer.byteLength(text) : text.length * 3;
}

const countedMin = 256 * 1024;
