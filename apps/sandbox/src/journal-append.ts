// Appends lines to the journal's file, those of calls that end together in one write, and reads tails back.
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Journal, Line, Place } from './journal.ts';

type Waiting = {
  readonly line: Line;
  readonly resolve: (tail: Place | undefined) => void;
  readonly reject: (reason: unknown) => void;
};

/** `sizeBytes`: how long the file is. */
export function appendTo(file: FileHandle, sizeBytes: number): Journal {
  let end = sizeBytes;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let unsynced = false;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const lines = group.map(({ line }) => bytesOf(line));
        await file.appendFile(Buffer.concat(lines.flat()));
        unsynced = true;
        for (const [index, { resolve }] of group.entries()) {
          const [text, tail, ...rest] = lines[index] ?? [];
          const at = end + (text?.length ?? 0);
          end = at + (tail?.length ?? 0) + (rest[0]?.length ?? 0);
          resolve(tail === undefined ? undefined : { at, length: tail.length });
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
        end = (await file.stat()).size;
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
    read({ at, length }) {
      const bytes = Buffer.alloc(length);
      readSync(file.fd, bytes, 0, length, at);
      return bytes;
    },
    async close() {
      clearInterval(timer);
      await writing;
      await sync();
      await file.close();
    },
  };
}

function bytesOf({ text, tail }: Line): Buffer[] {
  return tail === undefined ? [Buffer.from(`${text}\n`)] : [Buffer.from(`${text}\t`), tail, lineEnd];
}

const lineEnd = Buffer.from('\n');
