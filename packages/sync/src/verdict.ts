// What an answer or a look decided, written: verdicts, parts that must still be carried, and waits.
import { createHash } from 'node:crypto';
import { type Allowance, type Settlement, settleLook } from '@stockbook/core';
import type { CallResult } from '@stockbook/xero';
import { type AttemptEnd, endAttempt } from './attempt-end.ts';
import { type Carriage, type Next, viewOf, wiresOf } from './carriage.ts';
import type { Entity, Remote } from './entity.ts';
import { type ExportRow, insertExport } from './export-row.ts';
import { parkAfterMs } from './governor.ts';
import { closeExport, type ElementReply, fenceWith, type Settled, writeVerdicts } from './settle.ts';

/** Writes verdicts; those that were not answered become an export of their own that looks first. */
export async function writeSettled(
  it: Carriage,
  entity: Entity,
  remote: Remote,
  row: ExportRow,
  attempt: AttemptEnd,
  settlement: Extract<Settlement<ElementReply>, { kind: 'settled' }>,
  allowance: Allowance,
): Promise<Next> {
  const rows = await it.db.write(it.lease.organisation, async (tx) => {
    await fenceWith(tx, it.lease, allowance);
    await closeExport(
      tx,
      row.id,
      settlement.sent.length + settlement.rejected.length > 0 ? 'sent' : 'failed',
    );
    await endAttempt(tx, attempt);
    const records = await entity.load(
      tx.prisma,
      tx.organisation,
      settlement.sent.map((one) => one.member.recordId),
    );
    const sent = judge(entity, remote, row, records, settlement.sent);
    await writeVerdicts(tx, it.run, entity, row, { sent, rejected: settlement.rejected });
    if (settlement.unanswered.length === 0) return [];
    const text = remote.freeze(
      wiresOf(
        remote,
        row,
        settlement.unanswered.map((member) => member.recordId),
      ),
    );
    const carried = { generation: row.generation, unknown: true };
    return [await insertExport(tx, it.run.id, entity.name, row.action, settlement.unanswered, text, carried)];
  });
  return rows.length === 0 ? { kind: 'settled' } : { kind: 'parts', rows };
}

/** Compares Xero's answer with what was planned: a difference of a cent is a warning, never *Completed* (X17). */
function judge(
  entity: Entity,
  remote: Remote,
  row: ExportRow,
  records: readonly { id: string }[],
  sent: Extract<Settlement<ElementReply>, { kind: 'settled' }>['sent'],
): Settled['sent'] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const hashes = new Map(
    remote.thaw(row.body).map((wire) => [remote.keyOf(wire), sha256(JSON.stringify(wire))]),
  );
  return sent.map(({ member, reply }) => {
    const record = byId.get(member.recordId);
    const differs = record === undefined ? undefined : entity.check?.(record, reply.element);
    const said =
      reply.element.warnings.length > 0 ? `Xero warns: ${reply.element.warnings.join(' ')}` : undefined;
    return { member, reply, wireHash: hashes.get(member.key) ?? '', warning: differs ?? said };
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** After a look: what landed is settled, what is absent goes under the next generation of the key. */
export async function settleFound(
  it: Carriage,
  entity: Entity,
  remote: Remote,
  row: ExportRow,
  attempt: AttemptEnd,
  replies: readonly ElementReply[],
  allowance: Allowance,
): Promise<Next> {
  const live = replies.filter(
    (reply) => reply.element.status !== 'VOIDED' && reply.element.status !== 'DELETED',
  );
  const finding = settleLook(viewOf(row), live, row.looks + 1);
  if (finding.kind === 'look-again') {
    await it.db.write(it.lease.organisation, async (tx) => {
      await fenceWith(tx, it.lease, allowance);
      await endAttempt(tx, attempt);
      await tx.prisma.$executeRawUnsafe(
        `UPDATE export SET state = 'retrying', unknown = true, looks = looks + 1, looked_at = stockbook_now()
          WHERE organisation_id = $1::uuid AND id = $2::uuid`,
        tx.organisation,
        row.id,
      );
    });
    await it.clock.until((await it.clock.now()) + it.lookMs, it.lease.signal);
    return { kind: 'again', row: { ...row, unknown: true, looks: row.looks + 1 } };
  }
  const rows = await it.db.write(it.lease.organisation, async (tx) => {
    await fenceWith(tx, it.lease, allowance);
    await closeExport(tx, row.id, finding.landed.length > 0 ? 'sent' : 'failed');
    await endAttempt(tx, attempt);
    const records = await entity.load(
      tx.prisma,
      tx.organisation,
      finding.landed.map((one) => one.member.recordId),
    );
    if (finding.landed.length > 0) {
      await writeVerdicts(tx, it.run, entity, row, {
        sent: judge(entity, remote, row, records, finding.landed),
        rejected: [],
      });
    }
    if (finding.absent.length === 0) return [];
    const text = remote.freeze(
      wiresOf(
        remote,
        row,
        finding.absent.map((member) => member.recordId),
      ),
    );
    const carried = { generation: row.generation + 1, unknown: false };
    return [await insertExport(tx, it.run.id, entity.name, row.action, finding.absent, text, carried)];
  });
  return rows.length === 0 ? { kind: 'settled' } : { kind: 'parts', rows };
}

/** Keeps that the export waits, waits, and hands it back. */
export async function writeRetry(
  it: Carriage,
  row: ExportRow,
  attempt: AttemptEnd,
  retry: Extract<Settlement<ElementReply>, { kind: 'retry' }>,
  answer: CallResult,
): Promise<Next> {
  const untilMs = (await it.clock.now()) + retry.waitMs;
  await it.db.write(it.lease.organisation, async (tx) => {
    await fenceWith(tx, it.lease, answer.allowance);
    await endAttempt(tx, attempt);
    await tx.prisma.$executeRawUnsafe(
      `UPDATE export SET state = 'retrying', unknown = $3, not_before = $4, attempts = attempts - $5,
              first_sent_at = CASE WHEN $6 THEN NULL ELSE first_sent_at END
        WHERE organisation_id = $1::uuid AND id = $2::uuid`,
      tx.organisation,
      row.id,
      retry.unknown,
      new Date(untilMs),
      retry.counts ? 0 : 1,
      retry.distrust,
    );
    await tx.prisma.$executeRawUnsafe(
      `UPDATE record SET sync_state = $3 WHERE organisation_id = $1::uuid AND id IN (SELECT value::uuid FROM json_array_elements_text($2::json))`,
      tx.organisation,
      JSON.stringify(row.members.map((member) => member.recordId)),
      retry.unknown ? 'checking' : 'sending',
    );
    if (attempt.status === 429) {
      await tx.prisma.$executeRawUnsafe(
        `UPDATE run SET throttled = throttled + 1 WHERE organisation_id = $1::uuid AND id = $2::uuid`,
        tx.organisation,
        it.run.id,
      );
    }
    tx.topics.set('run', it.run.id);
  });
  if (retry.closesBudget) it.governor.close(untilMs);
  if (retry.waitMs > parkAfterMs) return { kind: 'park', untilMs, reason: retry.why };
  if (retry.waitMs > 0) await it.explain(`${retry.why}: trying again`);
  await it.clock.until(untilMs, it.lease.signal);
  const attempts = row.attempts - (retry.counts ? 0 : 1);
  return {
    kind: 'again',
    row: {
      ...row,
      unknown: retry.unknown,
      attempts,
      firstSentAtMs: retry.distrust ? null : row.firstSentAtMs,
    },
  };
}
