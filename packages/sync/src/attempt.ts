// One attempt: kept before the call goes, and what Xero said kept after it.
import type { Step } from '@stockbook/core';
import { createId } from '@stockbook/db';
import type { CallResult, Element, Gate, XeroApi } from '@stockbook/xero';
import type { AttemptEnd } from './attempt-end.ts';
import { type Carriage, unheard } from './carriage.ts';
import type { Remote } from './entity.ts';
import type { ExportRow } from './export-row.ts';
import { fence } from './lease.ts';
import type { ElementReply } from './settle.ts';
import { around, committing } from './step.ts';

/** Keeps that a call goes, before it goes: the export is sending, the attempt has a row, the run has one call more. */
export async function beginAttempt(
  it: Carriage,
  remote: Remote,
  row: ExportRow,
  step: Step,
): Promise<{ row: ExportRow; attemptId: string }> {
  const look = isLook(step);
  const anew = step.kind === 'send-anew';
  const text = anew ? remote.freeze(row.wires) : { body: row.body, hash: row.hash };
  const generation = anew ? row.generation + 1 : row.generation;
  const key = anew ? `stockbook-${row.id}-${generation}` : row.key;
  const attemptId = createId();
  const at = { organisation: it.lease.organisation, act: 'intent', entity: row.entity } as const;
  const sentAtMs = await committing(it.db, it.step, at, async (tx) => {
    await fence(tx, it.lease);
    const [sent] = await tx.sql.query<{ at: Date | null }>(
      `WITH sent AS (
         UPDATE export SET state = CASE WHEN $9 THEN state ELSE 'sending' END, attempts = attempts + $3, generation = $4, key = $5,
                body = coalesce($6, body), hash = $7, first_sent_at = CASE WHEN $8 THEN stockbook_now()
                  WHEN $3 = 1 THEN coalesce(first_sent_at, stockbook_now()) ELSE first_sent_at END
          WHERE organisation_id = $1::uuid AND id = $2::uuid AND state IN ('prepared', 'sending', 'retrying')
          RETURNING first_sent_at AS at),
       begun AS (
         INSERT INTO attempt (organisation_id, id, export_id, kind, started_at)
         SELECT $1::uuid, $10::uuid, $2::uuid, $11, stockbook_now() FROM sent),
       counted AS (
         UPDATE run SET calls = calls + $3, reads = reads + 1 - $3 WHERE organisation_id = $1::uuid AND id = $12::uuid)
       SELECT at FROM sent`,
      tx.organisation,
      row.id,
      look ? 0 : 1,
      generation,
      key,
      anew ? text.body : null,
      text.hash,
      anew,
      step.kind === 'compare',
      attemptId,
      look ? step.kind : 'send',
      it.run.id,
    );
    if (sent === undefined) throw new Error(`Export ${row.id} is settled already`);
    return sent.at?.getTime() ?? null;
  });
  const attempts = row.attempts + (look ? 0 : 1);
  return { row: { ...row, ...text, key, generation, attempts, firstSentAtMs: sentAtMs }, attemptId };
}

/** Reads only: takes no attempt, and of itself leaves the outcome as it was. */
export function isLook(step: Step): boolean {
  return step.kind === 'look' || step.kind === 'compare';
}

/** Sends or looks, with a token that is good now; no request goes unless `gate` lets it. */
export async function callXero(
  it: Carriage,
  remote: Remote,
  row: ExportRow,
  step: Step,
  gate: Gate,
): Promise<CallResult> {
  const xero = await it.xero(it.lease.organisation, it.lease.token);
  if (xero.kind === 'failed') return { kind: 'failed', failure: xero.failure, allowance: unheard, calls: 0 };
  const api = gated(xero.api, gate);
  if (step.kind === 'look') return around(it.step, 'look', row.entity, () => remote.find(api, row.wires));
  if (step.kind === 'compare')
    return around(it.step, 'compare', row.entity, () => remote.current(api, row.wires));
  const { action, body, hash, key } = row;
  const answer = await around(it.step, 'send', row.entity, () =>
    remote.send(api, { action, body, hash, key }),
  );
  if (answer.kind !== 'changed-text') return answer;
  const message = 'The kept text is not the one that was frozen: Xero is asked before anything is sent';
  return {
    kind: 'failed',
    failure: { kind: 'unknown-outcome', status: null, message },
    allowance: unheard,
    calls: 0,
  };
}

function gated(api: XeroApi, gate: Gate): XeroApi {
  return {
    tenantId: api.tenantId,
    send: (call) => api.send({ ...call, gate }),
    find: (call) => api.find({ ...call, gate }),
  };
}

/** Elements as the core judges them: matched by number or code, an id of zeros counts as none. */
export function repliesOf(remote: Remote, elements: readonly Element[]): ElementReply[] {
  return elements.map((element) => ({
    key: remote.keyOfElement(element),
    verdict: element.verdict,
    xeroId: element.xeroId,
    words: element.messages.join(' '),
    element,
  }));
}

/** What the attempt came to; what never went has no status. */
export function attemptEnd(
  id: string,
  step: Step,
  { answer, isHeldBack }: { answer: CallResult; isHeldBack: boolean },
  replies: readonly ElementReply[],
): AttemptEnd {
  const ended = { id, look: isLook(step), moreCalls: answer.calls - 1 };
  if (answer.kind === 'failed') {
    const { failure } = answer;
    const limited = failure.kind === 'rate-limited' && !isHeldBack ? 429 : null;
    const status = 'status' in failure ? failure.status : limited;
    const kept = answer.body === undefined ? null : JSON.stringify({ body: answer.body });
    return { ...ended, outcome: failure.kind, status, message: failure.message, answer: kept };
  }
  const clean = replies.every((reply) => reply.verdict === 'ok');
  const kept = clean ? null : answer.text;
  return { ...ended, outcome: 'answered', status: answer.status, message: null, answer: kept };
}
