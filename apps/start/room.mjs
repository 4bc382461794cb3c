// A PostgreSQL that ended and whose disk is full: it is started again when there is room, without anybody.
import { statfsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startPostgres } from './postgres.mjs';

/** What PostgreSQL may need to come up: a few segments of its log. */
const ROOM_BYTES = 64 * 1024 * 1024;
const WAIT_MS = 2_000;

/**
 * As `startPostgres`, but while the folder's disk is full it is tried again and again, which `say` tells once.
 * Answers undefined where `isStopping` says so meanwhile; throws what has other causes.
 */
export async function startWithRoom(folder, settings, { say, isStopping }) {
  for (let said = false; !isStopping(); await delay(WAIT_MS)) {
    const wasFull = isFull(folder);
    try {
      return await startPostgres(folder, settings);
    } catch (error) {
      // Its words may have found no room in the log either, so it is the disk that is asked.
      if (!wasFull && !isFull(folder)) throw error;
    }
    if (!said)
      say(
        `The disk of ${folder} is full, and PostgreSQL cannot start: free space there, it then starts by itself.`,
      );
    said = true;
  }
  return undefined;
}

function isFull(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < ROOM_BYTES;
}
