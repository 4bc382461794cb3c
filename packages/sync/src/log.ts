// The log of a process, on its standard output: where that finds no room or no reader, lines are lost and counted, and nothing ends.
import { writeSync } from 'node:fs';
import pino, { type Logger } from 'pino';

/** `writeOut` writes some of a text and says how many bytes, or throws. */
export function createLog(
  name: string,
  level: string,
  // By its number: to ask for process.stdout lets a pipe refuse what its reader has no room for yet.
  writeOut: (bytes: Buffer) => number = (bytes) => writeSync(1, bytes),
): Logger {
  return pino({ name, level }, createSink(name, writeOut));
}

/** Another process at the same end of a pipe may have made it refuse all the same: its reader is given so long, once. */
const triesMax = 50;
const tryEveryMs = 10;

/** pino's own sink ends the process at the first line that finds no room, and waits for room for ever when the process is to end. */
function createSink(name: string, writeOut: (bytes: Buffer) => number) {
  let lost = 0;
  let isCut = false;
  function tryWrite(text: string): boolean {
    const bytes = Buffer.from(isCut ? `\n${text}` : text);
    let written = 0;
    // Who has lost lines already waits for nobody.
    for (let triesLeft = lost === 0 ? triesMax : 0; written < bytes.length; ) {
      try {
        written += writeOut(bytes.subarray(written));
      } catch (error) {
        // Where there is nowhere left to say it, the next line that is written does.
        if (!isFullPipe(error) || triesLeft === 0) break;
        triesLeft -= 1;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tryEveryMs);
      }
    }
    const isWhole = written === bytes.length;
    if (written > 0) isCut = !isWhole;
    return isWhole;
  }
  return {
    write(line: string): void {
      const msg = `${lost} ${lost === 1 ? 'line' : 'lines'} of this log could not be written`;
      const told = lost === 0 ? '' : `${JSON.stringify({ level: 40, time: Date.now(), name, msg })}\n`;
      if (tryWrite(told + line)) lost = 0;
      else lost += 1;
    },
  };
}

function isFullPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
