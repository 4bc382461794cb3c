// An export whose outcome Xero refuses to tell: it stays open and unknown, and the run goes on without it.
import type { Settlement } from '@stockbook/core';
import type { Carriage, Next } from './carriage.ts';
import { lockedRecords } from './rows.ts';
import type { ElementReply } from './settle.ts';
import { type Heard, settling } from './verdict.ts';

type Left = Extract<Settlement<ElementReply>, { kind: 'left' }>;

/** Nothing more is done about it in this run; the next one takes it up first. */
export async function leaveOpen(it: Carriage, heard: Heard, { waitMs, why }: Left): Promise<Next> {
  const { entity, row } = heard;
  const records = row.members.map((member) => member.recordId);
  const untilMs = (await it.clock.now()) + waitMs;
  await settling(it, heard, 'look again', async (tx) => {
    await tx.sql.query(lockedRecords('$2'), tx.organisation, JSON.stringify(records));
    await tx.sql.execute(
      `WITH unsure AS (
         UPDATE change SET reason = $3 WHERE organisation_id = $1::uuid AND export_id = $2::uuid AND state = 'claimed' RETURNING record_id),
       shown AS (
         UPDATE record SET problem = $3 WHERE organisation_id = $1::uuid AND id IN (SELECT record_id FROM unsure))
       UPDATE export SET not_before = $4 WHERE organisation_id = $1::uuid AND id = $2::uuid`,
      tx.organisation,
      row.id,
      why,
      new Date(untilMs),
    );
    tx.events.push({
      kind: 'export',
      actor: 'Stockbook',
      entity: entity.name,
      runId: it.run.id,
      exportId: row.id,
      records,
      text: why,
    });
    tx.topics.set('record', row.id);
    tx.topics.set('queue', undefined);
  });
  return { kind: 'settled' };
}
