// After a comparison: what nobody touched goes, what landed is settled, and what was changed in Xero waits for a person.
import { compareUpdate, conflictWords, type Member } from '@stockbook/core';
import type { Tx } from '@stockbook/db';
import { toldByBoth, type Wire } from '@stockbook/xero';
import { type Agreed, readAgreed } from './agreed.ts';
import type { Carriage, Next } from './carriage.ts';
import { type Conflict, writeConflicts } from './conflict.ts';
import type { ExportRow } from './export-row.ts';
import { lookAgain, writeFound } from './found.ts';
import type { ElementReply } from './settle.ts';
import { type Heard, settling } from './verdict.ts';

interface Compared {
  /** May go now. */
  free: Member[];
  landed: { member: Member; reply: ElementReply }[];
  conflicts: Conflict[];
  /** Records of which the look before did not say the same: that Xero has them where they were, or has not. */
  news: Set<string>;
}

/**
 * The usual case writes nothing but the attempt's end: the same export goes on. So does one of unknown outcome while its key is `trusted`;
 * later its first request, if it were still under way, would undo what came after it: what is to go under a new key was compared twice.
 */
export async function settleCompared(
  it: Carriage,
  heard: Heard,
  replies: readonly ElementReply[],
  trusted: boolean,
): Promise<Next> {
  const { row } = heard;
  const { free, landed, conflicts, news } = await compareMembers(it, heard, replies);
  const isWhole = free.length === row.members.length;
  const goesOn = isWhole && (trusted || !row.unknown);
  const gone = conflicts.flatMap(({ member, theirs }) => (theirs === null ? [member] : []));
  // What one answer leaves out may be there all the same: of each record counts what two say, one after the other.
  const needsTwo = row.unknown && !goesOn ? [...free, ...gone] : gone;
  if (needsTwo.some(({ recordId }) => news.has(recordId))) return lookAgain(it, heard, row.unknown, gone);
  if (goesOn) {
    await settling(it, heard, 'compared', (tx) => forgetLooks(tx, row));
    return { kind: 'again', row: { ...row, compared: true, looks: 0 } };
  }
  const rows = await settling(it, heard, 'compared', async (tx) => {
    // What an earlier sending of unknown outcome left untouched goes again: the comparison has told that it is not there.
    const onward = { members: free, words: 'unchanged in Xero: to be sent' };
    const parts = await writeFound(tx, it, heard, landed, onward);
    await writeConflicts(tx, it.run.id, heard.entity, row, conflicts);
    return parts;
  });
  const parts = rows.map((part): ExportRow => ({ ...part, compared: true }));
  return parts.length === 0 ? { kind: 'settled' } : { kind: 'parts', rows: parts };
}

/** What was missed and is there after all was no look for what is to go under another key. */
async function forgetLooks(tx: Tx, { id, looks }: ExportRow): Promise<void> {
  if (looks === 0) return;
  await tx.sql.execute(
    `UPDATE export SET looks = 0 WHERE organisation_id = $1::uuid AND id = $2::uuid`,
    tx.organisation,
    id,
  );
}

/** Whether the look that was made last left it out. */
function wasLeftOut({ lookedAtMs }: ExportRow, { theirs, theirsAt }: Agreed): boolean {
  return theirs === null && theirsAt !== null && theirsAt.getTime() === lookedAtMs;
}

/** By Xero's id: a number may have been changed there. */
async function compareMembers(
  it: Carriage,
  { remote, row }: Heard,
  replies: readonly ElementReply[],
): Promise<Compared> {
  const compared: Compared = { free: [], landed: [], conflicts: [], news: new Set() };
  if (row.looks === 0) compared.news = new Set(row.members.map(({ recordId }) => recordId));
  const agreed = await readAgreed(
    it.db.sql,
    it.lease.organisation,
    row.members.map((member) => member.recordId),
  );
  const byId = new Map(replies.map((reply) => [reply.xeroId, reply]));
  for (const [index, member] of row.members.entries()) {
    const wire: Wire | undefined = row.wires[index];
    const known = agreed.get(member.recordId);
    // Nothing is agreed: there is nothing to go over.
    if (wire === undefined || known === undefined) {
      compared.free.push(member);
      continue;
    }
    const reply = byId.get(known.xeroId);
    if (wasLeftOut(row, known) !== (reply === undefined)) compared.news.add(member.recordId);
    const held = remote.fields(JSON.parse(known.agreed));
    const theirs = reply && toldByBoth(remote.fields(JSON.parse(reply.element.text)), held);
    const comparison = compareUpdate(held, theirs, remote.fields(wire));
    if (comparison.kind === 'send') compared.free.push(member);
    else if (comparison.kind === 'landed' && reply !== undefined) compared.landed.push({ member, reply });
    else if (comparison.kind === 'conflict')
      compared.conflicts.push({
        member,
        theirs: reply?.element.text ?? null,
        words: conflictWords(comparison.differences),
      });
  }
  return compared;
}
