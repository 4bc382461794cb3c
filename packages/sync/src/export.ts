// Carrying one export from its frozen text to its settlement: send, look, send again, each step kept before it is taken.
import {
  type Failure,
  nextStep,
  type Settlement,
  type Step,
  settle,
  settleRefusedLook,
} from '@stockbook/core';
import { type CallResult, hashOf } from '@stockbook/xero';
import { attemptEnd, beginAttempt, callXero, isLook, repliesOf } from './attempt.ts';
import { type Carriage, type Carried, type Next, viewOf } from './carriage.ts';
import { settleCompared } from './compared.ts';
import type { Entity, Remote } from './entity.ts';
import type { ExportRow } from './export-row.ts';
import { settleFound } from './found.ts';
import { giveUp } from './give-back.ts';
import { waitHearing } from './hearing.ts';
import { leaveOpen } from './leave-open.ts';
import type { Pair } from './pair.ts';
import { createPassage } from './passage.ts';
import type { ElementReply } from './settle.ts';
import { around } from './step.ts';
import { type Heard, split, writeSettled } from './verdict.ts';
import { writeRetry } from './wait.ts';

/** Carries `row` on until it is settled, or until the run must be given up. Exports it is split into are carried too; an update among them follows the comparison of `before`. */
export async function carryExport(
  it: Carriage,
  entity: Entity,
  row: ExportRow,
  before?: Pair,
): Promise<Carried> {
  const call: Call = { pair: before };
  try {
    return await carry(it, entity, row, call);
  } finally {
    call.pair?.drop();
  }
}

/** Half of what a key that is still trusted has left at least (XERO.md 3). */
const keySpareMs = 30_000;
/** Between what was compared and the update lie a few statements of a database that may be slow, and no more. */
const comparisonTrustMs = 10_000;

/** The comparison that was made last, with what is kept for its update. */
interface Call {
  pair: Pair | undefined;
}

async function carry(it: Carriage, entity: Entity, row: ExportRow, call: Call): Promise<Carried> {
  const { remote } = entity;
  if (remote === undefined) throw new Error(`${entity.name} has no way to Xero`);
  let current = row;
  let fresh = row.attempts === 0 && row.firstSentAtMs === null && !row.unknown;
  for (;;) {
    // Kept with the export, so that it holds whoever looks next.
    const { lookedAtMs } = current;
    if (!current.compared) call.pair?.drop();
    const asked = lookedAtMs === null ? undefined : await waitHearing(it, lookedAtMs + it.lookMs);
    if (asked !== undefined) return { kind: 'asked', ...asked };
    if (it.lease.signal.aborted) return { kind: 'stopped' };
    const sameText = fresh || hashOf(current.body) === current.hash;
    fresh = false;
    const entry = await enter(it, current, call);
    if (entry.kind === 'stop') return { kind: 'stopped' };
    if (entry.kind === 'park' || entry.kind === 'asked') {
      if (current.attempts === 0 && !current.unknown) await giveUp(it, current);
      return entry;
    }
    current = { ...current, compared: entry.compared };
    const step = nextStep(viewOf(current), sameText, entry.atMs);
    const begun = await oneCall(it, remote, current, step, entry.atMs);
    // A comparison without an answer has no update that follows.
    if (begun.answer.kind === 'answered') call.pair?.compared(begun.heardAtMs);
    else call.pair?.drop();
    current = begun.row;
    const { answer } = begun;
    const replies = answer.kind === 'answered' ? repliesOf(remote, answer.elements) : [];
    const attempt = attemptEnd(begun.attemptId, step, begun, replies);
    const heard: Heard = {
      entity,
      remote,
      row: current,
      attempt,
      allowance: answer.allowance,
      letGoMs: entry.atMs,
    };
    const done = await settleAnswer(it, heard, step, answer, replies);
    if (done.kind === 'again') current = done.row;
    else if (done.kind === 'parts') return carryAll(it, entity, done.rows, call.pair);
    else return done;
  }
}

/** An update that was compared goes at once or is compared again: whatever it would wait for, a person in Xero may come before. */
async function enter(it: Carriage, { action, compared, urgent }: ExportRow, call: Call) {
  const isUrgent = async () => urgent;
  const atMs = compared ? await call.pair?.follow() : undefined;
  if (atMs !== undefined) return { kind: 'go', atMs, compared: true } as const;
  call.pair?.drop();
  const { signal } = it.lease;
  if (action === 'create') return { ...(await it.governor.enter(signal, isUrgent)), compared: false };
  const entry = await it.governor.enterPair(signal, isUrgent);
  if (entry.kind === 'go') call.pair = entry.pair;
  return { ...entry, compared: false };
}

/** A look says the same whenever it is made. */
function trustOf({ action, unknown }: ExportRow, step: Step): number {
  if (isLook(step)) return Number.POSITIVE_INFINITY;
  if (action === 'update') return comparisonTrustMs;
  return unknown ? keySpareMs : Number.POSITIVE_INFINITY;
}

/** A call that the governor let go: kept, made, and told of, whatever breaks. */
async function oneCall(it: Carriage, remote: Remote, row: ExportRow, step: Step, atMs: number) {
  const passage = createPassage(it, { atMs, urgent: row.urgent, trustMs: trustOf(row, step) });
  try {
    const begun = await beginAttempt(it, remote, row, step);
    const answer = await callXero(it, remote, begun.row, step, passage.gate);
    const heardAtMs = await passage.leave(answer);
    return { ...begun, answer, heardAtMs, isHeldBack: passage.isHeldBack() };
  } catch (error) {
    passage.abandon();
    throw error;
  }
}

/** Carries parts one after the other; the first that cannot go on stops the rest. */
async function carryAll(
  it: Carriage,
  entity: Entity,
  rows: readonly ExportRow[],
  pair: Pair | undefined,
): Promise<Carried> {
  for (const row of rows) {
    const carried = await carryExport(it, entity, row, pair);
    if (carried.kind !== 'settled') return carried;
  }
  return { kind: 'settled' };
}

async function settleAnswer(
  it: Carriage,
  heard: Heard,
  step: Step,
  answer: CallResult,
  replies: readonly ElementReply[],
): Promise<Next> {
  const { row } = heard;
  if (answer.kind === 'answered') {
    if (step.kind === 'look') return settleFound(it, heard, replies);
    if (step.kind === 'compare') return settleCompared(it, heard, replies, step.trusted);
    return decide(it, heard, settle(viewOf(row), { kind: 'answered', replies }, it.chance()));
  }
  const { failure } = answer;
  if (isLook(step) && failure.kind === 'invalid')
    return decide(it, heard, settleRefusedLook(viewOf(row), failure.message));
  const told = step.kind === 'compare' ? toldByComparison(failure) : failure;
  return decide(it, heard, settle(viewOf(row), { kind: 'failed', failure: told }, it.chance()));
}

/** A comparison without an answer leaves what is known of its export as it was: it is made again later. */
function toldByComparison(failure: Failure): Failure {
  return failure.kind === 'unknown-outcome' ? { kind: 'unreachable', message: failure.message } : failure;
}

async function decide(it: Carriage, heard: Heard, settlement: Settlement<ElementReply>): Promise<Next> {
  switch (settlement.kind) {
    case 'settled':
      return writeSettled(it, heard, settlement);
    case 'retry':
      return writeRetry(it, heard, settlement);
    case 'split':
      return { kind: 'parts', rows: await split(it, heard, settlement.halves) };
    case 'left':
      return leaveOpen(it, heard, settlement);
    case 'pause': {
      const { problem } = settlement;
      const wait = {
        waitMs: 0,
        unknown: heard.row.unknown,
        counts: false,
        closesBudget: false,
        distrust: false,
      };
      await writeRetry(it, heard, { kind: 'retry', ...wait, hindrance: 'connection', why: problem });
      await around(it.step, 'pause', heard.entity.name, () =>
        it.pause(it.lease.organisation, problem, { atMs: heard.letGoMs }),
      );
      return { kind: 'paused', problem };
    }
  }
}
