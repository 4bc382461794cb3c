// Appends lines to the journal's file and reads tails back.
import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import type { Journal, Line } from './journal.ts';
import { roomOf } from './json-writer.ts';

/** `file`: a descriptor open for appending and reading. */
export function appendTo(file: number): Journal {
  let end = fstatSync(file).size;
  const draft = createDraft();
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
      const { bytes, tailAt } = draft(line);
      const at = end + tailAt;
      end += write(file, bytes, end);
      unsynced = true;
      return line.tail === undefined ? undefined : { at, length: line.tail.length };
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

type Draft = (line: Line) => { readonly bytes: Buffer; readonly tailAt: number };

/** Puts a line into bytes that are used again for the next: new ones for each would take longer than writing them. */
function createDraft(): Draft {
  const draft = Buffer.allocUnsafeSlow(draftBytes);
  return ({ text, tail }) => {
    // A tab and a line end stand around the tail.
    const bytesMax = roomOf(text) + (tail?.length ?? 0) + 2;
    const page = bytesMax <= draftBytes ? draft : Buffer.allocUnsafeSlow(bytesMax);
    let length = page.write(text, 0, 'utf8');
    const tailAt = length + 1;
    if (tail !== undefined) {
      page[length] = tab;
      page.set(tail, tailAt);
      length += 1 + tail.length;
    }
    page[length] = newline;
    return { bytes: page.subarray(0, length + 1), tailAt };
  };
}

const draftBytes = 1024 * 1024;
const newline = 0x0a;
const tab = 0x09;

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
