// The append-only file of everything that was committed: one JSON line each, replayed at the next start.
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { appendTo } from './journal-append.ts';

/** One line with its end: JSON text and, where there is a tail, a tab (which JSON never holds as such) and the tail without line ends; the tail's place counts from the line's beginning. */
export type Line = { readonly bytes: Buffer; readonly tail?: Place };

/** Where a tail stands, in bytes. */
export type Place = { readonly at: number; readonly length: number };

export type Journal = {
  /**
   * Resolves when the line is in the hands of the operating system, so that killing this process cannot lose it; with
   * the place of its tail.
   */
  append(line: Line): Promise<Place | undefined>;
  read(place: Place): Buffer<ArrayBuffer>;
  close(): Promise<void>;
};

/** A journal that keeps nothing, for a sandbox that lives in memory only. */
export const noJournal: Journal = {
  append: () => Promise.resolve(undefined),
  read: () => {
    throw new Error('Nothing stands in a journal that keeps nothing.');
  },
  close: () => Promise.resolve(),
};

/**
 * Reads the lines of `folder`/journal.jsonl in order, tails by their places. A torn last line, left by a kill in mid-write, is cut off and
 * `say` is told; a broken line in the middle is an error.
 */
export function replayJournal(folder: string, replay: Replay, say: (sentence: string) => void): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'journal.jsonl');
  const cut = replayFile(path, replay);
  if (cut > 0) say(`The last line of ${path} was torn (${cut} bytes, never acknowledged); it was cut off.`);
}

type Replay = (text: string, tail: Place | undefined) => void;

/** Opens the journal for more lines. */
export function openJournal(folder: string): Journal {
  return appendTo(openSync(join(folder, 'journal.jsonl'), 'a+'));
}

/** Puts other lines in the journal's place, in one step; it is to be opened anew afterwards. */
export function rewriteJournal(folder: string, lines: Iterable<string>): void {
  const path = join(folder, 'journal.jsonl');
  const file = openSync(`${path}.new`, 'w');
  for (const line of lines) writeSync(file, `${line}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

const chunkBytes = 4 * 1024 * 1024;
const newline = 0x0a;
const tab = 0x09;

/** Replays every whole line; returns how many bytes of a torn one were cut off. */
function replayFile(path: string, replay: Replay): number {
  const file = openSync(path, 'a+');
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let rest: Buffer[] = [];
  let wholeBytes = 0;
  let readBytes = 0;
  try {
    for (;;) {
      const count = readSync(file, chunk, 0, chunkBytes, readBytes);
      if (count === 0) break;
      let from = 0;
      for (let end = chunk.indexOf(newline); end >= 0 && end < count; end = chunk.indexOf(newline, from)) {
        rest.push(Buffer.from(chunk.subarray(from, end)));
        replayLine(Buffer.concat(rest), path, wholeBytes, replay);
        rest = [];
        from = end + 1;
        wholeBytes = readBytes + from;
      }
      if (from < count) rest.push(Buffer.from(chunk.subarray(from, count)));
      readBytes += count;
    }
    if (readBytes > wholeBytes) ftruncateSync(file, wholeBytes);
    return readBytes - wholeBytes;
  } finally {
    closeSync(file);
  }
}

function replayLine(line: Buffer, path: string, at: number, replay: Replay): void {
  const tabAt = line.indexOf(tab);
  const textBytes = tabAt < 0 ? line.length : tabAt;
  const tail = tabAt < 0 ? undefined : { at: at + tabAt + 1, length: line.length - tabAt - 1 };
  try {
    replay(line.toString('utf8', 0, textBytes), tail);
  } catch (cause) {
    throw new Error(
      `${path} cannot be read at byte ${at}; move the file away to begin with an empty sandbox.`,
      { cause },
    );
  }
}
