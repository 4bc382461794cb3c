// Appends lines to the journal's file and reads tails back.
import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import type { Journal } from './journal.ts';

/** `file`: a descriptor open for appending and reading. */
export function appendTo(file: number): Journal {
  let end = fstatSync(file).size;
  let unsynced = false;
  let syncing: Promise<void> = Promise.resolve();

  // A kill loses nothing that was written; this bounds what a power cut can lose to about a second.
  const timer = setInterval(() => {
    if (!unsynced) return;
    unsynced = false;
    syncing = new Promise((resolve) => {
      fdatasync(file, (error) => {
        if (error !== null) console.error(error);
        resolve();
      });
    });
  }, 1_000);
  timer.unref();

  return {
    // Written at once: handing a line to another thread takes longer than the operating system needs to take it.
    async append(line) {
      const { bytes, tail } = line;
      const begin = end;
      end += write(file, bytes, end);
      unsynced = true;
      return tail && { at: begin + tail.at, length: tail.length };
    },
    read({ at, length }) {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, at);
      return bytes;
    },
    async close() {
      clearInterval(timer);
      await syncing;
      if (unsynced) fdatasyncSync(file);
      closeSync(file);
    },
  };
}

/** Returns how many bytes were written, which is all; a part that was written before an error is cut off again. */
function write(file: number, bytes: Buffer, end: number): number {
  try {
    for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
    return bytes.length;
  } catch (error) {
    ftruncateSync(file, end);
    throw error;
  }
}
