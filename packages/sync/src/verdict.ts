// What an answer decided, written: verdicts, and parts that must still be carried.
import type { Allowance, Member, Settlement } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import { hashOf } from '@stockbook/xero';
import { type AttemptEnd, endAttempt } from './attempt-end.ts';
import { type Carriage, type Next, partOf } from './carriage.ts';
import type { Entity, Remote } from './entity.ts';
import { type CarriedOn, type ExportRow, insertExport } from './export-row.ts';
import { giveBackExcluded } from './give-back.ts';
import { fence } from './lease.ts';
import { closeExport, type ElementReply, type Settled, tellExport, writeVerdicts } from './settle.ts';
import { type Act, committing } from './step.ts';

/** What an export is settled with: its entity, its way to Xero, its row, the attempt's end and what the headers said. */
export interface Heard {
  entity: Entity;
  remote: Remote;
  row: ExportRow;
  attempt: AttemptEnd;
  allowance: Allowance;
  /** When the governor let the call go. */
  letGoMs: number;
}

export type Answered = Extract<Settlement<ElementReply>, { kind: 'settled' }>;

/** One transaction of a settlement: fenced first, what the headers said last. */
export function settling<T>(it: Carriage, heard: Heard, act: Act, work: (tx: Tx) => Promise<T>): Promise<T> {
  const at = { organisation: it.lease.organisation, act, entity: heard.entity.name };
  return committing(it.db, it.step, at, async (tx) => {
    await fence(tx, it.lease);
    const result = await work(tx);
    const { leftThisMinute } = heard.allowance;
    const heardOf = { budget: it.governor.budget(), leftThisMinute };
    await endAttempt(tx, it.lease, it.run.id, heard.attempt, heardOf);
    return result;
  });
}

/** Writes verdicts; those that were not answered become an export of their own that looks first. */
export async function writeSettled(it: Carriage, heard: Heard, settlement: Answered): Promise<Next> {
  const { row } = heard;
  const { sent, rejected, unanswered } = settlement;
  const rows = await settling(it, heard, 'verdict', async (tx) => {
    await closeExport(tx, row, sent.length + rejected.length > 0 ? 'sent' : 'failed');
    const onward = { members: unanswered, words: 'without a clear answer: to be looked for in Xero' };
    const settled = { sent: await judge(tx, heard, sent), rejected, onward };
    await writeVerdicts(tx, it.run, heard.entity, row, settled);
    return carryPart(tx, it, heard, unanswered, { generation: row.generation, unknown: true });
  });
  return rows.length === 0 ? { kind: 'settled' } : { kind: 'parts', rows };
}

/** Those that must still be carried, as an export of their own; what a person excluded meanwhile is among them only where it may have landed. */
export async function carryPart(
  tx: Tx,
  it: Carriage,
  { entity, remote, row }: Heard,
  members: readonly Member[],
  carried: CarriedOn,
): Promise<ExportRow[]> {
  const going = carried.unknown ? members : await giveBackExcluded(tx, { ...row, runId: it.run.id }, members);
  if (going.length === 0) return [];
  return [
    await insertExport(tx, it.run.id, entity.name, row.action, partOf(row, going, remote), {
      ...carried,
      urgent: row.urgent,
    }),
  ];
}

/** Compares Xero's answer with what it was made from, or with the books where that is not at hand any more: a difference of a cent is a warning, never *Completed* (X17). */
export async function judge(tx: Tx, heard: Heard, sent: Answered['sent']): Promise<Settled['sent']> {
  const { entity, remote, row } = heard;
  const ids = sent.map((one) => one.member.recordId).filter((id) => !row.records.has(id));
  const loaded = ids.length === 0 ? [] : await entity.load(tx.sql, tx.organisation, ids);
  const byId = new Map([...row.records, ...loaded.map((record) => [record.id, record] as const)]);
  const wires = new Map(row.wires.map((wire) => [remote.keyOf(wire), wire]));
  return sent.map(({ member, reply }) => {
    const record = byId.get(member.recordId);
    const wire = wires.get(member.key);
    const differs = record === undefined ? undefined : entity.check?.(record, reply.element, wire);
    const { warnings } = reply.element;
    const said = warnings.length > 0 ? `Xero warns: ${warnings.join(' ')}` : undefined;
    const wireHash = wire === undefined ? '' : hashOf(JSON.stringify(wire));
    return { member, reply, wireHash, warning: differs ?? said };
  });
}

/** In parts of their own, until the culprit stands alone. Nothing of the request was made, and the parts know that of themselves too. */
export function split(it: Carriage, heard: Heard, halves: readonly Member[][]): Promise<ExportRow[]> {
  const { entity, row } = heard;
  return settling(it, heard, 'split', async (tx) => {
    await closeExport(tx, row, 'split');
    const parts: ExportRow[] = [];
    for (const half of halves) {
      const carried = { generation: 0, unknown: false };
      for (const part of await carryPart(tx, it, heard, half, carried))
        parts.push({ ...part, refusal: 'atomic' });
    }
    const words = `refused as one request, tried in two parts: ${await readRefusal(tx, heard)}`;
    const onward = { members: row.members, words };
    tellExport(tx, it.run.id, entity, row, { sent: [], rejected: [], onward });
    return parts;
  });
}

const refusalMax = 300;

/** Xero's words for the request as a whole: of this answer, or of the one before it was looked for what it had made. */
async function readRefusal(tx: Tx, { row, attempt }: Heard): Promise<string> {
  const words = attempt.message ?? (await readEarlierRefusal(tx, row)) ?? '';
  return words.length > refusalMax ? `${words.slice(0, refusalMax)}…` : words;
}

async function readEarlierRefusal(tx: Tx, row: ExportRow): Promise<string | undefined> {
  const [refused] = await tx.sql.query<{ message: string }>(
    `SELECT message FROM attempt WHERE organisation_id = $1::uuid AND export_id = $2::uuid AND outcome = 'invalid' ORDER BY id DESC LIMIT 1`,
    tx.organisation,
    row.id,
  );
  return refused?.message;
}
