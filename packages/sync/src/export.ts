// Carrying one export from its frozen text to its settlement: send, look, send again, each step kept before it is taken.
import { nextStep, type Step, settle } from '@stockbook/core';
import type { CallResult } from '@stockbook/xero';
import { attemptEnd, beginAttempt, callXero, repliesOf } from './attempt.ts';
import { endAttempt } from './attempt-end.ts';
import { type Carriage, type Carried, type Next, viewOf, wiresOf } from './carriage.ts';
import type { Entity, Remote } from './entity.ts';
import { type ExportRow, insertExport } from './export-row.ts';
import { giveUp } from './give-back.ts';
import { closeExport, fenceWith } from './settle.ts';
import { settleFound, writeRetry, writeSettled } from './verdict.ts';

/** Carries `row` on until it is settled, or until the run must be given up. Exports it is split into are carried too. */
export async function carryExport(it: Carriage, entity: Entity, row: ExportRow): Promise<Carried> {
  const { remote } = entity;
  if (remote === undefined) throw new Error(`${entity.name} has no way to Xero`);
  let current = row;
  let fresh = row.attempts === 0 && row.firstSentAtMs === null && !row.unknown;
  for (;;) {
    if (it.lease.signal.aborted) return { kind: 'stopped' };
    const sameText = fresh || remote.freeze(remote.thaw(current.body)).hash === current.hash;
    fresh = false;
    const step = nextStep(viewOf(current), sameText, await it.clock.now());
    const entry = await it.governor.enter(it.lease.signal);
    if (entry.kind === 'stop') return { kind: 'stopped' };
    if (entry.kind === 'park') {
      if (current.attempts === 0 && !current.unknown) await giveUp(it, current);
      return { ...entry, reason: 'Xero’s limit is reached' };
    }
    const begun = await beginAttempt(it, remote, current, step);
    current = begun.row;
    const answer = await callXero(it, remote, current, step);
    it.governor.leave(answer.allowance, entry.atMs);
    const done = await settleAnswer(it, entity, remote, current, begun.attemptId, step, answer);
    if (done.kind === 'again') current = done.row;
    else if (done.kind === 'parts') return carryAll(it, entity, done.rows);
    else return done;
  }
}

/** Carries parts one after the other; the first that cannot go on stops the rest. */
async function carryAll(it: Carriage, entity: Entity, rows: readonly ExportRow[]): Promise<Carried> {
  for (const row of rows) {
    const carried = await carryExport(it, entity, row);
    if (carried.kind !== 'settled') return carried;
  }
  return { kind: 'settled' };
}

async function settleAnswer(
  it: Carriage,
  entity: Entity,
  remote: Remote,
  row: ExportRow,
  attemptId: string,
  step: Step,
  answer: CallResult,
): Promise<Next> {
  const replies = answer.kind === 'answered' ? repliesOf(remote, answer.elements) : [];
  const attempt = attemptEnd(attemptId, answer, replies);
  if (step.kind === 'look' && answer.kind === 'answered')
    return settleFound(it, entity, remote, row, attempt, replies, answer.allowance);
  const outcome = answer.kind === 'answered' ? { kind: 'answered' as const, replies } : answer;
  const settlement = settle(viewOf(row), outcome, Math.random());
  switch (settlement.kind) {
    case 'settled':
      return writeSettled(it, entity, remote, row, attempt, settlement, answer.allowance);
    case 'retry':
      return writeRetry(it, row, attempt, settlement, answer);
    case 'split': {
      const rows = await it.db.write(it.lease.organisation, async (tx) => {
        await fenceWith(tx, it.lease, answer.allowance);
        await closeExport(tx, row.id, 'split');
        await endAttempt(tx, attempt);
        const parts: ExportRow[] = [];
        for (const half of settlement.halves) {
          const text = remote.freeze(
            wiresOf(
              remote,
              row,
              half.map((member) => member.recordId),
            ),
          );
          parts.push(await insertExport(tx, it.run.id, entity.name, row.action, half, text));
        }
        return parts;
      });
      return { kind: 'parts', rows };
    }
    case 'pause':
      await writeRetry(
        it,
        row,
        attempt,
        {
          kind: 'retry',
          waitMs: 0,
          unknown: row.unknown,
          counts: false,
          closesBudget: false,
          distrust: false,
          why: settlement.problem,
        },
        answer,
      );
      await it.pause(it.lease.organisation, settlement.problem);
      return { kind: 'paused', problem: settlement.problem };
  }
}
