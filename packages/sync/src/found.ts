// What a look found, written: what landed is settled, what is absent is to be sent, and absence that does not count yet is looked for again.
import { halve, type Member, settleLook } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import { readMappedToOthers } from './agreed.ts';
import { type Carriage, type Next, viewOf } from './carriage.ts';
import { type CarriedOn, type ExportRow, showMembers } from './export-row.ts';
import { idsOf } from './rows.ts';
import { closeExport, type ElementReply, type Settled, tellExport, writeVerdicts } from './settle.ts';
import { type Answered, carryPart, type Heard, judge, settling, split } from './verdict.ts';

/** After a look: what landed is settled at once, so that no later look decides of it; what is absent goes under the next generation of the key. */
export async function settleFound(
  it: Carriage,
  heard: Heard,
  replies: readonly ElementReply[],
): Promise<Next> {
  const { row } = heard;
  const live = await withoutOthers(
    it,
    heard,
    replies.filter(({ element }) => element.status !== 'VOIDED' && element.status !== 'DELETED'),
  );
  const finding = settleLook(viewOf(row), live, row.looks + 1);
  const { landed } = finding;
  if (finding.kind === 'look-again') {
    if (landed.length === 0) return lookAgain(it, heard, true);
    const onward = { members: finding.unsettled, words: 'not found in Xero yet: to be looked for again' };
    const carried = { generation: row.generation, unknown: true, looked: true };
    return nextOf(
      await settling(it, heard, 'found', (tx) => writeFound(tx, it, heard, landed, onward, carried)),
    );
  }
  const { absent } = finding;
  // What Xero refused as a whole and made nothing of would be refused again: its halves go.
  if (row.refusal === 'whole' && landed.length === 0)
    return { kind: 'parts', rows: await split(it, heard, halve(absent)) };
  const onward = { members: absent, words: 'not found in Xero: to be sent again' };
  return nextOf(await settling(it, heard, 'found', (tx) => writeFound(tx, it, heard, landed, onward)));
}

const nextOf = (rows: ExportRow[]): Next =>
  rows.length === 0 ? { kind: 'settled' } : { kind: 'parts', rows };

/** A number may have been another record's, and be that one's in Xero until its own change has gone: what is mapped to it is not ours. */
async function withoutOthers(
  it: Carriage,
  { entity, row }: Heard,
  replies: readonly ElementReply[],
): Promise<readonly ElementReply[]> {
  const others = await readMappedToOthers(it.db.sql, it.lease.organisation, entity.name, {
    xeroIds: replies.flatMap(({ xeroId }) => xeroId ?? []),
    recordIds: row.members.map(({ recordId }) => recordId),
  });
  return replies.filter(({ xeroId }) => xeroId === null || !others.has(xeroId));
}

/** What was found in Xero is settled; what is not there goes on as an export of its own, under the next generation of the key where nothing else is said. */
export async function writeFound(
  tx: Tx,
  it: Carriage,
  heard: Heard,
  landed: Answered['sent'],
  onward: Settled['onward'],
  carried: CarriedOn = { generation: heard.row.generation + 1, unknown: false },
): Promise<ExportRow[]> {
  const { entity, row } = heard;
  await closeExport(tx, row, landed.length > 0 ? 'sent' : 'failed');
  const settled = { sent: await judge(tx, heard, landed), rejected: [], onward };
  if (landed.length > 0) await writeVerdicts(tx, it.run, entity, row, settled);
  else tellExport(tx, it.run.id, entity, row, settled);
  return carryPart(tx, it, heard, onward.members, carried);
}

/** Absence does not count yet: looked for again some time later. What is in Xero by all we know and was `leftOut` is told by its mapping. */
export async function lookAgain(
  it: Carriage,
  heard: Heard,
  unknown: boolean,
  leftOut: readonly Member[] = [],
): Promise<Next> {
  const { row } = heard;
  const lookedAtMs = await settling(it, heard, 'look again', async (tx) => {
    const [looked] = await tx.sql.query<{ at: Date }>(
      `UPDATE export SET state = 'retrying', unknown = $3, looks = looks + 1, looked_at = stockbook_now()
        WHERE organisation_id = $1::uuid AND id = $2::uuid RETURNING looked_at AS at`,
      tx.organisation,
      row.id,
      unknown,
    );
    await showMembers(tx, row, unknown);
    if (looked !== undefined) await writeLeftOut(tx, leftOut, looked.at);
    return looked?.at.getTime() ?? null;
  });
  return { kind: 'again', row: { ...row, unknown, looks: row.looks + 1, lookedAtMs } };
}

/** Those that were left out at that instant. */
async function writeLeftOut(tx: Tx, leftOut: readonly Member[], at: Date): Promise<void> {
  if (leftOut.length === 0) return;
  await tx.sql.execute(
    `UPDATE mapping SET theirs = NULL, theirs_at = $3 WHERE organisation_id = $1::uuid AND record_id = ANY(${idsOf('$2')})`,
    tx.organisation,
    JSON.stringify(leftOut.map(({ recordId }) => recordId)),
    at,
  );
}
