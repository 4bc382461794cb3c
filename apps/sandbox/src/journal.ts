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
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

export type Journal = {
  /** Resolves when the line is in the hands of the operating system, so that killing this process cannot lose it. */
  append(line: string): Promise<void>;
  close(): Promise<void>;
};

/** A journal that keeps nothing, for a sandbox that lives in memory only. */
export const noJournal: Journal = { append: () => Promise.resolve(), close: () => Promise.resolve() };

/**
 * Reads the lines of `folder`/journal.jsonl in order. A torn last line, left by a kill in mid-write, is cut off and
 * `say` is told; a broken line in the middle is an error.
 */
export function replayJournal(
  folder: string,
  replay: (line: string) => void,
  say: (sentence: string) => void,
): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'journal.jsonl');
  const cut = replayFile(path, replay);
  if (cut > 0) say(`The last line of ${path} was torn (${cut} bytes, never acknowledged); it was cut off.`);
}

/** Opens the journal for more lines. */
export async function openJournal(folder: string): Promise<Journal> {
  return appendTo(await open(join(folder, 'journal.jsonl'), 'a'));
}

/** Puts other lines in the journal's place, in one step; to be called before it is opened for more. */
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

/** Replays every whole line; returns how many bytes of a torn one were cut off. */
function replayFile(path: string, replay: (line: string) => void): number {
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
        const line = Buffer.concat(rest).toString('utf8');
        replayLine(line, path, wholeBytes, replay);
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

function replayLine(line: string, path: string, at: number, replay: (line: string) => void): void {
  try {
    replay(line);
  } catch (cause) {
    throw new Error(
      `${path} cannot be read at byte ${at}; move the file away to begin with an empty sandbox.`,
      { cause },
    );
  }
}

function appendTo(file: FileHandle): Journal {
  type Waiting = { line: string; resolve: () => void; reject: (reason: unknown) => void };
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let unsynced = false;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await file.appendFile(group.map(({ line }) => `${line}\n`).join(''));
        unsynced = true;
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    writing = undefined;
  };
  const sync = async (): Promise<void> => {
    if (!unsynced) return;
    unsynced = false;
    await file.datasync();
  };
  // A kill loses nothing that was written; this bounds what a power cut can lose to about a second.
  const timer = setInterval(() => void sync(), 1_000);
  timer.unref();

  return {
    append(line) {
      return new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject });
        writing ??= write();
      });
    },
    async close() {
      clearInterval(timer);
      await writing;
      await sync();
      await file.close();
    },
  };
}
