// What becomes of an export: decided from its attempts and their outcome alone (ARCHITECTURE: the failure table).
import type { Failure, Limit } from './failure.ts';
import type { Hindrance } from './hindrance.ts';
import { matching } from './key.ts';
import { halve, type Refusal } from './refusal.ts';
import { backOffMs } from './retry.ts';

export interface Member {
  /** The change's number. */
  number: string;
  recordId: string;
  /** The natural key its payload carries: number or code. */
  key: string;
}

export interface ExportView {
  action: 'create' | 'update';
  /** Once an attempt's outcome is unknown it stays so until the export is settled. */
  unknown: boolean;
  attempts: number;
  firstSentAtMs: number | null;
  looks: number;
  /** Whether Xero's present state was compared just now, before an update goes over it. */
  compared: boolean;
  refusal: Refusal;
  members: readonly Member[];
}

/** One element of an answer, matched by key and never by position. */
export interface Reply {
  key: string | undefined;
  verdict: 'ok' | 'warning' | 'error';
  xeroId: string | null;
  words: string;
}

export type Outcome<R extends Reply> =
  | { kind: 'answered'; replies: readonly R[] }
  | { kind: 'failed'; failure: Failure };

export interface Settled<R extends Reply> {
  kind: 'settled';
  sent: { member: Member; reply: R }[];
  rejected: { member: Member; reason: string }[];
  /** Asked and not answered: their outcome is unknown. */
  unanswered: Member[];
}

export type Settlement<R extends Reply> =
  | Settled<R>
  | {
      kind: 'retry';
      waitMs: number;
      unknown: boolean;
      /** Whether it counts as an attempt. */
      counts: boolean;
      closesBudget: boolean;
      /** Whether the key is worth nothing any more: look before anything is sent. */
      distrust: boolean;
      hindrance: Hindrance;
      why: string;
    }
  | { kind: 'split'; halves: Member[][] }
  | { kind: 'pause'; problem: string }
  /** Left open, its outcome as unknown as before: no run is opened for it within `waitMs`. */
  | { kind: 'left'; waitMs: number; why: string };

/** Where Xero says no time: a place is free again soon, and the app's calls are counted by the minute. */
const concurrentWaitMs = 1_500;
const limitWaitMs = 40_000;

export function settle<R extends Reply>(
  view: ExportView,
  outcome: Outcome<R>,
  chance: number,
): Settlement<R> {
  if (outcome.kind === 'answered') return readAnswer(view, outcome.replies);
  const { failure } = outcome;
  switch (failure.kind) {
    case 'rate-limited':
      return {
        kind: 'retry',
        waitMs: failure.retryAfterMs ?? blindWaitMs(failure.limit, chance),
        ...{ unknown: view.unknown, counts: false, closesBudget: true, distrust: false },
        hindrance: failure.limit === 'day' ? 'day' : 'limit',
        why:
          failure.limit === 'day'
            ? 'Today’s calls to Xero are used up'
            : `Xero's limit (${failure.limit}) is reached`,
      };
    case 'unreachable':
      return wait(view, chance, {
        unknown: view.unknown,
        hindrance: 'network',
        why: 'Xero cannot be reached',
      });
    case 'unknown-outcome':
      return wait(view, chance, {
        ...{ unknown: true, hindrance: 'answer', why: 'Xero gave no answer that can be trusted' },
      });
    case 'unauthorised':
      return { kind: 'pause', problem: lostWords(failure.message) };
    case 'invalid':
      return refuse(view, failure.message);
  }
}

/** With jitter, so that many organisations do not return at once. */
function blindWaitMs(limit: Limit, chance: number): number {
  return Math.round((limit === 'concurrent' ? concurrentWaitMs : limitWaitMs) * (0.5 + chance));
}

/** Of an API call Xero says one bare word, such as AuthenticationUnsuccessful; a person is told what it means. */
function lostWords(message: string): string {
  return /[.!?]$/.test(message) ? message : `Xero no longer accepts the connection (${message}).`;
}

function wait<R extends Reply>(
  view: ExportView,
  chance: number,
  why: { unknown: boolean; hindrance: Hindrance; why: string },
): Settlement<R> {
  return {
    kind: 'retry',
    waitMs: backOffMs(view.attempts, chance),
    counts: true,
    closesBudget: true,
    distrust: false,
    ...why,
  };
}

/** A request refused as a whole: halves until the culprit stands alone. Before the first halves Xero is asked what it made. */
function refuse<R extends Reply>(view: ExportView, message: string): Settlement<R> {
  const mayHaveMade = view.action === 'create' && view.members.length > 1 && view.refusal !== 'atomic';
  if (view.unknown || mayHaveMade) {
    return {
      ...{ kind: 'retry', waitMs: 0, unknown: true, counts: true, closesBudget: false, distrust: true },
      ...{ hindrance: 'answer', why: message },
    };
  }
  const [only] = view.members;
  if (view.members.length === 1 && only !== undefined) {
    return { kind: 'settled', sent: [], rejected: [{ member: only, reason: message }], unanswered: [] };
  }
  return { kind: 'split', halves: halve(view.members) };
}

function readAnswer<R extends Reply>(view: ExportView, replies: readonly R[]): Settled<R> {
  const replyOf = matching(view.members, replies);
  const settled: Settled<R> = { kind: 'settled', sent: [], rejected: [], unanswered: [] };
  for (const member of view.members) {
    const reply = replyOf(member);
    // A refusal in answer to a second sending may say no more than that the first one was carried out.
    if (reply === undefined || (reply.verdict === 'error' && view.unknown)) settled.unanswered.push(member);
    else if (reply.verdict === 'error') settled.rejected.push({ member, reason: reply.words });
    else if (reply.xeroId === null) settled.unanswered.push(member);
    else settled.sent.push({ member, reply });
  }
  return settled;
}

export type Finding<R extends Reply> =
  /** What is `unsettled` is looked for again, apart from what landed. */
  | { kind: 'look-again'; landed: { member: Member; reply: R }[]; unsettled: Member[] }
  | { kind: 'known'; landed: { member: Member; reply: R }[]; absent: Member[] };

/** Absence counts only when two looks agree, or when Xero had answered; presence counts at once, whatever the next look leaves out. `looks` counts this look too. */
export function settleLook<R extends Reply>(
  view: ExportView,
  replies: readonly R[],
  looks: number,
): Finding<R> {
  // A number in another case is another record's: Xero, asked for one, answers with the other too.
  const keys = new Set(view.members.map((member) => member.key.trim()));
  const { sent: landed, unanswered } = readAnswer(
    view,
    replies.filter((reply) => reply.verdict !== 'error' && keys.has(reply.key?.trim() ?? '')),
  );
  const counts = unanswered.length === 0 || looks >= 2 || view.refusal === 'whole';
  return counts
    ? { kind: 'known', landed, absent: unanswered }
    : { kind: 'look-again', landed, unsettled: unanswered };
}
