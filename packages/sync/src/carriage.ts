// What carrying an export needs at hand, and how it can end.
import type { Allowance, ExportView, Failure, Member } from '@stockbook/core';
import type { Db } from '@stockbook/db';
import type { XeroApi } from '@stockbook/xero';
import type { AskedOf } from './ask.ts';
import type { Clock } from './clock.ts';
import type { Entity, Remote } from './entity.ts';
import type { ExportRow } from './export-row.ts';
import type { Governor } from './governor.ts';
import type { Lease } from './lease.ts';
import type { Seen } from './pause.ts';
import type { Standstill } from './reason.ts';
import type { Stepping } from './step.ts';

export type ApiResult = { kind: 'ready'; api: XeroApi } | { kind: 'failed'; failure: Failure };

export interface Carriage {
  db: Db;
  clock: Clock;
  lease: Lease;
  governor: Governor;
  run: { id: string; entities: readonly Entity[] };
  /** Xero for this organisation, with a token that is good now. */
  xero(organisation: string, leaseToken: bigint): Promise<ApiResult>;
  /** Stops the connection and says why, when Xero no longer lets us in. */
  pause(organisation: string, problem: string, seen: Seen): Promise<void>;
  /** Says on the run why nothing moves, and until when no call goes. */
  explain(standstill: Standstill, untilMs: number): Promise<void>;
  /** What a person asked of the run since it was taken. */
  asked(): Promise<AskedOf | undefined>;
  /** Between two looks that found nothing. */
  lookMs: number;
  /** In [0, 1), for waits that are not to end all at once. */
  chance(): number;
  step: Stepping;
}

export type Carried =
  | { kind: 'settled' }
  | ({ kind: 'park'; untilMs: number; urgentMayGo?: boolean } & Standstill)
  | { kind: 'paused'; problem: string }
  | ({ kind: 'asked' } & AskedOf)
  | { kind: 'stopped' };

/** Of an answer that said nothing of the limits. */
export const unheard: Allowance = { leftThisMinute: null, leftToday: null };

/** What follows an answer: the end, the same export again, or the parts it fell into. */
export type Next = Carried | { kind: 'again'; row: ExportRow } | { kind: 'parts'; rows: ExportRow[] };

/** Some of an export's members with their payloads, in their order. */
export function partOf(row: ExportRow, members: readonly Member[], remote: Remote) {
  const wanted = new Set(members.map((member) => member.recordId));
  const wires = row.wires.filter((_wire, index) => wanted.has(row.members[index]?.recordId ?? ''));
  return { members: [...members], wires, records: row.records, remote };
}

/** An export as the core sees it. */
export function viewOf(row: ExportRow): ExportView {
  const { action, unknown, attempts, firstSentAtMs, looks, compared, refusal, members } = row;
  return { action, unknown, attempts, firstSentAtMs, looks, compared, refusal, members };
}
