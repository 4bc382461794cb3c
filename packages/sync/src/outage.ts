// What the organisations of one app tell each other of an outage: whose turn it is to ask, and that Xero answers again.
import { outageAfter } from '@stockbook/core';
import type { Db } from '@stockbook/db';

export interface Outage {
  /** When whoever waits next looks whether Xero answers another organisation: all at once, and one of them reads. */
  nextLookMs(nowMs: number): number;
  /** In [0, 1), as last read: the organisations in an outage ask evenly one after the other, from a moment of the app's own. */
  turn(): number | undefined;
  /** What the last call of this organisation came to: whether too many in a row were not answered. */
  hear(isDown: boolean, nowMs: number): void;
  /** Whether Xero has begun to answer another organisation; true once in an outage, since the outage may be this organisation's own. */
  isOver(nowMs: number): Promise<boolean>;
}

const lookMs = 3_000;

interface Others {
  place: number;
  count: number;
  phase: number;
  answeredMs: number | null;
}

export function createOutage(db: Db, organisation: string): Outage {
  let beganMs: number | undefined;
  let told = false;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let others: Others | undefined;
  return {
    nextLookMs: (nowMs) => (Math.floor(nowMs / lookMs) + 1) * lookMs,
    turn: () => others && (others.phase + others.place / Math.max(1, others.count)) % 1,
    hear: (isDown, nowMs) => {
      beganMs = isDown ? (beganMs ?? nowMs) : undefined;
      told = isDown && told;
    },
    isOver: async (nowMs) => {
      // A run that begins in an outage takes it for as old as itself.
      beganMs ??= nowMs;
      if (nowMs - readAtMs >= lookMs) {
        readAtMs = nowMs;
        others = await readOthers(db, organisation);
      }
      const isAnswered = !told && others !== undefined && (others.answeredMs ?? 0) > beganMs;
      if (isAnswered) told = true;
      return isAnswered;
    },
  };
}

/** Those that ask are the ones that are being worked and get no answer; this one is one of them. An error may say what is left of the limits, too, and is no answer. */
async function readOthers(db: Db, organisation: string): Promise<Others> {
  const [row] = await db.sql.query<Others>(
    `WITH asking AS (SELECT organisation_id AS id FROM connection
        WHERE organisation_id = $1::uuid OR (failures >= $2 AND lease_until >= stockbook_now()))
     SELECT (SELECT count(*)::int FROM asking WHERE id < $1::uuid) AS place, (SELECT count(*)::int FROM asking) AS count,
            (SELECT (hashtext(min(id::text)) & 1023) / 1024.0 FROM asking)::float8 AS phase,
            (SELECT extract(epoch FROM max(budget_at)) * 1000 FROM connection WHERE organisation_id <> $1::uuid AND failures = 0)::float8 AS "answeredMs"`,
    organisation,
    outageAfter,
  );
  return row ?? { place: 0, count: 1, phase: 0, answeredMs: null };
}
